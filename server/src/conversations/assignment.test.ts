import { randomUUID } from 'node:crypto';
import type { CommandKind } from '@deskbell/contract';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Queries } from '../platform/store/connect.ts';
import { createWorld, type Person, type World } from '../testing/world.ts';
import { conversations, readTimeline } from './sql.ts';

let world: World;
let sql: Queries;
beforeAll(async () => {
  world = await createWorld();
  sql = world.server.engine.pool as unknown as Queries;
});
afterAll(() => world.close());

/** Each test begins with nothing open, and everybody online. */
beforeEach(async () => {
  await set({ capacity: 1_000, transferTargets: 'all' });
  const open = await world.server.engine.pool<{ id: string }[]>`
    select id from conversations where workspace_id = ${world.workspaceId} and status <> 'closed'`;
  for (const { id: conversationId } of open)
    await world.act(world.susan, 'conversation.close', { conversationId, reason: 'test' });
});

const set = (settings: object) => world.act(world.adam, 'workspace.change-settings', settings);
const attempt = (who: Person, kind: CommandKind, input: object) =>
  world.server.engine.submit({
    workspaceId: who.workspaceId,
    actor: who.actor,
    kind,
    input,
    clientId: randomUUID(),
  });
const waits = () => world.write(world.newVisitor(), 'Hello?');
async function taken(by: Person): Promise<string> {
  const conversationId = await waits();
  await world.act(by, 'conversation.accept', { conversationId });
  return conversationId;
}
async function rowOf(conversationId: string) {
  const [row] = await conversations.load(sql, world.workspaceId, [conversationId]);
  if (!row) throw new Error(`there is no conversation ${conversationId}`);
  return row;
}
const assigneeOf = async (id: string) => (await rowOf(id)).assigneeId;

describe('R-3.4 nobody gets more than they may have', () => {
  it('R-3.4 by no way of their own: accepting, joining, starting, reopening, taking up again', async () => {
    const { ann } = world;
    const closed = await taken(ann);
    await world.act(ann, 'conversation.close', { conversationId: closed });
    const pending = await taken(ann);
    await world.act(ann, 'conversation.mark-pending', { conversationId: pending });
    const ended = world.newVisitor();
    const former = await world.write(ended, 'Hello?');
    await world.act(ended, 'conversation.end', {});
    const { contactId } = await rowOf(former);
    await set({ capacity: 2 });
    await taken(ann);
    await taken(ann);
    const conversationId = await waits();
    const ways: [CommandKind, object][] = [
      ['conversation.accept', { conversationId }],
      ['conversation.join', { conversationId }],
      ['conversation.assign', { conversationId, agentId: ann.agentId }],
      ['conversation.start', { inboxId: world.inbox.id, contactId, text: 'About before' }],
      ['conversation.reopen', { conversationId: closed }],
      ['conversation.mark-open', { conversationId: pending }],
    ];
    for (const [kind, input] of ways) {
      const code = kind === 'conversation.assign' ? 'agent-at-capacity' : 'at-capacity';
      expect([kind, await attempt(ann, kind, input)]).toMatchObject([kind, { code }]);
    }
    // With room, each of them is possible.
    await set({ capacity: 1_000 });
    for (const [kind, input] of ways) {
      expect([kind, await attempt(ann, kind, input)]).toMatchObject([kind, { answer: {} }]);
      if ((await assigneeOf(conversationId)) === ann.agentId)
        await world.act(ann, 'conversation.unassign', { conversationId });
    }
  });

  it('R-3.4, R-19.5 nor from a colleague; a supervisor alone gives more, by force, and the timeline says so', async () => {
    const { ann, ben, susan } = world;
    await set({ capacity: 1 });
    await taken(ann);
    const conversationId = await taken(ben);
    const given = { conversationId, agentId: ann.agentId };
    for (const who of [ben, susan])
      expect(await attempt(who, 'conversation.assign', given)).toMatchObject({
        code: 'agent-at-capacity',
        agentId: ann.agentId,
      });
    const forced = { ...given, isForced: true };
    expect(await attempt(ben, 'conversation.assign', forced)).toMatchObject({ code: 'forbidden' });
    expect(await assigneeOf(conversationId)).toBe(ben.agentId);
    // not without a reason.
    expect(await attempt(susan, 'conversation.assign', forced)).toMatchObject({
      code: 'reason-needed',
      field: 'note',
    });
    expect(await assigneeOf(conversationId)).toBe(ben.agentId);
    await world.act(susan, 'conversation.assign', { ...forced, note: 'She knows the case' });
    expect(await assigneeOf(conversationId)).toBe(ann.agentId);
    const entries = await readTimeline(sql, world.workspaceId, { conversationId, limit: 50 });
    expect(entries.at(-2)).toMatchObject({ kind: 'note', text: 'She knows the case' });
    expect(entries.at(-1)?.activity).toMatchObject({ what: 'assigned', isForced: true });
    // One who has room needs none.
    await world.act(susan, 'conversation.assign', {
      conversationId,
      agentId: ben.agentId,
      isForced: true,
    });
  });

  it('R-1.3, R-3.4 what returns to a full agent is queued in front, for that agent first', async () => {
    const { ann } = world;
    const visitor = world.newVisitor();
    const conversationId = await world.write(visitor, 'Hello?');
    await world.act(ann, 'conversation.accept', { conversationId });
    await world.act(ann, 'conversation.mark-pending', { conversationId });
    await set({ capacity: 1 });
    const other = await taken(ann);
    expect(await world.write(visitor, 'Still there?')).toBe(conversationId);
    expect(await rowOf(conversationId)).toMatchObject({
      status: 'open',
      holder: 'nobody',
      isQueuedInFront: true,
      preferredAgentId: ann.agentId,
    });
    // With room it would have come back to her.
    await world.act(ann, 'conversation.close', { conversationId: other });
    await world.act(ann, 'conversation.accept', { conversationId });
    await world.act(ann, 'conversation.mark-pending', { conversationId });
    await world.write(visitor, 'And now?');
    expect(await assigneeOf(conversationId)).toBe(ann.agentId);
  });

  it('R-3.4, R-3.5 who takes over is the one who has been there longest of those with room', async () => {
    const { ann, ben, susan, tess } = world;
    const conversationId = await taken(ann);
    for (const who of [ben, tess, susan])
      await world.act(who, 'conversation.join', { conversationId });
    await set({ capacity: 1 });
    const bens = await taken(ben);
    await world.act(ann, 'conversation.leave', { conversationId });
    // Ben was there before Tess, but has as many as he may.
    expect(await assigneeOf(conversationId)).toBe(tess.agentId);
    await world.act(ben, 'conversation.close', { conversationId: bens });
    await world.act(tess, 'conversation.leave', { conversationId });
    expect(await assigneeOf(conversationId)).toBe(ben.agentId);
    await taken(susan);
    await world.act(ben, 'conversation.leave', { conversationId });
    expect(await rowOf(conversationId)).toMatchObject({
      holder: 'nobody',
      assigneeId: null,
      isQueuedInFront: false,
    });
  });
});

describe('R-3.2 to whom conversations are passed on', () => {
  it('R-3.2 to anybody online and to any team, where that is set', async () => {
    const { ann, ben, sales } = world;
    const conversationId = await taken(ann);
    await world.act(ann, 'conversation.assign', { conversationId, agentId: ben.agentId });
    await world.act(ben, 'conversation.transfer', { conversationId, teamId: sales });
    expect(await rowOf(conversationId)).toMatchObject({ teamId: sales, assigneeId: null });
  });

  it('R-3.2 only to teams of one’s own, where that is set: to no colleague and to no other team', async () => {
    const { tess, ben, sales, support } = world;
    await set({ transferTargets: 'own-teams' });
    const conversationId = await taken(tess);
    const refused = { code: 'no-target' };
    expect(
      await attempt(tess, 'conversation.assign', { conversationId, agentId: ben.agentId }),
    ).toMatchObject(refused);
    expect(
      await attempt(tess, 'conversation.transfer', { conversationId, teamId: sales }),
    ).toMatchObject(refused);
    expect(await rowOf(conversationId)).toMatchObject({ teamId: null, assigneeId: tess.agentId });
    await world.act(tess, 'conversation.transfer', { conversationId, teamId: support });
    expect(await rowOf(conversationId)).toMatchObject({ teamId: support, assigneeId: null });
    // Oneself is no passing on.
    await world.act(tess, 'conversation.assign', { conversationId, agentId: tess.agentId });
    expect(await assigneeOf(conversationId)).toBe(tess.agentId);
  });

  it('R-3.2, R-4.1 to nobody who is away or offline, or does not see it', async () => {
    const { ann, ben, cara } = world;
    const conversationId = await taken(ann);
    const give = (who: Person) =>
      attempt(ann, 'conversation.assign', { conversationId, agentId: who.agentId });
    expect(await give(cara)).toMatchObject({ code: 'no-target', agentId: cara.agentId });
    for (const availability of ['away', 'offline']) {
      await world.act(ben, 'agent.set-availability', { availability });
      expect(await give(ben)).toMatchObject({ code: 'agent-offline', agentId: ben.agentId });
    }
    await world.act(ben, 'agent.set-availability', { availability: 'online' });
    expect('code' in (await give(ben))).toBe(false);
  });
});
