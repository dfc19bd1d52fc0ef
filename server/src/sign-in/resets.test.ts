import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer } from 'smtp-server';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Queries } from '../platform/store/connect.ts';
import { createWorld, PASSWORD, type World } from '../testing/world.ts';
import { issuePasswordReset } from './index.ts';
import { changePassword, findUser, insertSession } from './sql.ts';

const NEW = 'seven-quiet-otters-paddling';
const ORIGIN = 'https://chat.example.org';

/** A mail server on this machine, and what it was given. `refusals`: how many it first turns away for a while. */
async function openPostOffice() {
  const office = { letters: [] as { to: string[]; text: string }[], refusals: 0 };
  const server = new SMTPServer({
    disabledCommands: ['STARTTLS', 'AUTH'],
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        if (office.refusals > 0) {
          office.refusals -= 1;
          return done(Object.assign(new Error('come back later'), { responseCode: 451 }));
        }
        const to = session.envelope.rcptTo.map(({ address }) => address);
        office.letters.push({ to, text: Buffer.concat(chunks).toString() });
        done();
      });
    },
  });
  server.listen(0, '127.0.0.1');
  await once(server.server, 'listening');
  const { port } = server.server.address() as AddressInfo;
  return Object.assign(office, { url: `smtp://127.0.0.1:${port}`, close: () => server.close() });
}

let post: Awaited<ReturnType<typeof openPostOffice>>;
let world: World;
let sql: Queries;
beforeAll(async () => {
  post = await openPostOffice();
  world = await createWorld({
    SMTP_URL: post.url,
    MAIL_FROM: 'Deskbell <desk@example.org>',
    PUBLIC_URL: ORIGIN,
  });
  sql = world.server.engine.pool as unknown as Queries;
});
afterAll(async () => {
  await world.close();
  post.close();
});

const send = (address: string, body: object, headers: Record<string, string> = {}) =>
  world.request(null, address, { method: 'POST', body, headers });
const ask = (email: string, headers = {}) => send('/password-resets', { email }, headers);
const signIn = async (email: string, password: string) =>
  (await send('/sign-in', { email, password })).status;
/** The link in the next letter to somebody. */
async function linkFor(email: string): Promise<string> {
  const found = await vi.waitFor(
    () => {
      const letter = post.letters.find(({ to }) => to.includes(email));
      if (!letter) throw new Error(`no letter to ${email}`);
      return letter;
    },
    { timeout: 30_000 },
  );
  post.letters.splice(post.letters.indexOf(found), 1);
  const text = found.text.replace(/=\r\n/g, '').replace(/=3D/g, '=');
  return /https:\S+\/reset-password\/\S+/.exec(text)?.[0] ?? '';
}
const tokenOf = (link: string) => link.split('/').at(-1) ?? '';
const made = async (email: string) => tokenOf((await issuePasswordReset(sql, email))?.path ?? '');

describe('R-18.1 a forgotten password', () => {
  it('R-18.1 is replaced by a link that is mailed; all sessions end, and one begins', async () => {
    const { ann } = world;
    const socket = await world.connect(ann);
    // What a request says of its host is not where the link leads.
    expect((await ask(ann.email, { host: 'evil.example' })).status).toBe(204);
    const link = await linkFor(ann.email);
    expect(link.startsWith(`${ORIGIN}/reset-password/`)).toBe(true);
    const token = tokenOf(link);
    const seen = await world.request(null, `/password-resets/${token}`);
    expect(await seen.json()).toEqual({ email: ann.email });
    const answer = await send(`/password-resets/${token}`, { password: NEW });
    expect(answer.status).toBe(200);
    const session = (await answer.json()) as { token: string };
    expect((await socket.next('bye')).code).toBe('session-ended');
    expect((await world.request(ann, '/me')).status).toBe(401);
    expect((await world.request({ ...ann, token: session.token }, '/me')).status).toBe(200);
    expect([await signIn(ann.email, PASSWORD), await signIn(ann.email, NEW)]).toEqual([401, 200]);
  });

  it('R-18.1 of an unknown address is answered the same, and nothing is mailed', async () => {
    const [known, unknown] = await Promise.all([ask(world.ben.email), ask('nobody@example.org')]);
    expect([known.status, unknown.status]).toEqual([204, 204]);
    expect([await known.text(), await unknown.text()]).toEqual(['', '']);
    await linkFor(world.ben.email);
    await world.server.engine.signIn.resets.close();
    expect(post.letters.filter(({ to }) => to.includes('nobody@example.org'))).toEqual([]);
  });

  it('R-18.1 the letter is sent again when the mail server has no time', async () => {
    post.refusals = 1;
    await ask(world.susan.email);
    expect(await linkFor(world.susan.email)).toContain('/reset-password/');
  });

  it('R-18.1 nobody is buried in letters', async () => {
    const { olga } = world;
    for (let turn = 0; turn < 8; turn += 1) {
      const from = { 'x-forwarded-for': `203.0.113.${turn}` };
      expect((await ask(olga.email, from)).status).toBe(204);
    }
    await world.server.engine.signIn.resets.close();
    expect(post.letters.filter(({ to }) => to.includes(olga.email)).length).toBeLessThan(5);
  });
});

describe('R-18.1 a link for a new password', () => {
  it('R-18.1 works once, and the others of the same person with it', async () => {
    const { email } = world.adam;
    const [first, second] = [await made(email), await made(email)];
    const results = await Promise.all(
      [1, 2].map(() => send(`/password-resets/${first}`, { password: NEW })),
    );
    expect(results.map(({ status }) => status).sort()).toEqual([200, 410]);
    expect((await send(`/password-resets/${second}`, { password: NEW })).status).toBe(410);
    expect((await world.request(null, `/password-resets/${second}`)).status).toBe(410);
  });

  it('R-18.1 two of one person, followed at the same moment: one works, the other is told that it is spent', async () => {
    const { email, userId } = world.ben;
    const links = [await made(email), await made(email)];
    const { pool } = world.server.engine;
    const { both } = await pool.begin(async (hold) => {
      await hold`select from users where id = ${userId} for update`;
      const both = links.map((link) => send(`/password-resets/${link}`, { password: NEW }));
      const held = () => hold`select from pg_locks where not granted`;
      while ((await held()).length < 2);
      return { both };
    });
    const statuses = (await Promise.all(both)).map(({ status }) => status);
    expect(statuses.sort()).toEqual([200, 410]);
  });

  it('R-18.1 works within an hour', async () => {
    const token = await made(world.cara.email);
    await world.server.engine.pool`update password_resets set expires_at = expires_at - 3600000`;
    expect(await (await send(`/password-resets/${token}`, { password: NEW })).json()).toMatchObject(
      { code: 'reset-spent' },
    );
  });

  it('R-18.1 is kept for a better choice where the password could be guessed, and is stored as a hash', async () => {
    const { email } = world.cara;
    const token = await made(email);
    expect(
      await (await send(`/password-resets/${token}`, { password: 'cara1234' })).json(),
    ).toMatchObject({ code: 'weak-password', field: 'password' });
    const rows = await world.server.engine
      .pool`select encode(token_hash, 'hex') as hash, encode(token_hash, 'base64') as other from password_resets`;
    expect(JSON.stringify(rows)).not.toContain(token);
    expect((await send(`/password-resets/${token}`, { password: NEW })).status).toBe(200);
  });

  it('R-18.1 nobody comes in by the old password who was just showing it', async () => {
    const { email } = world.susan;
    const token = await made(email);
    const user = await findUser(sql, email);
    expect((await send(`/password-resets/${token}`, { password: NEW })).status).toBe(200);
    const session = { userId: world.susan.userId, workspaceId: world.workspaceId, userAgent: '' };
    const begun = { ...session, tokenHash: 'ab'.repeat(32), passwordHash: user?.passwordHash };
    expect(await insertSession(sql, begun)).toBe(false);
    const changed = { userId: session.userId, passwordHash: 'x', from: user?.passwordHash ?? '' };
    expect(await changePassword(sql, changed)).toBe(false);
    expect(await signIn(email, NEW)).toBe(200);
  });

  it('R-18.1 is for nobody who is not here', async () => {
    expect(await issuePasswordReset(sql, 'nobody@example.org')).toBeNull();
  });

  it('R-18.1 ends the wait of who was guessing at their own password', async () => {
    const { otto } = world.elsewhere;
    for (let turn = 0; turn < 7; turn += 1) await signIn(otto.email, 'wrong');
    await world.server.engine
      .pool`update sign_in_failures set blocked_until = blocked_until + 600000 where blocked_until > 0`;
    expect(await signIn(otto.email, PASSWORD)).toBe(429);
    const token = await made(otto.email);
    expect((await send(`/password-resets/${token}`, { password: NEW })).status).toBe(200);
    expect(await signIn(otto.email, NEW)).toBe(200);
  });
});

it('R-18.1 without a mail server it is said that an admin helps', async () => {
  const plain = await createWorld();
  expect(await (await plain.request(null, '/password-resets')).json()).toEqual({
    isMailed: false,
  });
  const answer = await plain.request(null, '/password-resets', {
    method: 'POST',
    body: { email: plain.ann.email },
  });
  expect(await answer.json()).toMatchObject({ code: 'no-mail' });
  await plain.close();
});
