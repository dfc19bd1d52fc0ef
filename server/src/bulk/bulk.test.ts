import { randomUUID } from 'node:crypto';
import type { BulkAction, BulkChoice, BulkJob } from '@deskbell/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Submit } from '../platform/pipeline/submit.ts';
import { createWorld, type Person, type World } from '../testing/world.ts';
import { BulkRunner } from './runner.ts';

const NEVER = 2 ** 30;

let world: World;
beforeAll(async () => {
  world = await createWorld();
  for (const person of [world.ann, world.ben, world.susan]) await world.connect(person, true);
});
afterAll(async () => {
  await world.close();
});

const written = (count: number) =>
  Promise.all(Array.from({ length: count }, () => world.write(world.newVisitor(), 'hello')));

async function post(who: Person, address: string, body?: object): Promise<BulkJob> {
  const response = await world.request(who, address, { method: 'POST', body });
  expect(response.status).toBe(200);
  return ((await response.json()) as { job: BulkJob }).job;
}
const begin = (who: Person, action: BulkAction, conversations: BulkChoice) =>
  post(who, '/bulk-jobs', { action, conversations });

async function finished(who: Person, { id }: BulkJob): Promise<BulkJob> {
  await world.server.engine.bulk.run();
  const response = await world.request(who, `/bulk-jobs/${id}`);
  return ((await response.json()) as { job: BulkJob }).job;
}

async function rowsOf(ids: string[]) {
  const rows = await world.server.engine.pool<
    { id: string; status: string; isFlagged: boolean; assigneeId: string | null }[]
  >`select id, status, is_flagged as "isFlagged", assignee_id as "assigneeId" from conversations where id in ${world.server.engine.pool(ids)}`;
  return ids.map((id) => rows.find((row) => row.id === id));
}

describe('R-2.8 something done to many conversations', () => {
  it('R-2.8 is done while somebody else’s much larger job goes on', async () => {
    const { otto, wanda } = world.elsewhere;
    const unflag = { do: 'unflag' } as const;
    const ids = await written(120);
    const theirs = await world.write(wanda, 'hello');
    const large = await begin(world.ann, unflag, { conversationIds: ids as never });
    const small = await begin(otto, unflag, { conversationIds: [theirs] as never });
    const ends = [await finished(world.ann, large), await finished(otto, small)];
    const [later, earlier] = ends.map(({ finishedAt }) => Number(finishedAt));
    expect(later).toBeGreaterThan(Number(earlier));
  });

  it('R-2.8 is done to each, told in numbers, and taken back where it changed something', async () => {
    const ids = await written(120);
    const [already = ''] = ids;
    await world.act(world.ann, 'conversation.flag', { conversationId: already });
    const job = await begin(world.ann, { do: 'flag' }, { conversationIds: ids as never });
    expect(job).toMatchObject({ total: 120, finishedAt: null });
    expect(await finished(world.ann, job)).toMatchObject({ done: 120, refused: {} });
    expect((await rowsOf(ids)).every((row) => row?.isFlagged)).toBe(true);
    const undo = await post(world.ann, `/bulk-jobs/${job.id}/undo`);
    expect(await finished(world.ann, undo)).toMatchObject({ done: 120, undoOf: job.id });
    expect((await rowsOf(ids)).filter((row) => row?.isFlagged).map((row) => row?.id)).toEqual([
      already,
    ]);
  });

  it('R-2.8 closing is taken back as it was: state, assignee, who took part, place in the queue; what changed since stays', async () => {
    const { ann, ben, susan, adam } = world;
    const [queued = '', held = '', pending = '', touched = '', full = '', own = ''] =
      await written(6);
    for (const conversationId of [held, pending, touched])
      await world.act(ann, 'conversation.accept', { conversationId });
    await world.act(ben, 'conversation.accept', { conversationId: full });
    await world.act(ben, 'conversation.join', { conversationId: held });
    await world.act(ann, 'conversation.mark-pending', { conversationId: pending });
    const ids = [queued, held, pending, touched, full];
    const stood = async () => {
      const rows = await world.server.engine.pool`
        select id, status, holder, assignee_id, participants, queued_at, is_queued_in_front, pending_at,
          waiting_since, closed_at, close_reason, closed_by_id
        from conversations where id in ${world.server.engine.pool(ids)}`;
      return new Map(rows.map(({ id, ...row }) => [String(id), row]));
    };
    const before = await stood();
    const action = { do: 'close', reason: 'All answered' } as const;
    const job = await begin(susan, action, { conversationIds: ids as never });
    expect(await finished(susan, job)).toMatchObject({ done: 5, refused: {} });
    await world.act(ann, 'note.add', { conversationId: touched, text: 'Really?' });
    await world.act(ben, 'conversation.accept', { conversationId: own });
    await world.act(adam, 'agent.set-capacity', { agentId: ben.agentId, capacity: 1 });
    const undo = await post(susan, `/bulk-jobs/${job.id}/undo`);
    expect(await finished(susan, undo)).toMatchObject({
      done: 4,
      refused: { 'changed-meanwhile': 1 },
    });
    const after = await stood();
    for (const id of [queued, held, pending]) expect(after.get(id)).toEqual(before.get(id));
    expect(after.get(touched)).toMatchObject({ status: 'closed' });
    // what Ben has no room for any more waits in front.
    expect(after.get(full)).toMatchObject({
      ...{ status: 'open', assignee_id: null, is_queued_in_front: true },
    });
    await world.act(adam, 'agent.set-capacity', { agentId: ben.agentId, capacity: null });
  });

  it('R-2.8 assigning and taking away are taken back to who had it and who took part', async () => {
    const { ann, ben, susan } = world;
    const [free = '', anns = ''] = await written(2);
    await world.act(ann, 'conversation.accept', { conversationId: anns });
    await world.act(susan, 'conversation.join', { conversationId: anns });
    const rows = () => world.server.engine.pool`
      select assignee_id, participants, holder, status from conversations
      where id in ${world.server.engine.pool([free, anns])} order by id = ${anns}`;
    const before = [...(await rows())];
    const conversationIds = [free, anns] as never;
    for (const action of [
      { do: 'assign', agentId: ben.agentId as never },
      { do: 'unassign' },
    ] satisfies BulkAction[]) {
      const job = await begin(susan, action, { conversationIds });
      await finished(susan, job);
      expect([...(await rows())]).not.toEqual(before);
      await finished(susan, await post(susan, `/bulk-jobs/${job.id}/undo`));
      expect([...(await rows())]).toEqual(before);
    }
  });

  it('R-2.8 labels put on and taken off are taken back where they changed something', async () => {
    const { ann, adam } = world;
    const { answer } = await world.act(adam, 'label.create', { name: 'Refund', color: '#b45309' });
    const labelId = String(answer.labelId);
    const [with_ = '', without = ''] = await written(2);
    await world.act(ann, 'conversation.label', { conversationId: with_, add: [labelId] });
    const labelled = async () => {
      const rows = await world.server.engine.pool<{ id: string }[]>`
        select id from conversations where label_ids @> ${JSON.stringify([labelId])}::text::jsonb`;
      return rows.map(({ id }) => id);
    };
    for (const what of ['label', 'unlabel'] as const) {
      const action = { do: what, labelId: labelId as never };
      const job = await begin(ann, action, { conversationIds: [with_, without] as never });
      await finished(ann, job);
      expect(await labelled()).toHaveLength(what === 'label' ? 2 : 0);
      await finished(ann, await post(ann, `/bulk-jobs/${job.id}/undo`));
      expect(await labelled()).toEqual([with_]);
    }
  });

  it('R-2.8 goes by the rights of who asks: what is refused stays, and is told by its reason', async () => {
    const [mine = '', bens = '', free = ''] = await written(3);
    await world.act(world.ann, 'conversation.accept', { conversationId: mine });
    await world.act(world.ben, 'conversation.accept', { conversationId: bens });
    const conversationIds = [mine, bens, free] as never;
    const job = await begin(world.ann, { do: 'close' }, { conversationIds });
    const done = await finished(world.ann, job);
    expect(done.done).toBe(2);
    expect(Object.values(done.refused)).toEqual([1]);
    expect((await rowsOf([mine, bens, free])).map((row) => row?.status)).toEqual([
      'closed',
      'open',
      'closed',
    ]);
    await finished(world.ann, await post(world.ann, `/bulk-jobs/${job.id}/undo`));
    expect((await rowsOf([mine, free])).map((row) => [row?.status, row?.assigneeId])).toEqual([
      ['open', world.ann.agentId],
      ['open', null],
    ]);
  });

  it('R-2.8 all that a list shows: what its filter leaves, and nothing out of sight', async () => {
    const ids = await written(3);
    await world.act(world.ben, 'conversation.flag', { conversationId: ids[1] ?? '' });
    const flagged = { list: 'queue' as const, filter: { isFlagged: true } };
    const response = await world.request(world.ann, '/conversations?list=queue&isFlagged=true');
    const { conversations } = (await response.json()) as { conversations: object[] };
    const job = await begin(world.ann, { do: 'unflag' }, flagged);
    expect(job.total).toBe(conversations.length);
    expect(await finished(world.ann, job)).toMatchObject({ done: job.total });
    const nothing = await world.request(world.ann, '/bulk-jobs', {
      method: 'POST',
      body: { action: { do: 'unflag' }, conversations: flagged },
    });
    expect(nothing.status).toBe(404);
    const unseen = await world.request(world.cara, '/bulk-jobs', {
      method: 'POST',
      body: { action: { do: 'flag' }, conversations: { conversationIds: ids } },
    });
    expect(unseen.status).toBe(404);
  });

  it('R-2.8 survives its server: what was sent is not done twice, the rest by another', async () => {
    const ids = await written(60);
    const { pool, submit, bulk } = world.server.engine;
    // This server's own takes no part any more.
    await bulk.close();
    const sent: string[] = [];
    let isKilled = false;
    const dying: Submit = async (command, bytes) => {
      // As after a kill: what it sends last is done, and it never hears of it.
      const result = await submit(command, bytes);
      sent.push(command.clientId);
      if (sent.length === 20) isKilled = true;
      if (isKilled) throw new Error('killed');
      return result;
    };
    const first = new BulkRunner({
      pool,
      submit: dying,
      onMoved: () => undefined,
      onTrouble: () => undefined,
      pollMs: NEVER,
    });
    const job = { id: randomUUID() };
    await pool`insert into bulk_jobs (workspace_id, id, agent_id, action, total, created_at)
      values (${world.workspaceId}, ${job.id}, ${world.ann.agentId}, '{"do": "flag"}', 60, (extract(epoch from now()) * 1000)::bigint)`;
    for (const [place, id] of ids.entries())
      await pool`insert into bulk_items (workspace_id, job_id, place, conversation_id) values (${world.workspaceId}, ${job.id}, ${place}, ${id})`;
    await first.run();
    await first.close();
    expect(sent.length).toBeGreaterThan(0);
    await pool`update bulk_jobs set leased_until = 0 where id = ${job.id}`;
    const second = new BulkRunner({
      ...{ pool, submit, pollMs: NEVER },
      onMoved: () => undefined,
      onTrouble: () => undefined,
    });
    await second.run();
    await second.close();
    expect(await finished(world.ann, job as BulkJob)).toMatchObject({ done: 60, refused: {} });
    const flags = await pool<{ count: number }[]>`select count(*) as count from timeline
      where conversation_id in ${pool(ids)} and activity ->> 'what' = 'flagged'`;
    expect(flags[0]?.count).toBe(60);
  });
});
