import { randomUUID } from 'node:crypto';
import { type Agent, type CommandKind, settingsSchema } from '@deskbell/contract';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { findDue } from '../capabilities.ts';
import { conversations, readTimeline } from '../conversations/index.ts';
import { SYSTEM } from '../platform/pipeline/command.ts';
import type { Queries } from '../platform/store/connect.ts';
import { turnClock } from '../testing/clock.ts';
import { createWorld, PASSWORD, type Person, type World } from '../testing/world.ts';

const GRACE = settingsSchema.parse({}).presenceGraceMs;
let world: World;
let sql: Queries;
beforeAll(async () => {
  world = await createWorld();
  sql = world.server.engine.pool as unknown as Queries;
  await world.act(world.adam, 'workspace.change-settings', { capacity: 100 });
});
afterAll(() => world.close());

const until = (holds: () => void | Promise<void>) => vi.waitFor(holds, { timeout: 5_000 });

async function agentOf({ agentId }: Person): Promise<Agent> {
  const response = await world.request(world.susan, '/agents');
  const { agents } = (await response.json()) as { agents: Agent[] };
  const found = agents.find(({ id }) => id === agentId);
  if (!found) throw new Error('there is no such agent');
  return found;
}
const switchOf = async (who: Person) => (await agentOf(who)).availability;
const set = (who: Person, availability: Agent['availability'], conversations?: 'keep' | 'queue') =>
  world.act(who, 'agent.set-availability', { availability, conversations });

function attempt(who: Person, kind: CommandKind, input: object) {
  const { workspaceId, actor } = who;
  return world.server.engine.submit({ workspaceId, actor, kind, input, clientId: randomUUID() });
}

async function taken(by: Person): Promise<{ id: string; write(text: string): Promise<string> }> {
  const visitor = world.newVisitor();
  const id = await world.write(visitor, 'Hello?');
  await world.act(by, 'conversation.accept', { conversationId: id });
  return { id, write: (text) => world.write(visitor, text) };
}
const answer = (by: Person, conversationId: string) =>
  world.act(by, 'message.send', { conversationId, text: 'Yes?' });

async function rowOf(id: string) {
  const [row] = await conversations.load(sql, world.workspaceId, [id]);
  if (!row) throw new Error('there is no such conversation');
  return row;
}
async function lastActivity(conversationId: string) {
  const entries = await readTimeline(sql, world.workspaceId, { conversationId, limit: 100 });
  return entries.findLast(({ kind }) => kind === 'activity')?.activity;
}

/** What any server finds due at a moment, of these people. */
async function dueAt(at: number, who: Person): Promise<string[]> {
  const due = await findDue(sql, at, 1000);
  return due.filter(({ id }) => id === who.agentId).map(({ command }) => command.kind);
}
const tick = ({ workspaceId, agentId }: Person) =>
  world.act({ workspaceId, actor: SYSTEM }, 'agent.tick', { agentId });
const turn = (byMs: number) => turnClock(world.server.engine.pool, world.workspaceId, byMs);
const connections = async ({ agentId }: Person) => {
  const [row] = await world.server.engine.pool<{ n: number }[]>`
    select count(*)::int as n from desk_connections where agent_id = ${agentId}`;
  return row?.n;
};

/** Another sign-in of somebody. */
async function signedInAgain(who: Person): Promise<Person> {
  const body = { email: who.email, password: PASSWORD };
  const response = await world.request(null, '/sign-in', { method: 'POST', body });
  const { token } = (await response.json()) as { token: string };
  return { ...who, token };
}
const signOut = ({ token }: Person, body: object = {}) =>
  world.request(null, '/sign-out', {
    method: 'POST',
    body,
    headers: { cookie: `deskbell_session=${token}` },
  });

describe('R-4.1 one switch', () => {
  it('R-4.1 somebody new is offline, until they say otherwise', async () => {
    const agentId = randomUUID();
    const { workspaceId } = world;
    const nell = {
      agentId,
      userId: randomUUID(),
      name: 'Nell',
      email: 'nell@example.org',
      role: 'agent',
    };
    await world.act({ workspaceId, actor: SYSTEM }, 'agent.add', nell);
    const person = { ...world.ann, agentId, actor: { kind: 'agent' as const, id: agentId } };
    expect(await agentOf(person)).toMatchObject({ availability: 'offline', availabilityAt: null });
    const { position } = await set(person, 'online');
    expect(await switchOf(person)).toBe('online');
    expect((await set(person, 'online')).position).toBe(position);
  });

  it('R-4.1 connecting a desk, and idling at it, changes nothing', async () => {
    await set(world.cara, 'offline');
    const socket = await world.connect(world.cara);
    expect(await connections(world.cara)).toBe(1);
    expect(await switchOf(world.cara)).toBe('offline');
    await set(world.cara, 'away');
    await turn(8 * GRACE);
    await tick(world.cara);
    expect(await switchOf(world.cara)).toBe('away');
    socket.close();
  });

  it.each([
    ['online', true, true],
    ['away', false, true],
    ['offline', false, false],
  ] as const)('R-4.1 %s: takes new ones %s, answers %s', async (availability, takes, answers) => {
    const own = await taken(world.ben);
    const closed = await taken(world.ben);
    await world.act(world.ben, 'conversation.close', { conversationId: closed.id });
    const waiting = await world.write(world.newVisitor(), 'Hello?');
    const stranger = world.newVisitor();
    await world.act(world.ann, 'conversation.close', {
      conversationId: await world.write(stranger, 'Hi'),
    });
    await set(world.ben, availability, 'keep');
    const tries: [CommandKind, object][] = [
      ['conversation.accept', { conversationId: waiting }],
      ['conversation.join', { conversationId: await world.write(world.newVisitor(), 'Hello?') }],
      ['conversation.reopen', { conversationId: closed.id }],
      [
        'conversation.start',
        { inboxId: world.inbox.id, contactId: stranger.contactId, text: 'One more thing' },
      ],
    ];
    for (const [kind, input] of tries) {
      const result = await attempt(world.ben, kind, input);
      expect([kind, 'code' in result ? result.code : 'done']).toEqual([
        kind,
        takes ? 'done' : 'offline',
      ]);
    }
    const reply = await attempt(world.ben, 'message.send', {
      conversationId: own.id,
      text: 'Yes?',
    });
    expect('code' in reply ? reply.code : 'done').toBe(answers ? 'done' : 'offline');
    await set(world.ben, 'online');
  });

  it('R-4.1 an offline agent still helps as one who only reads, leaves and closes', async () => {
    const { id } = await taken(world.ben);
    await set(world.ben, 'offline', 'keep');
    await world.act(world.ben, 'conversation.close', { conversationId: id });
    expect((await rowOf(id)).status).toBe('closed');
    await set(world.ben, 'online');
  });
});

describe('R-4.1 offline by itself', () => {
  it('R-4.1 the grace begins when the last desk has gone, and any server finds its end', async () => {
    const [desk, tab] = [await world.connect(world.olga), await world.connect(world.olga)];
    const far = Date.now() + 100 * GRACE;
    expect(await dueAt(far, world.olga)).toEqual([]);
    desk.close();
    await until(async () => expect(await connections(world.olga)).toBe(1));
    expect(await dueAt(far, world.olga)).toEqual([]);
    tab.close();
    await until(async () => expect(await connections(world.olga)).toBe(0));
    const [seen] = await world.server.engine.pool<{ at: number }[]>`
      select at from last_seen where agent_id = ${world.olga.agentId}`;
    const { availabilityAt } = await agentOf(world.olga);
    const end = Math.max(Number(seen?.at), availabilityAt ?? 0) + GRACE;
    expect(await dueAt(end - 1, world.olga)).toEqual([]);
    expect(await dueAt(end, world.olga)).toEqual(['agent.tick']);
  });

  it('R-4.1 is decided again, once, however many servers found it', async () => {
    await set(world.olga, 'away');
    await set(world.olga, 'online');
    await tick(world.olga);
    expect(await switchOf(world.olga)).toBe('online');
    await turn(2 * GRACE);
    const before = (await agentOf(world.olga)).version;
    await Promise.all([tick(world.olga), tick(world.olga), tick(world.olga)]);
    expect(await agentOf(world.olga)).toMatchObject({
      availability: 'offline',
      version: before + 1,
    });
    expect(await dueAt(Number.MAX_SAFE_INTEGER, world.olga)).toEqual([]);
  });

  it('R-4.1 a desk that came back in time, after sleep or a break, keeps them online', async () => {
    await set(world.olga, 'online');
    await turn(2 * GRACE);
    const desk = await world.connect(world.olga);
    await tick(world.olga);
    expect(await switchOf(world.olga)).toBe('online');
    desk.close();
  });

  it('R-4.1 the agents of a dead server go too', async () => {
    await set(world.adam, 'away');
    const { workspaceId, agentId } = world.adam;
    await sql.unsafe(`insert into desk_connections (id, workspace_id, agent_id, server_id, renewed_at)
      values (gen_random_uuid(), '${workspaceId}', '${agentId}', gen_random_uuid(), (extract(epoch from clock_timestamp()) * 1000)::bigint)`);
    const far = Date.now() + 100 * GRACE;
    expect(await dueAt(far, world.adam)).toEqual([]);
    await sql.unsafe(
      `update desk_connections set renewed_at = renewed_at - 46000 where agent_id = '${agentId}'`,
    );
    expect(await dueAt(far, world.adam)).toEqual(['agent.tick']);
    await turn(2 * GRACE);
    await tick(world.adam);
    expect(await switchOf(world.adam)).toBe('offline');
  });

  it('R-4.1 the workspace may have another grace', async () => {
    await set(world.cara, 'online');
    await until(async () => expect(await connections(world.cara)).toBe(0));
    const at = ((await agentOf(world.cara)).availabilityAt ?? 0) + 2 * 60_000;
    expect(await dueAt(at, world.cara)).toEqual([]);
    await world.act(world.adam, 'workspace.change-settings', { presenceGraceMs: 120_000 });
    expect(await dueAt(at, world.cara)).toEqual(['agent.tick']);
    await world.act(world.adam, 'workspace.change-settings', { presenceGraceMs: GRACE });
  });
});

describe('R-4.1 signing out', () => {
  it('R-4.1 is offline at once, and signing in again is as it was left', async () => {
    const phone = await signedInAgain(world.cara);
    await world.request(world.cara, '/me/sessions', { method: 'DELETE' });
    const only = await signedInAgain(world.cara);
    expect(phone.token).not.toBe(only.token);
    await set(world.cara, 'away');
    const desk = await world.connect(only);
    await signOut(only);
    expect(await switchOf(world.cara)).toBe('offline');
    await desk.closed;
    await signedInAgain(world.cara);
    expect(await switchOf(world.cara)).toBe('away');
  });

  it('R-4.1 who was offline when they signed out is so when they come back', async () => {
    const own = await signedInAgain(world.cara);
    await set(world.cara, 'online');
    await set(world.cara, 'offline');
    await signOut(own);
    await signedInAgain(world.cara);
    expect(await switchOf(world.cara)).toBe('offline');
  });

  it('R-4.1 on one device changes nothing while a desk is connected on another', async () => {
    const [laptop, phone] = [await signedInAgain(world.cara), await signedInAgain(world.cara)];
    await set(world.cara, 'online');
    const [here, there] = [await world.connect(laptop), await world.connect(phone)];
    await signOut(laptop);
    await here.closed;
    expect(await switchOf(world.cara)).toBe('online');
    await signOut(phone);
    await there.closed;
    expect(await switchOf(world.cara)).toBe('offline');
  });

  it('R-4.1 a session ended from elsewhere is as if they had signed out', async () => {
    const away = await signedInAgain(world.cara);
    await set(world.cara, 'online');
    const desk = await world.connect(away);
    const ended = await world.request(world.adam, `/agents/${world.cara.agentId}/sessions`, {
      method: 'DELETE',
    });
    expect(ended.status).toBe(200);
    await desk.closed;
    expect(await switchOf(world.cara)).toBe('offline');
  });

  it('R-4.2 what was said when signing out becomes of their conversations', async () => {
    const own = await signedInAgain(world.ben);
    const { id } = await taken(world.ben);
    await answer(world.ben, id);
    await signOut(own, { conversations: 'queue' });
    await until(async () => expect((await rowOf(id)).holder).toBe('nobody'));
    await signedInAgain(world.ben);
    await set(world.ben, 'online');
  });
});

describe('R-4.2 what an offline agent leaves', () => {
  it('R-4.2 queue again: all that are open, at their old place, with a word in the timeline', async () => {
    const [waiting, answered, pending] = [
      await taken(world.ann),
      await taken(world.ann),
      await taken(world.ann),
    ];
    await answer(world.ann, answered.id);
    await world.act(world.ann, 'conversation.mark-pending', { conversationId: pending.id });
    const { queuedAt } = await rowOf(answered.id);
    await set(world.ann, 'offline', 'queue');
    for (const { id } of [waiting, answered])
      await until(async () =>
        expect(await rowOf(id)).toMatchObject({ holder: 'nobody', status: 'open' }),
      );
    expect(await rowOf(answered.id)).toMatchObject({ queuedAt, isQueuedInFront: false });
    expect(await lastActivity(answered.id)).toEqual({
      what: 'went-offline',
      agentId: world.ann.agentId,
      successorId: null,
    });
    expect(await rowOf(pending.id)).toMatchObject({
      status: 'pending',
      assigneeId: world.ann.agentId,
    });
    await set(world.ann, 'online');
  });

  it('R-4.2 keep: they stay, also when their contacts write', async () => {
    const kept = await taken(world.ann);
    await set(world.ann, 'offline', 'keep');
    await kept.write('Still there?');
    // Another one that is queued again shows that the time has come for this one too.
    const other = await taken(world.ben);
    await set(world.ben, 'offline', 'queue');
    await until(async () => expect((await rowOf(other.id)).holder).toBe('nobody'));
    expect((await rowOf(kept.id)).assigneeId).toBe(world.ann.agentId);
    await Promise.all([set(world.ann, 'online'), set(world.ben, 'online')]);
  });

  it('R-4.2 by itself: those whose contact waits at once, the rest when theirs writes', async () => {
    const [waiting, answered] = [await taken(world.ann), await taken(world.ann)];
    await answer(world.ann, answered.id);
    await turn(2 * GRACE);
    await tick(world.ann);
    await until(async () => expect((await rowOf(waiting.id)).holder).toBe('nobody'));
    const { queuedAt, assigneeId } = await rowOf(answered.id);
    expect(assigneeId).toBe(world.ann.agentId);
    await answered.write('One more question');
    expect(await rowOf(answered.id)).toMatchObject({
      holder: 'nobody',
      queuedAt,
      isQueuedInFront: false,
    });
    expect(await lastActivity(answered.id)).toMatchObject({ what: 'went-offline' });
    await set(world.ann, 'online');
  });

  it('R-4.2, R-3.5 the participant who has been there longest of those online takes over', async () => {
    const { id: conversationId } = await taken(world.ann);
    await world.act(world.susan, 'conversation.join', { conversationId });
    await world.act(world.ben, 'conversation.join', { conversationId });
    await set(world.susan, 'away');
    await set(world.ann, 'offline', 'queue');
    await until(async () =>
      expect((await rowOf(conversationId)).assigneeId).toBe(world.ben.agentId),
    );
    await Promise.all([set(world.ann, 'online'), set(world.susan, 'online')]);
  });

  it('R-4.2 survives the death of the server in between', async () => {
    const { id } = await taken(world.ann);
    await answer(world.ann, id);
    // What is left to do follows from the log, at whatever server reads it next.
    await sql.unsafe(
      `update readers set leased_by = gen_random_uuid(), leased_until = 9e15::bigint where name = 'release-held'`,
    );
    await set(world.ann, 'offline', 'queue');
    expect((await rowOf(id)).assigneeId).toBe(world.ann.agentId);
    await sql.unsafe(`update readers set leased_until = 0 where name = 'release-held'`);
    await until(async () => expect((await rowOf(id)).holder).toBe('nobody'));
    await set(world.ann, 'online');
  });

  it('R-4.2, R-19.2 who is deactivated is offline', async () => {
    await set(world.cara, 'online');
    const { agentId } = world.cara;
    await world.act(world.adam, 'agent.deactivate', { agentId });
    expect(await agentOf(world.cara)).toMatchObject({ isActive: false, availability: 'offline' });
    await world.act(world.adam, 'agent.reactivate', { agentId });
    expect(await switchOf(world.cara)).toBe('offline');
  });
});

describe('R-4.3 whether somebody is there', () => {
  it('R-4.3 the widget says so while one who serves the inbox is online, themselves or through a team', async () => {
    const widget = await world.connect(world.vera);
    const site = async () =>
      (await widget.next('site', ({ isOnline }) => isOnline !== undefined)).isOnline;
    await Promise.all([set(world.ann, 'offline'), set(world.ben, 'away')]);
    await set(world.tess, 'offline');
    expect(await site()).toBe(false);
    await set(world.tess, 'online');
    expect(await site()).toBe(true);
    await set(world.tess, 'away');
    expect(await site()).toBe(false);
    // Susan sees it, but doesn't serve it.
    expect(await switchOf(world.susan)).toBe('online');
    await set(world.ben, 'online');
    expect(await site()).toBe(true);
    for (const who of [world.ann, world.tess]) await set(who, 'online');
    widget.close();
  });
});

describe('R-3.4 how many somebody may have', () => {
  it('R-3.4 an admin gives an agent a number of their own, and takes it back', async () => {
    const { agentId } = world.ann;
    expect((await agentOf(world.ann)).capacity).toBeNull();
    await world.act(world.adam, 'agent.set-capacity', { agentId, capacity: 3 });
    expect((await agentOf(world.ann)).capacity).toBe(3);
    expect(
      await attempt(world.susan, 'agent.set-capacity', { agentId, capacity: 9 }),
    ).toMatchObject({ code: 'forbidden' });
    for (const capacity of [0, -1, 1.5, 1001])
      expect(await attempt(world.adam, 'agent.set-capacity', { agentId, capacity })).toMatchObject({
        code: 'invalid',
        field: 'capacity',
      });
    await world.act(world.adam, 'agent.set-capacity', { agentId, capacity: null });
    expect((await agentOf(world.ann)).capacity).toBeNull();
  });

  it('R-3.4 a number of their own is what holds for them, and for nobody else', async () => {
    const { agentId } = world.susan;
    await world.act(world.adam, 'agent.set-capacity', { agentId, capacity: 1 });
    await taken(world.susan);
    const conversationId = await world.write(world.newVisitor(), 'Hello?');
    expect(await attempt(world.susan, 'conversation.accept', { conversationId })).toMatchObject({
      code: 'at-capacity',
    });
    await world.act(world.ann, 'conversation.accept', { conversationId });
    await world.act(world.adam, 'agent.set-capacity', { agentId, capacity: 2 });
    await taken(world.susan);
    await world.act(world.adam, 'agent.set-capacity', { agentId, capacity: null });
  });
});
