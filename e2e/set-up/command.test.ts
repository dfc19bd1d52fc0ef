import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { canMount, checkoutInto, temporaryFolder } from './checkout.ts';
import { endAllIn, npmStart, plainEnvironment, processesIn } from './deskbell.ts';

const { folder: place, remove } = temporaryFolder();
const checkout = path.join(place, 'deskbell');
const inPlace = (name: string) => path.join(place, name);
beforeAll(() => void checkoutInto(checkout));
afterAll(() => {
  endAllIn(place);
  spawnSync('umount', [inPlace('small')]);
  remove();
});

/** Types `npx deskbell …` in the checkout. */
async function deskbell(typed: string[], environment: Record<string, string> = {}) {
  const child = spawn('npx', ['deskbell', ...typed], {
    cwd: checkout,
    env: { ...plainEnvironment(), PORT: '0', DATA_DIR: inPlace('data'), ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let [stdout, stderr] = ['', ''];
  child.stdout.setEncoding('utf8').on('data', (chunk) => {
    stdout += chunk;
  });
  child.stderr.setEncoding('utf8').on('data', (chunk) => {
    stderr += chunk;
  });
  const [code] = await once(child, 'close');
  const complaints = stderr.split('\n').filter((line) => line && !line.startsWith('npm '));
  return { code, stdout, complaints };
}

const signIn = (url: string, email: string, password: string) =>
  fetch(`${url}/api/v1/sign-in`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  });

const passwordIn = (output: string) => /(\w{5}-\w{5}-\w{5}-\w{5})/.exec(output)?.[1] ?? '';

describe('what was typed', () => {
  test.each([
    [['frobnicate'], 2, 'There is no command "frobnicate"; there are start, migrate, doctor'],
    [['backup'], 2, 'deskbell backup: FILE is missing. See: deskbell backup --help'],
    [['backup', 'a', 'b'], 2, 'deskbell backup: "b" is one word too many.'],
    [['restore', 'a', '--onto', 'b'], 2, "deskbell restore: Unknown option '--onto'."],
    [['create-workspace', '--name', 'A'], 2, 'deskbell create-workspace: --owner-email is missing'],
    [['reset-password', 'me'], 2, 'EMAIL is "me": Invalid email address.'],
    [['reset-password', 'me@example.org'], 1, 'There is no Deskbell in'],
    [['backup', 'b.tgz'], 1, 'There is no Deskbell in'],
  ])('%j is refused in one line', async (typed, expected, line) => {
    const { code, stdout, complaints } = await deskbell(typed);
    expect({ code, stdout, lines: complaints.length }).toEqual({
      code: expected,
      stdout: '',
      lines: 1,
    });
    expect(complaints[0]).toContain(line);
    expect(existsSync(inPlace('data'))).toBe(false);
  });

  test('help names every command, and every command has a page', async () => {
    const { stdout } = await deskbell([]);
    const names = [...stdout.matchAll(/^ {2}([a-z-]+) {2,}/gm)].map(([, name]) => name as string);
    expect(names).toEqual([
      'start',
      'migrate',
      'doctor',
      'backup',
      'restore',
      'create-workspace',
      'reset-password',
    ]);
    const pages = await Promise.all(names.map((name) => deskbell([name, '--help'])));
    for (const [index, page] of pages.entries()) {
      expect(page.code).toBe(0);
      expect(page.stdout).toContain(`Usage: deskbell ${names[index]}`);
    }
  });
});

test('a workspace made by hand: its owner signs in; a new password by a link ends sessions, the old one and other links are void', async () => {
  const DATA_DIR = inPlace('by-hand');
  const typed = ['create-workspace', '--name', 'Northwind', '--owner-name', 'Olga'];
  const made = await deskbell([...typed, '--owner-email', 'Olga@example.org'], { DATA_DIR });
  expect(made).toMatchObject({ code: 0, complaints: [] });
  expect(processesIn(place)).toEqual([]);

  const server = npmStart(checkout, { environment: { DATA_DIR } });
  const url = await server.url();
  const first = await signIn(url, 'olga@example.org', passwordIn(made.stdout));
  expect(first.status).toBe(200);
  const { token } = (await first.json()) as { token: string };
  const me = () => fetch(`${url}/api/v1/me`, { headers: { authorization: `Bearer ${token}` } });
  expect((await me()).status).toBe(200);

  const again = await deskbell(
    ['create-workspace', '--name', 'South', ...typed.slice(3), '--owner-email', 'olga@example.org'],
    { DATA_DIR },
  );
  expect(again.stdout).toContain('There is an account with this address already');

  const reset = await deskbell(['reset-password', 'OLGA@example.org'], { DATA_DIR });
  const other = await deskbell(['reset-password', 'olga@example.org'], {
    ...{ DATA_DIR, PUBLIC_URL: 'https://chat.example.org' },
  });
  expect(reset).toMatchObject({ code: 0, complaints: [] });
  expect(other.stdout).toContain('\nhttps://chat.example.org/reset-password/');
  const choose = ({ stdout }: { stdout: string }, password: string) =>
    fetch(`${url}/api/v1/password-resets/${stdout.trim().split('/').at(-1)}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ password }),
    });
  expect((await me()).status).toBe(200);
  expect((await choose(reset, 'seven-quiet-otters-paddling')).status).toBe(200);
  expect((await me()).status).toBe(401);
  // Chosen by one link, the others lead nowhere.
  expect((await choose(other, 'nine-loud-herons-wading')).status).toBe(410);
  expect((await signIn(url, 'olga@example.org', passwordIn(made.stdout))).status).not.toBe(200);
  expect((await signIn(url, 'olga@example.org', 'seven-quiet-otters-paddling')).status).toBe(200);
  const nobody = await deskbell(['reset-password', 'nobody@example.org'], { DATA_DIR });
  expect(nobody).toMatchObject({
    code: 1,
    complaints: ['Nobody has an account with the address nobody@example.org.'],
  });
  server.interrupt();
  await server.ended;
});

test('backed up under a running server, restored elsewhere: the same sign-in, conversations and files', async () => {
  const DATA_DIR = inPlace('kept');
  const server = npmStart(checkout, { environment: { DATA_DIR } });
  const url = await server.url();
  const password = 'tulip-gravel-ninety-lantern';
  const setUp = await fetch(`${url}/api/v1/setup`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ workspaceName: 'N', name: 'Olga', email: 'o@example.org', password }),
  });
  expect(setUp.status).toBe(200);
  mkdirSync(path.join(DATA_DIR, 'files'));
  const file = randomBytes(100_000);
  writeFileSync(path.join(DATA_DIR, 'files/one'), file);

  const backup = await deskbell(['backup', inPlace('b.tgz')], { DATA_DIR });
  expect(backup).toMatchObject({ code: 0, complaints: [] });
  expect(statSync(inPlace('b.tgz')).mode & 0o777).toBe(0o600);
  expect((await fetch(`${url}/healthz`)).status).toBe(200);
  const over = await deskbell(['restore', inPlace('b.tgz')], { DATA_DIR });
  expect(over.code).toBe(1);
  expect(over.complaints).toEqual([
    `There is a Deskbell in ${DATA_DIR} already. Nothing was changed: restore beside it with --into FOLDER, or move it away first.`,
  ]);
  server.interrupt();
  await server.ended;

  const into = await deskbell(['restore', inPlace('b.tgz'), '--into', inPlace('other')], {
    DATA_DIR,
  });
  expect(into).toMatchObject({ code: 0, complaints: [] });
  expect(processesIn(place)).toEqual([]);
  expect(readFileSync(inPlace('other/files/one')).equals(file)).toBe(true);
  const restored = npmStart(checkout, { environment: { DATA_DIR: inPlace('other') } });
  expect((await signIn(await restored.url(), 'o@example.org', password)).status).toBe(200);
  restored.interrupt();
  await restored.ended;
});

test.runIf(canMount)(
  'a full disk: neither a backup nor a restore leaves anything half done',
  async () => {
    const DATA_DIR = inPlace('kept');
    writeFileSync(path.join(DATA_DIR, 'files/large'), randomBytes(20_000_000));
    mkdirSync(inPlace('small'));
    execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=12m', 'none', inPlace('small')]);
    const backup = await deskbell(['backup', inPlace('small/b.tgz')], { DATA_DIR });
    expect(backup.code).toBe(1);
    expect(backup.complaints).toEqual([
      `The backup ${inPlace('small/b.tgz')} cannot be written: the disk is full. Nothing was kept of it.`,
    ]);
    expect(readdirSync(inPlace('small'))).toEqual([]);
    const restore = await deskbell(['restore', inPlace('b.tgz'), '--into', inPlace('small')]);
    expect(restore.code).toBe(1);
    expect(restore.complaints.at(-1)).toContain('The disk is full');
    expect(readdirSync(inPlace('small'))).toEqual([]);
    expect(processesIn(inPlace('small'))).toEqual([]);
  },
);

describe('doctor', () => {
  test('all right: with a server, and without', async () => {
    const DATA_DIR = inPlace('by-hand');
    const still = await deskbell(['doctor'], { DATA_DIR });
    expect(still.stdout).not.toContain('✗');
    expect(still.code).toBe(0);
    const server = npmStart(checkout, { environment: { DATA_DIR } });
    const { port } = new URL(await server.url());
    const running = await deskbell(['doctor'], { DATA_DIR, PORT: port });
    expect(running.stdout).not.toContain('✗');
    expect(running.stdout).toContain(`✓ Port           ${port}: Deskbell`);
    expect(running.stdout).toMatch(/✓ Database {7}PostgreSQL 18\S*, of the running server/);
    server.interrupt();
    await server.ended;
    expect(processesIn(place)).toEqual([]);
  });

  test('each thing that is wrong has its line, and what to do', async () => {
    const other = createServer((socket) => void socket.end('hello\r\n')).listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as { port: number };
    writeFileSync(inPlace('a-file'), '');
    const { code, stdout } = await deskbell(['doctor'], {
      PORT: String(port),
      DATA_DIR: inPlace('a-file'),
      SMTP_URL: `smtp://me:secret@127.0.0.1:${port}`,
      PUBLIC_URL: 'http://chat.example.org',
    });
    expect(code).toBe(1);
    expect(stdout).toContain(`✗ Port           ${port} is taken by another program`);
    expect(stdout).toMatch(/✗ Data folder .*a-file is a file: move it away/);
    expect(stdout).toContain(`✗ Mail           127.0.0.1:${port} is no mail server`);
    expect(stdout).toContain('✗ Public URL     http://chat.example.org is without TLS');
    expect(stdout).not.toContain('secret');
    other.close();
    rmSync(inPlace('a-file'));
  });

  test('a database that does not answer, and wrong settings', async () => {
    const DATABASE_URL = 'postgres://me:secret@127.0.0.1:1/x';
    const away = await deskbell(['doctor'], { DATABASE_URL });
    expect(away.code).toBe(1);
    expect(away.stdout).toContain('✗ Database       The database of DATABASE_URL cannot be used');
    const wrong = await deskbell(['doctor'], { PORT: 'four' });
    expect(wrong.code).toBe(1);
    expect(wrong.stdout).toContain('✗ Settings       PORT is "four"; expected a number');
  });
});

describe('killed in the middle', () => {
  /** The program itself, without npx before it. */
  const program = (typed: string[], DATA_DIR: string) =>
    spawn(path.join(checkout, 'node_modules/.bin/node'), ['server/src/main.ts', ...typed], {
      cwd: checkout,
      env: { ...plainEnvironment(), DATA_DIR, PORT: '0' },
      stdio: 'ignore',
    });
  const until = (isSo: () => boolean) =>
    expect.poll(isSo, { timeout: 60_000, interval: 5 }).toBe(true);

  test('a backup: nothing bears its name, and the next one is whole', async () => {
    const DATA_DIR = inPlace('kept');
    const folder = inPlace('backups');
    mkdirSync(folder);
    const killed = program(['backup', path.join(folder, 'b.tgz')], DATA_DIR);
    await until(() => readdirSync(folder).some((name) => name.includes('.deskbell-part-')));
    killed.kill('SIGKILL');
    await once(killed, 'exit');
    expect(readdirSync(folder)).not.toContain('b.tgz');
    const next = await deskbell(['backup', path.join(folder, 'b.tgz')], { DATA_DIR });
    expect(next.code).toBe(0);
    expect((await deskbell(['restore', '--check', path.join(folder, 'b.tgz')])).code).toBe(0);
    expect(processesIn(inPlace('kept'))).toEqual([]);
  });

  test('a backup that is told to end: says so, and leaves nothing', async () => {
    const folder = inPlace('interrupted');
    mkdirSync(folder);
    const told = program(['backup', path.join(folder, 'b.tgz')], inPlace('kept'));
    await until(() => readdirSync(folder).some((name) => name.includes('.deskbell-part-')));
    told.kill('SIGTERM');
    expect(await once(told, 'exit')).toEqual([130, null]);
    expect(readdirSync(folder)).toEqual([]);
    expect(processesIn(inPlace('kept'))).toEqual([]);
  });

  test('a restore: no Deskbell is there, and the next one restores all of it', async () => {
    const to = inPlace('killed-restore');
    const killed = program(['restore', inPlace('b.tgz'), '--into', to], inPlace('data'));
    const isFilling = () =>
      existsSync(to) &&
      readdirSync(to).some((name) => existsSync(path.join(to, name, 'postgres/postmaster.pid')));
    await until(isFilling);
    killed.kill('SIGKILL');
    await once(killed, 'exit');
    expect(existsSync(path.join(to, 'postgres'))).toBe(false);
    const next = await deskbell(['restore', inPlace('b.tgz'), '--into', to]);
    expect(next).toMatchObject({ code: 0, complaints: [] });
    expect(readdirSync(to).sort()).toEqual(['files', 'postgres']);
    expect(processesIn(to)).toEqual([]);
  });
});
