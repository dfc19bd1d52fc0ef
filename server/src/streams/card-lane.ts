import { type SightFacts, sees, serves } from '@deskbell/contract';
import { type ContactRow, contactForAgents, contactPlaces, contacts } from '../contacts/index.ts';
import { type ConversationRow, conversationForAgents } from '../conversations/index.ts';
import type { Frame } from '../platform/socket/connection.ts';
import { textFrame } from '../platform/socket/text-frame.ts';
import type { Pool } from '../platform/store/connect.ts';
import type { AgentStream } from './agent-stream.ts';
import { changesFrame } from './frames.ts';
import { Throttle } from './throttle.ts';

/** A card that changes a thousand times a second is sent this often, in ms; after a quiet time at once. */
const CARDS_EVERY_MS = 250;
const CONTACTS_KEPT = 20_000;
const LARGE_BYTES = 4_096;

interface Options {
  pool: Pool;
  workspaceId: string;
  streams: ReadonlySet<AgentStream>;
  onTrouble(error: unknown, what: string): void;
}

/** What is being sent. */
interface News {
  cards: ConversationRow[];
  /** Those cards by the agents who are in them. */
  byAgent: Map<string, ConversationRow[]>;
  /** Contacts whose details changed, each with where they have conversations. */
  people: { contact: ContactRow; places: SightFacts[] }[];
  head: number;
  /** By group of streams, as bytes. */
  frames: Map<string, Frame>;
}

/**
 * Cards to every desk that sees them, with their contacts. What changed since the last sending goes out
 * as it is now, once, with the position that it covers; desks that serve the same get the same bytes, and
 * who sees a card only because they are in it gets it in a frame before.
 */
export class CardLane {
  /** Everything up to here has been taken in. */
  head = 0;
  private readonly options: Options;
  private readonly throttle = new Throttle(CARDS_EVERY_MS, () => this.flushInTurn());
  /** One after the other: a later position must not overtake the cards of an earlier one. */
  private flushing: Promise<void> = Promise.resolve();
  private readonly known = new Map<string, ContactRow>();
  private changed = new Map<string, ConversationRow>();
  private changedContacts = new Map<string, ContactRow>();
  private sentThrough = 0;
  private news: News | null = null;

  constructor(options: Options) {
    this.options = options;
  }

  add(row: ConversationRow): void {
    this.changed.set(row.id, row);
  }

  /** A contact's details changed. One who has just come is known with their first conversation. */
  addContact(row: ContactRow): void {
    this.remember(row);
    if (row.version > 1) this.changedContacts.set(row.id, row);
  }

  /** Somebody lost sight of it: what is being sent of it as it was goes to nobody more. */
  takeBack(conversationId: string): void {
    const { news } = this;
    if (news?.cards.some(({ id }) => id === conversationId))
      this.news = newsOf({ ...news, cards: news.cards.filter(({ id }) => id !== conversationId) });
  }

  plan(): void {
    this.throttle.call();
  }

  stop(): void {
    this.throttle.stop();
  }

  private flushInTurn(): void {
    this.flushing = this.flushing.then(() => this.flush());
  }

  private async flush(): Promise<void> {
    if (this.head === this.sentThrough) return;
    const cards = [...this.changed.values()];
    const contacts = [...this.changedContacts.values()];
    const { head } = this;
    this.sentThrough = head;
    this.changed = new Map();
    this.changedContacts = new Map();
    if (this.options.streams.size === 0) return;
    this.news = newsOf({ cards, people: [], head });
    const missing = [...new Set(cards.map((card) => card.contactId))].filter(
      (id) => !this.known.has(id),
    );
    if (missing.length > 0) await this.learn(missing);
    const people = contacts.length > 0 ? await this.placed(contacts) : [];
    // Not before: what was held may have been taken back meanwhile.
    this.news.people = people;
    await this.send();
    this.news = null;
  }

  private async send(): Promise<void> {
    for (const stream of [...this.options.streams]) {
      if (!this.news) return;
      const { cards, contacts } = ownOf(this.news, stream);
      if (cards.length + contacts.length > 0) stream.send(this.frameOf(cards, contacts));
      const frame = this.frameFor(stream, this.news);
      stream.send(frame);
      // Many cards for many desks are some MB: messages pass in between.
      if (frame.length > LARGE_BYTES) await new Promise(setImmediate);
    }
  }

  private frameFor(stream: AgentStream, { cards, people, head, frames }: News): Frame {
    // By what the desk may see by now.
    const known = frames.get(stream.group);
    if (known !== undefined) return known;
    const seen = cards.filter((card) => serves(stream.sight, card));
    const named = people.filter(({ places }) => places.some((at) => serves(stream.sight, at)));
    const contacts = named.map(({ contact }) => contact);
    // As bytes: encoding some hundred cards anew for each desk held everybody else up.
    const frame = textFrame(this.frameOf(seen, contacts, String(head)));
    frames.set(stream.group, frame);
    return frame;
  }

  private frameOf(cards: ConversationRow[], contacts: ContactRow[], through?: string): string {
    const people = new Map(contacts.map((row) => [row.id, row]));
    for (const card of cards) {
      const contact = this.known.get(card.contactId);
      if (contact) people.set(contact.id, contact);
    }
    return changesFrame(
      {
        contacts: [...people.values()].map((row) => JSON.stringify(contactForAgents(row))),
        conversations: cards.map((row) => JSON.stringify(conversationForAgents(row))),
      },
      through,
    );
  }

  /** With where they have conversations, which decides who knows them. */
  private async placed(rows: ContactRow[]): Promise<News['people']> {
    try {
      const { pool, workspaceId } = this.options;
      const ids = rows.map(({ id }) => id);
      const found = await contactPlaces.load(pool, workspaceId, ids);
      const places = new Map(found.map((row) => [row.contactId, row.places]));
      return rows.map((contact) => ({ contact, places: places.get(contact.id) ?? [] }));
    } catch (error) {
      // The next card of each brings them.
      this.options.onTrouble(error, 'asking who knows a contact that changed');
      return [];
    }
  }

  private async learn(ids: string[]): Promise<void> {
    try {
      for (const row of await contacts.load(this.options.pool, this.options.workspaceId, ids))
        this.remember(row);
    } catch (error) {
      // The cards go out without names; the next change of each brings them.
      this.options.onTrouble(error, 'loading contacts for cards');
    }
  }

  private remember(row: ContactRow): void {
    if (this.known.size > CONTACTS_KEPT) this.known.clear();
    this.known.set(row.id, row);
  }
}

function newsOf({ cards, people, head }: Pick<News, 'cards' | 'people' | 'head'>): News {
  const byAgent: News['byAgent'] = new Map();
  const add = (agentId: string, card: ConversationRow) => {
    const own = byAgent.get(agentId);
    if (own) own.push(card);
    else byAgent.set(agentId, [card]);
  };
  for (const card of cards) {
    if (card.assigneeId !== null) add(card.assigneeId, card);
    for (const { agentId } of card.participants) add(agentId, card);
  }
  return { cards, byAgent, people, head, frames: new Map() };
}

/** What a desk sees only because its agent is in it, and isn't in the frame of its group. */
function ownOf({ byAgent, people }: News, { agentId, sight }: AgentStream) {
  const isOwn = (at: SightFacts) => sees(sight, at) && !serves(sight, at);
  const cards = (byAgent.get(agentId) ?? []).filter((card) => isOwn(card as SightFacts));
  const named = people.filter(({ places }) => places.some(isOwn));
  return { cards, contacts: named.map(({ contact }) => contact) };
}
