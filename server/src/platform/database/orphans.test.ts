import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import postgres from 'postgres';
import { afterAll, afterEach, beforeAll, expect, it, vi } from 'vitest';
import { createLogger } from '../logger.ts';
import { type EmbeddedDatabase, startEmbeddedDatabase } from './embedded.ts';
import { freePort } from './free-port.ts';
import { openCluster } from './open-cluster.ts';
import { endOrphans } from './orphans.ts';
import { launchPostmaster } from './postmaster.ts';
import { findPostmaster } from './postmaster-file.ts';

const log = createLogger('fatal');
const SOON = { timeout: 60_000, interval: 50 };
const dataFolder = mkdtempSync(path.join(tmpdir(), 'deskbell-orphans-'));
let database: EmbeddedDatabase;
const orphans: number[] = [];
beforeAll(async () => {
  database = await startEmbeddedDatabase({ dataFolder, log, onLost: () => undefined });
});
afterEach(() => {
  for (const pid of orphans.splice(0)) if (isThere(pid)) process.kill(pid, 'SIGKILL');
});
afterAll(async () => {
  await database.stop();
  rmSync(dataFolder, { recursive: true });
});

/** Whether it runs; one that has ended and waits for somebody to notice doesn't. */
function isThere(pid: number): boolean {
  const file = `/proc/${pid}/stat`;
  return existsSync(file) && !/^\d+ \(.*\) Z/.test(readFileSync(file, 'utf8'));
}

/**
 * A backend that won't notice the end of its postmaster: it never comes to look, as one that waits for what a killed
 * neighbour holds.
 */
async function frozenBackend(): Promise<number> {
  const sql = postgres(database.url, { max: 1, onnotice: () => undefined });
  const [row] = await sql<{ pid: number }[]>`select pg_backend_pid() as pid`;
  const pid = row?.pid ?? Number.NaN;
  process.kill(pid, 'SIGSTOP');
  orphans.push(pid);
  void sql.end({ timeout: 0 }).catch(() => undefined);
  return pid;
}

const postmaster = () => findPostmaster(path.join(dataFolder, 'postgres'))?.pid;

it('a backend that its killed postmaster left waiting for ever keeps PostgreSQL from starting, until it is ended', async () => {
  await database.stop();
  const cluster = await openCluster(dataFolder, log);
  const launch = async () =>
    launchPostmaster(cluster, {
      port: await freePort(),
      socketFolder: '',
      onSlow: () => undefined,
    });
  const first = await launch();
  database = {
    ...database,
    url: database.url.replace(/:\d+\/deskbell$/, `:${first.port}/deskbell`),
  };
  const orphan = await frozenBackend();
  process.kill(first.pid, 'SIGKILL');
  await first.ended;
  // All others end by themselves.
  await vi.waitFor(
    () => expect(launch()).rejects.toThrow('pre-existing shared memory block'),
    SOON,
  );
  expect(isThere(orphan)).toBe(true);

  endOrphans(tmpdir());
  expect(isThere(orphan), 'another folder’s processes are left alone').toBe(true);

  endOrphans(cluster.folder);
  await vi.waitFor(() => expect(isThere(orphan)).toBe(false), SOON);
  const second = await vi.waitFor(launch, SOON);
  second.signal('SIGINT');
  await second.ended;
  database = await startEmbeddedDatabase({ dataFolder, log, onLost: () => undefined });
});

it('a running server brings its PostgreSQL back beside such a backend', async () => {
  const orphan = await frozenBackend();
  const before = postmaster() as number;
  process.kill(before, 'SIGKILL');
  await vi.waitFor(() => {
    expect(isThere(orphan)).toBe(false);
    expect(postmaster()).not.toBe(before);
  }, SOON);
  const sql = postgres(database.url, { max: 1 });
  await vi.waitFor(async () => expect(await sql`select 1 as one`).toEqual([{ one: 1 }]), SOON);
  await sql.end();
});
