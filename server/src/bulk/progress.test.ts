import type { BulkJob, ServerFrame } from '@deskbell/contract';
import { pino } from 'pino';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { Sabotage } from '../engine.ts';
import { readConfig } from '../platform/config.ts';
import { type Server, startServer } from '../server.ts';
import { TestSocket } from '../testing/socket.ts';
import { createWorld, type Person, type World } from '../testing/world.ts';

const NEVER = 2 ** 30;

let world: World;
/** Told by the bus alone, and never: it has to look by itself. */
let told: Server;
let untold: Server;
const open: TestSocket[] = [];
beforeAll(async () => {
  world = await createWorld();
  told = await serverBeside({ pollMs: NEVER });
  untold = await serverBeside({ isNoticeLost: () => true });
  await vi.waitUntil(
    () => [world.server, told].every(({ engine }) => engine.bus.state.others === 2),
    { timeout: 30_000 },
  );
});
afterAll(async () => {
  for (const socket of open) socket.close();
  await Promise.all([told.close(), untold.close()]);
  await world.close();
});

const serverBeside = (sabotage: Sabotage) =>
  startServer({
    config: readConfig({ PORT: '0' }, '/nowhere'),
    databaseUrl: world.database.url,
    log: pino({ level: 'silent' }),
    sabotage,
  });

async function connectAt(
  server: Server,
  who: Person,
  resumed: { through?: string; rights?: string } = {},
): Promise<TestSocket> {
  const socket = await TestSocket.open(server.url.replace('localhost', '127.0.0.1'));
  open.push(socket);
  socket.send({ t: 'hello', protocol: 1, token: who.token, ...resumed });
  await socket.next(resumed.through === undefined ? 'snapshot' : 'changes');
  return socket;
}

/** Flags so many new conversations, at the first server. */
async function begin(who: Person, count: number): Promise<BulkJob> {
  const conversationIds = await Promise.all(
    Array.from({ length: count }, () => world.write(world.newVisitor(), 'hello')),
  );
  const response = await world.request(who, '/bulk-jobs', {
    method: 'POST',
    body: { action: { do: 'flag' }, conversations: { conversationIds } },
  });
  return ((await response.json()) as { job: BulkJob }).job;
}

const jobsIn = (frame: ServerFrame): BulkJob[] =>
  'entities' in frame && 'bulkJobs' in frame.entities ? (frame.entities.bulkJobs ?? []) : [];
const shown = (socket: TestSocket, { id }: BulkJob) =>
  socket.frames.flatMap(jobsIn).filter((job) => job.id === id);
const finished = (socket: TestSocket, { id }: BulkJob) =>
  socket.next('changes', (frame) =>
    jobsIn(frame).some((job) => job.id === id && job.finishedAt !== null),
  );

it('R-2.8 how far it is reaches every desk of who began it, also at another server, and nobody else', async () => {
  const { ann, ben, susan } = world;
  const desks = [await world.connect(ann), await connectAt(told, ann)];
  const bens = await connectAt(told, ben);
  const susans = await world.connect(susan);

  const job = await begin(ann, 170);
  for (const desk of desks) {
    await finished(desk, job);
    const states = shown(desk, job);
    const versions = states.map(({ version }) => version);
    expect(versions).toEqual([...new Set(versions)].sort((left, right) => left - right));
    expect(states.some(({ done }) => done > 0 && done < 170)).toBe(true);
    expect(states.at(-1)).toMatchObject({ done: 170, total: 170, refused: {} });
  }
  // Others are told of theirs, and heard nothing of hers.
  const own = await begin(ben, 1);
  await finished(bens, own);
  await susans.settle();
  for (const desk of [bens, susans]) expect(desk.texts.join()).not.toContain(job.id);
  for (const desk of desks) expect(desk.texts.join()).not.toContain(own.id);
});

it('R-2.8 a server that hears nothing of it shows it all the same', async () => {
  const desk = await connectAt(untold, world.ann);
  const job = await begin(world.ann, 1);
  await finished(desk, job);
});

it('R-2.8 what went on while the line was cut is known when it is back, and to a desk opened anew', async () => {
  const [desk, witness] = [await world.connect(world.ann), await world.connect(world.ann)];
  const [snapshot] = desk.frames;
  if (snapshot?.t !== 'snapshot') throw new Error('no snapshot came first');
  desk.close();
  await desk.closed;
  const job = await begin(world.ann, 1);
  await finished(witness, job);
  const { through, rights } = snapshot;
  for (const resumed of [{ through, rights }, {}]) {
    const again = await connectAt(told, world.ann, resumed);
    expect(shown(again, job)).toMatchObject([{ done: 1, finishedAt: expect.any(Number) }]);
  }
  const bens = await connectAt(told, world.ben);
  expect(bens.texts.join()).not.toContain(job.id);
});
