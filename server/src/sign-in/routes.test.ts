import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Queries } from '../platform/store/connect.ts';
import { TestSocket } from '../testing/socket.ts';
import { createWorld, PASSWORD, type Person, type World } from '../testing/world.ts';
import * as store from './sql.ts';
import { hashToken } from './tokens.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const json = async (response: Response) => (await response.json()) as Record<string, string>;
const post = (address: string, body: object, who: Person | null = null) =>
  world.request(who, address, { method: 'POST', body });
const signIn = (email: string, password = PASSWORD) => post('/sign-in', { email, password });
const tokenOf = async (response: Response) => String((await json(response)).token);
const sql = () => world.server.engine.pool as unknown as Queries;

describe('signing in', () => {
  it('gives a cookie that no script reads and no other site sends along', async () => {
    const response = await signIn(world.ann.email);
    expect(await json(response)).toMatchObject({ agentId: world.ann.agentId });
    const cookie = response.headers.getSetCookie()[0] ?? '';
    expect(cookie).toMatch(/^deskbell_session=.+; HttpOnly; SameSite=Lax$/);
    const me = await world.request(null, '/me', {
      headers: { cookie: cookie.split(';')[0] ?? '' },
    });
    expect(await me.json()).toMatchObject({ agent: { id: world.ann.agentId } });
  });

  it('says the same of a wrong password and an unknown address', async () => {
    const [wrong, unknown] = await Promise.all([
      signIn(world.ben.email, 'not this one'),
      signIn('nobody@example.org'),
    ]);
    expect(wrong.status).toBe(401);
    expect(await json(wrong)).toEqual(await json(unknown));
  });
});

describe('a cookie', () => {
  const cookieOf = (who: Person) => `deskbell_session=${who.token}`;
  const rename = (headers: Record<string, string>) =>
    world.request(null, '/me', {
      method: 'PATCH',
      body: { name: 'Ann' },
      headers: { cookie: cookieOf(world.ann), ...headers },
    });

  it('changes something for our own page, and for no other', async () => {
    expect((await rename({ origin: world.url })).status).toBe(200);
    expect((await rename({ origin: 'https://evil.example' })).status).toBe(401);
    expect((await rename({ origin: 'null' })).status).toBe(401);
    expect((await rename({ 'sec-fetch-site': 'same-site' })).status).toBe(401);
  });

  it('is taken away by our own page, and by no other', async () => {
    const signOut = (origin: string) =>
      world.request(null, '/sign-out', {
        method: 'POST',
        headers: { cookie: cookieOf(world.cara), origin },
      });
    const strange = await signOut('https://sister.example.org');
    expect([strange.status, strange.headers.getSetCookie()]).toEqual([204, []]);
    expect((await world.request(world.cara, '/me')).status).toBe(200);
    const own = await signOut(world.url);
    expect(own.headers.getSetCookie()).toEqual([expect.stringContaining('deskbell_session=;')]);
    expect((await world.request(world.cara, '/me')).status).toBe(401);
  });

  it('opens a socket for our own page, and for no other', async () => {
    const hello = { t: 'hello', protocol: 1, isPresent: false } as const;
    const cookie = cookieOf(world.ann);
    const own = await TestSocket.open(world.url, { cookie, origin: world.url });
    own.send(hello);
    await own.next('snapshot');
    const strange = await TestSocket.open(world.url, { cookie, origin: 'https://evil.example' });
    strange.send(hello);
    expect((await strange.next('bye')).code).toBe('unauthenticated');
    own.close();
  });
});

describe('signing out', () => {
  it('ends the session and its open sockets at once, and no other', async () => {
    const [first, second] = await Promise.all(
      [1, 2].map(async () => ({
        ...world.ben,
        token: await tokenOf(await signIn('ben@example.org')),
      })),
    );
    if (!first || !second) throw new Error('two sessions');
    const [ending, staying] = [await world.connect(first), await world.connect(second)];
    expect((await post('/sign-out', {}, first)).status).toBe(204);
    expect((await ending.next('bye')).code).toBe('session-ended');
    await ending.closed;
    expect((await world.request(first, '/me')).status).toBe(401);
    staying.send({ t: 'ping' });
    await staying.next('pong');
  });

  it('on another server ends the sockets here at the next sweep', async () => {
    const person = { ...world.ben, token: await tokenOf(await signIn('ben@example.org')) };
    const [ending, staying] = [await world.connect(person), await world.connect(world.ben)];
    await store.deleteSession(sql(), hashToken(person.token));
    await world.server.engine.sessions.sweep();
    expect((await ending.next('bye')).code).toBe('session-ended');
    staying.send({ t: 'ping' });
    await staying.next('pong');
  });
});

describe('invitations', () => {
  const invite = async (role: string, email?: string) => {
    const response = await post('/invitations', { role, email }, world.olga);
    expect(response.status).toBe(200);
    return json(response);
  };
  const newcomer = (email: string) => ({ name: 'Nell', email, password: PASSWORD });

  it('lead into the workspace they are of, once', async () => {
    const { url, token } = await invite('supervisor');
    expect(url).toBe(`${world.url}/invitations/${token}`);
    expect(await json(await world.request(null, `/invitations/${token}`))).toMatchObject({
      workspaceName: 'Northwind',
      role: 'supervisor',
      email: null,
    });
    const accepted = await post(`/invitations/${token}`, newcomer('nell@example.org'));
    const nell = { ...world.ann, token: await tokenOf(accepted) };
    expect(await (await world.request(nell, '/me')).json()).toMatchObject({
      agent: { name: 'Nell', role: 'supervisor' },
      workspace: { id: world.workspaceId },
    });
    expect((await world.request(null, `/invitations/${token}`)).status).toBe(410);
    expect((await post(`/invitations/${token}`, newcomer('late@example.org'))).status).toBe(410);
  });

  it('bring somebody of another workspace into this one, by the password they have', async () => {
    const { otto } = world.elsewhere;
    const { token } = await invite('agent');
    const wrong = { ...newcomer(otto.email), password: 'some other password' };
    expect((await post(`/invitations/${token}`, wrong)).status).toBe(401);
    const accepted = await json(await post(`/invitations/${token}`, newcomer(otto.email)));
    expect(accepted.workspaceId).toBe(world.workspaceId);
  });

  it('accepted by two at once let one in, and leave nothing of the other', async () => {
    const { token } = await invite('agent');
    const emails = ['first@example.org', 'second@example.org'];
    const answers = await Promise.all(
      emails.map((email) => post(`/invitations/${token}`, newcomer(email))),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 410]);
    const users = await Promise.all(emails.map((email) => store.findUser(sql(), email)));
    expect(users.filter((user) => user !== undefined)).toHaveLength(1);
  });

  it('for one address let no other in, and a member in only once', async () => {
    const { token } = await invite('agent', 'mia@example.org');
    expect((await post(`/invitations/${token}`, newcomer('max@example.org'))).status).toBe(403);
    const again = await invite('agent');
    const member = await post(`/invitations/${again.token}`, newcomer(world.ann.email));
    expect(await json(member)).toMatchObject({ code: 'already-exists' });
    expect((await world.request(null, `/invitations/${again.token}`)).status).toBe(200);
  });

  it('refuse a password that is easy to guess', async () => {
    const { token } = await invite('agent');
    const weak = { ...newcomer('paul@example.org'), password: 'paul1234' };
    expect(await json(await post(`/invitations/${token}`, weak))).toMatchObject({
      code: 'weak-password',
      field: 'password',
    });
    const strength = await post('/password-strength', { password: 'paul1234', about: ['paul'] });
    expect(await strength.json()).toMatchObject({ isEnough: false });
  });

  it('are made by admins; only an owner invites an owner', async () => {
    const by = async (who: Person, role: string) =>
      (await post('/invitations', { role }, who)).status;
    expect(await by(world.olga, 'owner')).toBe(200);
    expect(await by(world.adam, 'admin')).toBe(200);
    expect(await by(world.adam, 'owner')).toBe(403);
    expect(await by(world.susan, 'agent')).toBe(403);
    expect(await by(world.ann, 'agent')).toBe(403);
  });
});

it('the first visit is there once; its owner has an inbox', async () => {
  expect(await (await world.request(null, '/setup')).json()).toEqual({ isFirstVisit: false });
  const again = await post('/setup', {
    workspaceName: 'Mine',
    name: 'Eve',
    email: 'eve@example.org',
    password: PASSWORD,
  });
  expect(again.status).toBe(409);
});

it('behind https the cookie is sent by https alone', async () => {
  const secure = await createWorld({ PUBLIC_URL: 'https://chat.example.org' });
  const response = await secure.request(null, '/sign-in', {
    method: 'POST',
    body: { email: secure.ann.email, password: PASSWORD },
    headers: { origin: 'https://chat.example.org' },
  });
  expect(response.headers.get('set-cookie')).toContain('; Secure');
  const cookie = response.headers.get('set-cookie')?.split(';')[0] ?? '';
  const rename = await secure.request(null, '/me', {
    method: 'PATCH',
    body: { name: 'Ann' },
    headers: { cookie, origin: 'https://chat.example.org' },
  });
  expect(rename.status).toBe(200);
  await secure.close();
});

describe('what anybody may ask', () => {
  it('R-18.1 is no more than so much from one address, where something is looked for or written', () => {
    const open = world.server.routes.filter(({ who, method, path }) => {
      return who === 'anybody' && (method !== 'GET' || path.includes(':'));
    });
    const unlimited = open.filter(({ allowance }) => !allowance);
    expect(open.length).toBeGreaterThan(5);
    expect(unlimited.map(({ method, path }) => `${method} ${path}`)).toEqual([]);
  });

  // The last here: from this address nobody signs out for a while.
  it('R-18.1 who signs out without end is told to wait', async () => {
    const all = await Promise.all(Array.from({ length: 400 }, () => post('/sign-out', {})));
    const late = all.find(({ status }) => status === 429);
    expect(Number(late?.headers.get('retry-after'))).toBeGreaterThan(0);
  });
});
