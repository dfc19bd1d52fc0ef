import { randomBytes, randomUUID } from 'node:crypto';
import { WebSocket } from 'ws';
import type { Deskbell } from './deskbell.ts';
import type { Seat, Seats } from './generator/orders.ts';

/** A workspace with one web inbox, served by so many signed-in agents. */
export interface Workspace {
  id: string;
  inboxKey: string;
  /** Session tokens of agents, from real sign-ins. */
  tokens: string[];
}

const PASSWORD = 'lantern orbit walnut ferry 47';

/** The first visit by HTTP, then the agents; each signs in by HTTP. */
export async function createWorkspace(deskbell: Deskbell, agents: number): Promise<Workspace> {
  const owner = { name: 'Olga Owner', email: 'olga@example.org', password: PASSWORD };
  const { workspaceId } = await post<SignedIn>(deskbell, 'setup', {
    workspaceName: 'Bench',
    ...owner,
  });
  const emails = Array.from({ length: agents }, (_, index) => `agent${index}@example.org`);
  await addAgents(deskbell, { workspaceId, ownerEmail: owner.email, emails });
  const tokens: string[] = [];
  for (const email of emails)
    tokens.push((await post<SignedIn>(deskbell, 'sign-in', { email, password: PASSWORD })).token);
  const [inbox] = await deskbell.sql<{ key: string }[]>`select key from inboxes`;
  return { id: workspaceId, inboxKey: inbox?.key ?? '', tokens };
}

interface SignedIn {
  token: string;
  workspaceId: string;
}

/**
 * Straight into the tables, before anybody has connected and the server has read them: inviting
 * twenty people by mail is not what is measured here.
 */
async function addAgents(
  { sql }: Deskbell,
  given: { workspaceId: string; ownerEmail: string; emails: readonly string[] },
): Promise<void> {
  const { workspaceId, ownerEmail, emails } = given;
  await sql`
    with people as (
      insert into users (id, email, password_hash, created_at)
      select gen_random_uuid(), asked.email, password_hash, 0
      from unnest(${emails}::text[]) as asked(email), users where users.email = ${ownerEmail}
      returning id, email)
    insert into agents (workspace_id, id, user_id, version, name, email, role, is_active, rights)
    select ${workspaceId}, gen_random_uuid(), id, 1, split_part(email, '@', 1), email, 'agent', true, 1 from people`;
  await sql`
    update inboxes set member_ids = (select jsonb_agg(id) from agents where workspace_id = ${workspaceId} and role = 'agent')
    where workspace_id = ${workspaceId}`;
}

async function post<Answer>({ url }: Deskbell, address: string, body: object): Promise<Answer> {
  const response = await fetch(`${url}/api/v1/${address}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!response.ok) throw new Error(`${address}: ${response.status} ${await response.text()}`);
  return (await response.json()) as Answer;
}

/** What visitors say first. Their secret is made here, as their browser would. */
export function visitorSeats({ inboxKey }: Workspace, count: number): Seat[] {
  return Array.from({ length: count }, () => ({
    hello: hello({ contact: { inbox: inboxKey, token: randomBytes(24).toString('hex') } }),
    watches: [],
  }));
}

/**
 * Opens one conversation for each visitor by their first message, and lets the agents accept them in
 * turn. Visitor n then writes to agent n modulo their number, who watches that timeline.
 */
export async function openConversations(
  deskbell: Deskbell,
  workspace: Workspace,
  visitors: Seat[],
): Promise<Seats> {
  const agents = await Promise.all(
    workspace.tokens.map(async (token, index): Promise<Seat> => {
      const seat = { hello: hello({ token }), watches: [] as string[] };
      const desk = await Talk.open(deskbell.socketUrl, seat.hello);
      for (let place = index; place < visitors.length; place += workspace.tokens.length) {
        const conversationId = await firstMessage(deskbell, visitors[place]?.hello ?? '');
        await desk.command('conversation.accept', { conversationId });
        seat.watches.push(JSON.stringify({ t: 'watch', conversationId, after: null }));
      }
      desk.close();
      return seat;
    }),
  );
  return { url: deskbell.socketUrl, agents, visitors };
}

async function firstMessage({ socketUrl }: Deskbell, hello: string): Promise<string> {
  const talk = await Talk.open(socketUrl, hello);
  const answer = await talk.command<{ conversationId: string }>('message.receive', {
    text: 'Hello!',
  });
  talk.close();
  return answer.conversationId;
}

function hello(who: object): string {
  return JSON.stringify({ t: 'hello', protocol: 1, ...who });
}

interface Heard {
  t: string;
  id?: string;
  answer?: unknown;
}

/** A socket for set-up: one command after the other. */
class Talk {
  private readonly socket: WebSocket;
  private heard: (frame: Heard) => void = () => undefined;

  private constructor(socket: WebSocket) {
    this.socket = socket;
    socket.on('message', (data: Buffer) => {
      for (const frame of [JSON.parse(data.toString())].flat() as Heard[]) this.heard(frame);
    });
  }

  static async open(url: string, hello: string): Promise<Talk> {
    const socket = new WebSocket(url, { perMessageDeflate: false });
    const talk = new Talk(socket);
    await new Promise<void>((resolve, reject) => {
      socket.once('open', resolve);
      socket.once('error', reject);
    });
    await talk.ask(hello, (frame) => frame.t === 'snapshot');
    return talk;
  }

  async command<Answer>(kind: string, input: object): Promise<Answer> {
    const id = randomUUID();
    const frame = await this.ask(
      JSON.stringify({ t: 'command', id, kind, input }),
      (candidate) => candidate.id === id,
    );
    return frame.answer as Answer;
  }

  close(): void {
    this.socket.close();
  }

  private ask(frame: string, isAnswer: (frame: Heard) => boolean): Promise<Heard> {
    return new Promise((resolve, reject) => {
      this.heard = (heard) => {
        if (heard.t === 'refused' || heard.t === 'bye') reject(new Error(JSON.stringify(heard)));
        else if (isAnswer(heard)) resolve(heard);
      };
      this.socket.send(frame);
    });
  }
}
