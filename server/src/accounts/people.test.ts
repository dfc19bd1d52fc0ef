import { randomUUID } from 'node:crypto';
import type { CommandKind, Role } from '@deskbell/contract';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { conversations } from '../conversations/index.ts';
import { SYSTEM } from '../platform/pipeline/command.ts';
import type { Queries } from '../platform/store/connect.ts';
import { createWorld, PASSWORD, type Person, type World } from '../testing/world.ts';
import { agents } from './index.ts';

let world: World;
let sql: Queries;
beforeAll(async () => {
  world = await createWorld();
  sql = world.server.engine.pool as unknown as Queries;
});
afterAll(() => world.close());

/** As `world.act`, but a refusal is an answer. */
const attempt = (who: Person, kind: CommandKind, input: object) => {
  const { workspaceId, actor } = who;
  return world.server.engine.submit({ workspaceId, actor, kind, input, clientId: randomUUID() });
};
const rowOf = async ({ agentId }: { agentId: string }) =>
  (await agents.load(sql, world.workspaceId, [agentId]))[0];
const conversationOf = async (id: string) =>
  (await conversations.load(sql, world.workspaceId, [id]))[0];

/** Everybody as they began. */
beforeEach(async () => {
  for (const { agentId, role } of [world.olga, world.adam, world.susan, world.ben, world.cara]) {
    const row = await rowOf({ agentId });
    if (row?.role !== role) await world.act(world.olga, 'agent.change-role', { agentId, role });
    if (!row?.isActive) await world.act(world.olga, 'agent.reactivate', { agentId });
  }
});

describe('R-18.1 roles', () => {
  it('R-18.1 are changed by admins, never of somebody above themselves, never to more than they have', async () => {
    const change = async (who: Person, whom: Person, role: Role) => {
      const result = await attempt(who, 'agent.change-role', { agentId: whom.agentId, role });
      return 'code' in result ? result.code : 'done';
    };
    expect(await change(world.adam, world.cara, 'admin')).toBe('done');
    expect(await change(world.adam, world.cara, 'agent')).toBe('done');
    expect(await change(world.adam, world.cara, 'owner')).toBe('forbidden');
    expect(await change(world.adam, world.olga, 'agent')).toBe('forbidden');
    expect(await change(world.susan, world.cara, 'supervisor')).toBe('forbidden');
    expect(await change(world.elsewhere.otto, world.cara, 'admin')).toBe('not-found');
    expect(await change(world.olga, world.adam, 'owner')).toBe('done');
    expect(await change(world.adam, world.olga, 'admin')).toBe('done');
    expect(await change(world.adam, world.olga, 'owner')).toBe('done');
  });

  it('R-18.1 the last owner is neither demoted nor deactivated, whatever comes at once', async () => {
    const { olga, adam } = world;
    const demote = (whom: Person) =>
      attempt(whom, 'agent.change-role', { agentId: whom.agentId, role: 'admin' });
    expect(await demote(olga)).toMatchObject({ code: 'last-owner' });
    expect(await attempt(olga, 'agent.deactivate', { agentId: olga.agentId })).toMatchObject({
      code: 'last-owner',
    });
    await world.act(olga, 'agent.change-role', { agentId: adam.agentId, role: 'owner' });
    const results = await Promise.all([demote(olga), demote(adam)]);
    expect(results.filter((result) => 'code' in result)).toMatchObject([{ code: 'last-owner' }]);
    const owner = (await rowOf(olga))?.role === 'owner' ? olga : adam;
    await world.act(owner, 'agent.change-role', { agentId: olga.agentId, role: 'owner' });
  });

  it('R-18.1 what they let one see follows them at once', async () => {
    const conversationId = await world.write(world.newVisitor(), 'Hello');
    const socket = await world.connect(world.cara);
    const isSeen = async () =>
      (await world.request(world.cara, `/conversations/${conversationId}`)).status === 200;
    expect(await isSeen()).toBe(false);
    const { agentId } = world.cara;
    await world.act(world.adam, 'agent.change-role', { agentId, role: 'supervisor' });
    const { me } = await socket.next('snapshot');
    expect(me).toMatchObject({ role: 'supervisor' });
    expect(await isSeen()).toBe(true);
    socket.close();
  });
});

describe('R-18.1 who is deactivated', () => {
  const signIn = (email: string) =>
    world.request(null, '/sign-in', { method: 'POST', body: { email, password: PASSWORD } });

  it('R-18.1 is out at once, everywhere, and stays out of their old sessions when they come back', async () => {
    const { ben, adam } = world;
    const { token } = (await (await signIn(ben.email)).json()) as { token: string };
    const here = { ...ben, token };
    const socket = await world.connect(here);
    expect((await world.request(here, '/me')).status).toBe(200);
    await world.act(adam, 'agent.deactivate', { agentId: ben.agentId });
    expect((await socket.next('bye')).code).toBe('session-ended');
    expect((await world.request(here, '/me')).status).toBe(401);
    expect(await (await signIn(ben.email)).json()).toMatchObject({ code: 'no-workspace' });
    const sessions = () =>
      world.server.engine.pool`select from sessions where user_id = ${ben.userId}`;
    await vi.waitFor(async () => expect(await sessions()).toHaveLength(0), { timeout: 20_000 });
    await world.act(adam, 'agent.reactivate', { agentId: ben.agentId });
    expect((await world.request(here, '/me')).status).toBe(401);
    expect((await signIn(ben.email)).status).toBe(200);
  });

  it('R-19.2 holds nothing: the next participant takes over, else the queue has it at its old place', async () => {
    const { ann, susan, adam } = world;
    await Promise.all([ann, susan].map((who) => world.connect(who)));
    const alone = await world.write(world.newVisitor(), 'Alone');
    const shared = await world.write(world.newVisitor(), 'Shared');
    const guest = await world.write(world.newVisitor(), 'A guest');
    const pending = await world.write(world.newVisitor(), 'Pending');
    for (const conversationId of [alone, shared, pending])
      await world.act(ann, 'conversation.accept', { conversationId });
    await world.act(susan, 'conversation.join', { conversationId: shared });
    await world.act(susan, 'conversation.accept', { conversationId: guest });
    await world.act(ann, 'conversation.join', { conversationId: guest });
    await world.act(ann, 'conversation.mark-pending', { conversationId: pending });
    const before = await conversationOf(alone);

    await world.act(adam, 'agent.deactivate', { agentId: ann.agentId });
    await vi.waitFor(
      async () => {
        expect(await conversationOf(alone)).toMatchObject({
          holder: 'nobody',
          assigneeId: null,
          queuedAt: before?.queuedAt,
        });
        expect(await conversationOf(shared)).toMatchObject({ assigneeId: susan.agentId });
        expect(await conversationOf(guest)).toMatchObject({
          assigneeId: susan.agentId,
          participants: [],
        });
        expect(await conversationOf(pending)).toMatchObject({ status: 'open', holder: 'nobody' });
      },
      { timeout: 20_000 },
    );
    await world.act(adam, 'agent.reactivate', { agentId: ann.agentId });
  });

  it('R-19.2 what was taken up by an agent who is back again stays with them', async () => {
    const { susan, workspaceId } = world;
    await world.connect(susan);
    const conversationId = await world.write(world.newVisitor(), 'Mine');
    await world.act(susan, 'conversation.accept', { conversationId });
    const input = { conversationId, agentId: susan.agentId };
    await world.act({ workspaceId, actor: SYSTEM }, 'conversation.release', input);
    expect(await conversationOf(conversationId)).toMatchObject({ assigneeId: susan.agentId });
  });

  it('R-18.1 nobody deactivates themselves', async () => {
    const { agentId } = world.adam;
    expect(await attempt(world.adam, 'agent.deactivate', { agentId })).toMatchObject({
      code: 'forbidden',
    });
  });
});

it('R-18.1 when somebody was last there is known to supervisors: now, or when their desk left', async () => {
  const { cara, susan } = world;
  await world.server.engine
    .pool`update sessions set last_used_at = 5 where user_id = ${cara.userId}`;
  const lastSeen = async () => {
    const response = await world.request(susan, '/agents/last-seen');
    const answer = (await response.json()) as { lastSeen: Record<string, number> };
    return answer.lastSeen[cara.agentId] ?? 0;
  };
  await world.server.engine.pool`delete from last_seen`;
  const begun = await world.server.engine.now();
  expect(await lastSeen()).toBeLessThan(begun);
  const socket = await world.connect(cara);
  expect(await lastSeen()).toBeGreaterThanOrEqual(begun);
  socket.close();
  await vi.waitFor(
    async () =>
      expect(
        await world.server.engine.pool`select from last_seen where agent_id = ${cara.agentId}`,
      ).toHaveLength(1),
    { timeout: 20_000 },
  );
  expect(await lastSeen()).toBeGreaterThanOrEqual(begun);
});
