import { WebSocket } from 'ws';
import type { Frame } from '../clients/link.ts';
import type { WireEntry } from '../clients/screen.ts';
import { contactIdOf } from '../clients/visitor.ts';
import type { People } from '../place/people.ts';
import type { StoredConversation, StoredEntry, Tables } from './tables.ts';

const ANSWER_MS = 15_000;
/** Beyond this many entries a timeline comes without its beginning. */
const WHOLE = 500;

/**
 * What newcomers see, compared with the tables: an agent's snapshot and every timeline, each widget's
 * snapshot. Returns what differs.
 */
export async function compareWithApi(
  people: People,
  tables: Tables,
  address: string,
): Promise<string[]> {
  const byConversation = Map.groupBy(tables.entries, (entry) => entry.conversationId);
  const asAgent = await askAsAgent(people, { tables, byConversation, address });
  const asVisitors: string[] = [];
  for (const { token } of people.visitors)
    asVisitors.push(
      ...(await askAsVisitor({ people, token }, { tables, byConversation, address })),
    );
  return [...asAgent, ...asVisitors];
}

interface Known {
  tables: Tables;
  byConversation: Map<string, StoredEntry[]>;
  address: string;
}

async function askAsAgent({ agents }: People, known: Known): Promise<string[]> {
  const { tables, byConversation, address } = known;
  const differences: string[] = [];
  const agent = await Newcomer.open(address, { token: agents[0]?.token, isPresent: false });
  if (Number(agent.snapshot.through) < tables.log.length)
    differences.push(`a fresh snapshot ends at ${agent.snapshot.through} of ${tables.log.length}`);
  const cards = cardsOf(agent.snapshot);
  for (const stored of tables.conversations) {
    const frame = await agent.watch(stored.id);
    const rows = byConversation.get(stored.id) ?? [];
    const wanted = rows.length > WHOLE ? rows.slice(-entriesOf(frame).length) : rows;
    differences.push(...differencesOf(entriesOf(frame), wanted, `the timeline of ${stored.id}`));
    for (const card of [...cards.filter(({ id }) => id === stored.id), ...cardsOf(frame)])
      if (!isSameCard(card, stored))
        differences.push(`card ${JSON.stringify(card)} against ${JSON.stringify(stored)}`);
  }
  agent.close();
  return differences;
}

async function askAsVisitor(
  { people, token }: { people: People; token: string },
  { tables, byConversation, address }: Known,
): Promise<string[]> {
  const contactId = contactIdOf(people.workspaceId, token);
  const visitor = await Newcomer.open(address, { contact: { inbox: people.inboxKey, token } });
  visitor.close();
  const own = tables.conversations.filter((each) => each.contactId === contactId);
  const entries = entriesOf(visitor.snapshot).filter(({ kind }) => kind === 'message');
  const current = own.find(({ status }) => status !== 'closed') ?? own.at(-1);
  const first = entries[0]?.seq ?? Number.POSITIVE_INFINITY;
  const rows = (current && byConversation.get(current.id)) ?? [];
  const wanted = rows.filter((row) => row.kind === 'message' && row.seq >= first);
  const isEmpty = entries.length === 0 && rows.some(({ kind }) => kind === 'message');
  const what = `the widget of ${contactId} in ${current?.id}`;
  return [...(isEmpty ? [`${what} is empty`] : []), ...differencesOf(entries, wanted, what)];
}

function differencesOf(
  shown: readonly WireEntry[],
  rows: readonly StoredEntry[],
  what: string,
): string[] {
  const asText = (list: readonly { seq: number; id: string; text?: string | null }[]) =>
    JSON.stringify(list.map(({ seq, id, text = null }) => [seq, id, text]));
  if (asText(shown) === asText(rows)) return [];
  return [`${what} shows ${shown.length} entries, or others, where the tables have ${rows.length}`];
}

interface WireCard {
  id: string;
  version: number;
  status: string;
  assigneeId: string | null;
}

const isSameCard = (card: WireCard, stored: StoredConversation) =>
  card.version === stored.seq &&
  card.status === stored.status &&
  card.assigneeId === stored.assigneeId;

type Entities = { entries?: WireEntry[]; conversations?: WireCard[] };
const entriesOf = ({ entities }: Frame) => (entities as Entities).entries ?? [];
const cardsOf = ({ entities }: Frame) => (entities as Entities).conversations ?? [];

/** A client that has seen nothing before. */
class Newcomer {
  snapshot: Frame = { t: 'snapshot' };
  private readonly socket: WebSocket;

  private constructor(address: string) {
    this.socket = new WebSocket(address, { perMessageDeflate: false });
    // Without an answer in time it has failed, whatever the reason.
    this.socket.on('error', () => undefined);
  }

  static async open(address: string, who: object): Promise<Newcomer> {
    const newcomer = new Newcomer(address);
    const hello = { t: 'hello', protocol: 1, ...who };
    newcomer.socket.once('open', () => newcomer.socket.send(JSON.stringify(hello)));
    newcomer.snapshot = await newcomer.next((frame) => frame.t === 'snapshot');
    return newcomer;
  }

  async watch(conversationId: string): Promise<Frame> {
    const answer = this.next(
      (each) => each.t === 'timeline' && each.conversationId === conversationId,
    );
    this.socket.send(JSON.stringify({ t: 'watch', conversationId, after: 0 }));
    const frame = await answer;
    this.socket.send(JSON.stringify({ t: 'unwatch', conversationId }));
    return frame;
  }

  close(): void {
    this.socket.close();
  }

  private next(isIt: (frame: Frame) => boolean): Promise<Frame> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('a newcomer got no answer')), ANSWER_MS);
      const onMessage = (data: Buffer) => {
        const found = ([JSON.parse(data.toString())].flat() as Frame[]).find(isIt);
        if (!found) return;
        clearTimeout(timer);
        this.socket.off('message', onMessage);
        resolve(found);
      };
      this.socket.on('message', onMessage);
    });
  }
}
