import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import postgres from 'postgres';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { checkoutInto, temporaryFolder } from './checkout.ts';
import {
  endAllIn,
  endOf,
  npmStart,
  postmasterOf,
  processesIn,
  type RunningDeskbell,
} from './deskbell.ts';

const { folder: place, remove } = temporaryFolder();
const checkout = path.join(place, 'deskbell');
beforeAll(() => void checkoutInto(checkout));
afterAll(() => {
  endAllIn(place);
  remove();
});

const start = (data: string, environment = {}) =>
  npmStart(checkout, { environment: { DATA_DIR: path.join(place, data), ...environment } });

async function stop(deskbell: RunningDeskbell): Promise<void> {
  deskbell.interrupt();
  expect((await deskbell.ended).code).toBe(0);
  expect(processesIn(place)).toEqual([]);
}

const isHealthy = async (deskbell: RunningDeskbell) =>
  (await fetch(`${await deskbell.url()}/healthz`)).status === 200;

test('a killed server: the next one takes its PostgreSQL over, and ends it in order', async () => {
  const killed = start('adopted');
  await killed.url();
  killed.kill();
  await killed.ended;
  const orphan = postmasterOf(path.join(place, 'adopted'));
  expect(processesIn(place)).toContain(orphan);

  const next = start('adopted');
  await next.line(/a killed server left PostgreSQL running; taking it over/);
  expect(await isHealthy(next)).toBe(true);
  expect(postmasterOf(path.join(place, 'adopted'))).toBe(orphan);
  await stop(next);
});

test('an adopted PostgreSQL that dies is started again', async () => {
  const killed = start('adopted-and-killed');
  await killed.url();
  killed.kill();
  await killed.ended;
  const next = start('adopted-and-killed');
  await next.url();
  process.kill(postmasterOf(path.join(place, 'adopted-and-killed')), 'SIGKILL');
  await next.line(/PostgreSQL is back/);
  expect(await isHealthy(next)).toBe(true);
  await stop(next);
});

test('server and PostgreSQL killed: what was committed is there at the next start', async () => {
  const data = path.join(place, 'power-cut');
  const killed = start('power-cut');
  await killed.url();
  const { password, port } = JSON.parse(
    readFileSync(path.join(data, 'postgres/deskbell-access.json'), 'utf8'),
  );
  const url = `postgres://deskbell:${password}@127.0.0.1:${port}/deskbell`;
  const before = postgres(url, { max: 1 });
  await before`create table kept as select 7 as number`;
  const postmaster = postmasterOf(data);
  killed.kill();
  process.kill(postmaster, 'SIGKILL');
  await Promise.all([killed.ended, endOf(postmaster), before.end({ timeout: 0 })]);

  const next = start('power-cut');
  await next.url();
  const after = postgres(url, { max: 1 });
  expect((await after`select number from kept`)[0]?.number).toBe(7);
  await after.end();
  await stop(next);
});

test("a stale postmaster.pid whose number is now a stranger's", async () => {
  const data = path.join(place, 'stale');
  const first = start('stale');
  await first.url();
  await stop(first);
  // This very process is the stranger.
  writeFileSync(
    path.join(data, 'postgres/postmaster.pid'),
    `${process.pid}\n${data}/postgres\n1\n5432\n\n127.0.0.1\n\nready   \n`,
    { mode: 0o600 },
  );
  const next = start('stale');
  expect(await isHealthy(next)).toBe(true);
  await stop(next);
});

test('a half-made database of an interrupted first start is made anew', async () => {
  const interrupted = path.join(place, 'half', 'postgres.new-4194999');
  mkdirSync(path.join(interrupted, 'base'), { recursive: true });
  writeFileSync(path.join(interrupted, 'PG_VERSION'), '18\n');
  const deskbell = start('half');
  expect(await isHealthy(deskbell)).toBe(true);
  expect(readFileSync(path.join(place, 'half/postgres/PG_VERSION'), 'utf8')).toBe('18\n');
  expect(() => readFileSync(path.join(interrupted, 'PG_VERSION'))).toThrow();
  await stop(deskbell);
});

test('PostgreSQL killed under a living server: back, and the server lives on', async () => {
  const deskbell = start('killed-database');
  await deskbell.url();
  const postmaster = postmasterOf(path.join(place, 'killed-database'));
  process.kill(postmaster, 'SIGKILL');
  await deskbell.line(/PostgreSQL is back/);
  expect(postmasterOf(path.join(place, 'killed-database'))).not.toBe(postmaster);
  expect(await isHealthy(deskbell)).toBe(true);
  await stop(deskbell);
});

test('the port of last time is taken by a stranger: PostgreSQL takes another', async () => {
  const access = path.join(place, 'moved/postgres/deskbell-access.json');
  const first = start('moved');
  await first.url();
  await stop(first);
  const { createServer } = await import('node:net');
  const { port } = JSON.parse(readFileSync(access, 'utf8'));
  const stranger = createServer();
  await new Promise<void>((resolve) => stranger.listen(port, '127.0.0.1', resolve));
  const next = start('moved');
  expect(await isHealthy(next)).toBe(true);
  expect(JSON.parse(readFileSync(access, 'utf8')).port).not.toBe(port);
  await stop(next);
  stranger.close();
});

test('SIGTERM to npm alone, as a supervisor sends it, leaves nothing running', async () => {
  const deskbell = start('supervised');
  await deskbell.url();
  deskbell.terminate();
  expect((await deskbell.ended).code).toBe(0);
  expect(processesIn(place)).toEqual([]);
});

test('a second Ctrl-C ends at once, and the next start finds everything', async () => {
  const deskbell = start('impatient');
  await deskbell.url();
  // A PostgreSQL that doesn't answer keeps the first Ctrl-C waiting.
  const postmaster = postmasterOf(path.join(place, 'impatient'));
  process.kill(postmaster, 'SIGSTOP');
  deskbell.interrupt();
  await deskbell.line(/once more to end at once/);
  const impatience = setInterval(() => deskbell.interrupt(), 600);
  const { code } = await deskbell.ended;
  clearInterval(impatience);
  expect(code).toBe(130);
  process.kill(postmaster, 'SIGCONT');
  await endOf(postmaster);
  expect(processesIn(place)).toEqual([]);

  const next = start('impatient');
  expect(await isHealthy(next)).toBe(true);
  await stop(next);
});

test('a server that was cut off and replaced ends, and leaves PostgreSQL to the one that has it', async () => {
  const data = path.join(place, 'replaced');
  const first = start('replaced');
  await first.url();
  first.pause();
  await cutOff(data);
  const second = start('replaced');
  await second.line(/taking it over/);
  await second.url();

  first.resume();
  await first.line(/another server has taken over the database/);
  expect((await first.ended).code).toBe(1);
  expect(await isHealthy(second)).toBe(true);
  await stop(second);
});

/** Closes every connection of the server that runs there, as a dead network would. */
async function cutOff(data: string): Promise<void> {
  const access = JSON.parse(readFileSync(path.join(data, 'postgres/deskbell-access.json'), 'utf8'));
  const admin = postgres(
    `postgres://postgres:${access.adminPassword}@127.0.0.1:${access.port}/postgres`,
    { max: 1 },
  );
  const ended = await admin`
    select pg_terminate_backend(pid, 5000) as "isEnded" from pg_stat_activity where usename = 'deskbell'`;
  expect(ended.length).toBeGreaterThan(0);
  await admin.end();
}
