import { randomBytes } from 'node:crypto';
import type { Deskbell } from './deskbell.ts';
import type { Seat, Seats } from './generator/orders.ts';
import { hello, Talk } from './talk.ts';

/** A workspace with one web inbox, served by so many signed-in agents. */
export interface Workspace {
  id: string;
  inboxKey: string;
  /** Session tokens of agents, from real sign-ins. */
  tokens: string[];
}

const PASSWORD = 'lantern orbit walnut ferry 47';

interface SignedIn {
  token: string;
  workspaceId: string;
}

/** The first visit, the invitations and their acceptance: all by the API, as people would. */
export async function createWorkspace({ url, sql }: Deskbell, agents: number): Promise<Workspace> {
  const api = new Api(`${url}/api/v1`);
  const owner = await api.post<SignedIn>('/setup', {
    workspaceName: 'Bench',
    name: 'Olga Owner',
    email: 'olga@example.org',
    password: PASSWORD,
  });
  // Each agent has as many as the load wants.
  await sql`update workspaces set settings = settings || '{"capacity": 1000}'`;
  const tokens: string[] = [];
  for (let index = 0; index < agents; index += 1) {
    const invited = await api.post<SignedIn>('/invitations', { role: 'agent' }, owner.token);
    const email = `agent${index}@example.org`;
    const person = { name: `Agent ${index}`, email, password: PASSWORD };
    tokens.push((await api.post<SignedIn>(`/invitations/${invited.token}`, person)).token);
  }
  const { inboxes } = await api.get<{ inboxes: { key: string }[] }>('/inboxes', owner.token);
  return { id: owner.workspaceId, inboxKey: inboxes[0]?.key ?? '', tokens };
}

class Api {
  private readonly base: string;

  constructor(base: string) {
    this.base = base;
  }

  post<Answer>(address: string, body: object, token?: string): Promise<Answer> {
    return this.ask(address, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...signedIn(token) },
      body: JSON.stringify(body),
    });
  }

  get<Answer>(address: string, token: string): Promise<Answer> {
    return this.ask(address, { headers: signedIn(token) });
  }

  private async ask<Answer>(address: string, request: RequestInit): Promise<Answer> {
    const response = await fetch(`${this.base}${address}`, request);
    if (!response.ok) throw new Error(`${address}: ${response.status} ${await response.text()}`);
    return (await response.json()) as Answer;
  }
}

const signedIn = (token: string | undefined): Record<string, string> =>
  token ? { authorization: `Bearer ${token}` } : {};

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
      await desk.command('agent.set-availability', { availability: 'online' });
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
