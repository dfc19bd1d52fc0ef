import { BULK_JOBS_AT_ONCE, type BulkJob } from '@deskbell/contract';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { readConfig } from '../platform/config.ts';
import type { Submit } from '../platform/pipeline/submit.ts';
import { type Server, startServer } from '../server.ts';
import { createWorld, type Person, type World } from '../testing/world.ts';
import { BulkRunner } from './runner.ts';

const NEVER = 2 ** 30;
const COUNT = 120;

let world: World;
let beside: Server;
let ids: string[];
let flaggedBefore = '';
beforeAll(async () => {
  world = await createWorld();
  beside = await startServer({
    config: readConfig({ PORT: '0' }, '/nowhere'),
    databaseUrl: world.database.url,
    log: pino({ level: 'silent' }),
  });
  // What goes on, and where it ends, is each test's to say.
  for (const { engine } of [world.server, beside]) await engine.bulk.close();
  ids = await Promise.all(
    Array.from({ length: COUNT }, () => world.write(world.newVisitor(), 'hello')),
  );
  flaggedBefore = ids[70] ?? '';
  await world.act(world.ann, 'conversation.flag', { conversationId: flaggedBefore });
});
afterAll(async () => {
  await beside.close();
  await world.close();
});

async function ask(
  who: Person,
  address: string,
  { at = world.server, body }: { at?: Server; body?: object } = {},
): Promise<{ status: number; job: BulkJob; code?: string }> {
  const url = `${at.url.replace('localhost', '127.0.0.1')}/api/v1${address}`;
  const response = await fetch(url, {
    method: body === undefined ? 'GET' : 'POST',
    headers: { authorization: `Bearer ${who.token}`, 'content-type': 'application/json' },
    ...(body && { body: JSON.stringify(body) }),
  });
  return { status: response.status, ...((await response.json()) as { job: BulkJob }) };
}
const flagging = (conversationIds = ids) => ({
  action: { do: 'flag' },
  conversations: { conversationIds },
});
const begin = async (who: Person = world.ann) =>
  (await ask(who, '/bulk-jobs', { body: flagging() })).job;
const undo = async ({ id }: BulkJob, at?: Server) =>
  (await ask(world.ann, `/bulk-jobs/${id}/undo`, { body: {}, ...(at && { at }) })).job;
const now = async ({ id }: BulkJob) => (await ask(world.ann, `/bulk-jobs/${id}`)).job;

async function flagged(): Promise<string[]> {
  const { pool } = world.server.engine;
  const rows = await pool<{ id: string }[]>`
    select id from conversations where is_flagged and id in ${pool(ids)}`;
  return rows.map(({ id }) => id);
}

/** A server of its own, until it is killed: what it has sent by then may be done, and it never hears of it. */
function runner(submit: Submit = world.server.engine.submit): BulkRunner {
  const { pool } = world.server.engine;
  const ignored = () => undefined;
  return new BulkRunner({ pool, submit, onMoved: ignored, onTrouble: ignored, pollMs: NEVER });
}

/** Runs until so many commands were sent; the last of them are done, or (`isHeld`) never left. */
async function runUntilKilled({ sent, isHeld }: { sent: number; isHeld: boolean }): Promise<void> {
  let count = 0;
  const dying = runner(async (command, bytes) => {
    count += 1;
    if (count > sent && isHeld) throw new Error('killed');
    const result = await world.server.engine.submit(command, bytes);
    if (count > sent) throw new Error('killed');
    return result;
  });
  await dying.run();
  await dying.close();
  expect(count).toBeGreaterThan(sent);
  await world.server.engine.pool`update bulk_jobs set leased_until = 0`;
}

async function runToTheEnd(): Promise<void> {
  const server = runner();
  await server.run();
  await server.close();
}

it.each([
  { sent: 0, isHeld: true },
  { sent: 50, isHeld: true },
  { sent: 75, isHeld: true },
  { sent: 75, isHeld: false },
])(
  'R-2.8 stopped and taken back where its server was killed, nothing is half done: %o',
  async (kill) => {
    const job = await begin();
    await runUntilKilled(kill);
    const back = await undo(job);
    expect(back).toMatchObject({ undoOf: job.id, finishedAt: null });
    // Killed once more in what takes it back.
    if (kill.sent > 50) await runUntilKilled({ ...kill, sent: 60 });
    await runToTheEnd();
    const [stopped, taken] = [await now(job), await now(back)];
    expect(stopped).toMatchObject({ isStopped: true, total: COUNT, refused: {} });
    expect(stopped.finishedAt).not.toBeNull();
    expect(stopped.done).toBeLessThan(COUNT);
    expect(stopped.done).toBe(Math.ceil((kill.sent + 1) / 50) * 50);
    expect(taken).toMatchObject({ total: stopped.done, done: stopped.done, refused: {} });
    expect(taken.finishedAt).not.toBeNull();
    expect(await flagged()).toEqual([flaggedBefore]);
  },
);

it('R-2.8 stopped before anything was done, it does nothing', async () => {
  const job = await begin();
  const back = await undo(job);
  expect(back).toMatchObject({ total: 0 });
  await runToTheEnd();
  expect(await now(job)).toMatchObject({
    isStopped: true,
    done: 0,
    finishedAt: expect.any(Number),
  });
  expect(await now(back)).toMatchObject({ done: 0, finishedAt: expect.any(Number) });
  expect(await flagged()).toEqual([flaggedBefore]);
});

it('R-2.8 stopped on two servers at once while two others do it, it is taken back once, and wholly', async () => {
  const job = await begin();
  let backs: Promise<BulkJob[]> | null = null;
  let sent = 0;
  const stoppedMidway: Submit = (command, bytes) => {
    sent += 1;
    if (sent === 60) backs = Promise.all([undo(job), undo(job, beside)]);
    return world.server.engine.submit(command, bytes);
  };
  const servers = [runner(stoppedMidway), runner(stoppedMidway)];
  await Promise.all(servers.map((server) => server.run()));
  const [back, same] = (await (backs as Promise<BulkJob[]> | null)) ?? [];
  await Promise.all(servers.map((server) => server.run()));
  await Promise.all(servers.map((server) => server.close()));
  expect(back?.id).toBe(same?.id);
  const stopped = await now(job);
  expect(stopped.done).toBeLessThan(COUNT);
  expect(await now(back as BulkJob)).toMatchObject({ done: stopped.done, total: stopped.done });
  expect(await flagged()).toEqual([flaggedBefore]);
});

it('R-2.8 what was refused is not taken back, and not counted as that', async () => {
  const { ann, ben } = world;
  const bens = ids[10] ?? '';
  await world.connect(ben, true);
  await world.act(ben, 'conversation.accept', { conversationId: bens });
  const closing = { action: { do: 'close' }, conversations: { conversationIds: ids.slice(0, 50) } };
  const { job } = await ask(ann, '/bulk-jobs', { body: closing });
  await runUntilKilled({ sent: 30, isHeld: false });
  const back = await undo(job);
  await runToTheEnd();
  expect(await now(job)).toMatchObject({ isStopped: true, done: 49 });
  expect(await now(back)).toMatchObject({ total: 49, done: 49, refused: {} });
  const { pool } = world.server.engine;
  const open = await pool`select from conversations where status = 'open' and id in ${pool(ids)}`;
  expect(open).toHaveLength(COUNT);
});

it('R-2.8 so many of one agent go on at once, on however many servers they are begun; the rest is refused', async () => {
  const one = flagging(ids.slice(0, 1));
  const servers = [world.server, beside];
  const answers = await Promise.all(
    Array.from({ length: 4 * BULK_JOBS_AT_ONCE }, (_, index) =>
      ask(world.ann, '/bulk-jobs', { body: one, at: servers[index % 2] as Server }),
    ),
  );
  const begun = answers.filter(({ status }) => status === 200);
  expect(begun).toHaveLength(BULK_JOBS_AT_ONCE);
  for (const answer of answers.filter(({ status }) => status !== 200))
    expect(answer).toMatchObject({ status: 409, code: 'jobs-unfinished' });
  expect(await ask(world.ben, '/bulk-jobs', { body: one })).toMatchObject({ status: 200 });
  // One that goes on can be stopped all the same, which makes room when that has ended.
  const [first] = begun;
  await undo(first?.job as BulkJob);
  expect(await ask(world.ann, '/bulk-jobs', { body: one })).toMatchObject({ status: 409 });
  await runToTheEnd();
  expect(await ask(world.ann, '/bulk-jobs', { body: one })).toMatchObject({ status: 200 });
  await runToTheEnd();
});
