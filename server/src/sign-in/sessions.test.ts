import { PROTOCOL } from '@deskbell/contract';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { TestSocket } from '../testing/socket.ts';
import { createWorld, PASSWORD, type Person, type World } from '../testing/world.ts';

const FIREFOX = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0';
let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

interface Listed {
  id: string;
  device: { browser: string; system: string };
  lastUsedAt: number;
  isThis: boolean;
}

/** A further session of somebody. */
async function signIn(person: Person): Promise<Person> {
  const response = await world.request(null, '/sign-in', {
    method: 'POST',
    body: { email: person.email, password: PASSWORD },
    headers: { 'user-agent': FIREFOX },
  });
  const { token } = (await response.json()) as { token: string };
  return { ...person, token };
}
const sessions = async (who: Person) => {
  const response = await world.request(who, '/me/sessions');
  return ((await response.json()) as { sessions: Listed[] }).sessions;
};
const end = async (who: Person, address: string) =>
  (await world.request(who, address, { method: 'DELETE' })).status;
const isIn = async (who: Person) => (await world.request(who, '/me')).status === 200;

it('R-18.1 own sessions are listed by device, this one first, and nobody else’s', async () => {
  const here = await signIn(world.ann);
  const listed = await sessions(here);
  expect(listed.map(({ isThis }) => isThis)).toEqual([true, false]);
  expect(listed[0]?.device).toMatchObject({ browser: 'Firefox', system: 'Linux' });
  expect(JSON.stringify(listed)).not.toContain(here.token);
  expect(await sessions(world.ben)).toHaveLength(1);
});

it('R-18.1 of a program that signs in without end the last are listed, and this one', async () => {
  const { olga, server } = world;
  await server.engine.pool`
    insert into sessions (token_hash, user_id, workspace_id, created_at, last_used_at, expires_at, user_agent)
    select sha256(n::text::bytea), ${olga.userId}, ${olga.workspaceId}, n, n, 9000000000000, ''
    from generate_series(1, 1000) n`;
  const listed = await sessions(olga);
  expect(listed).toHaveLength(200);
  expect(listed[0]?.isThis).toBe(true);
  expect(listed[1]?.lastUsedAt).toBe(1000);
});

it('R-18.1 one is ended, and its streams with it; another’s is not there', async () => {
  const there = await signIn(world.ben);
  const socket = await world.connect(there);
  const id = (await sessions(there)).find(({ isThis }) => isThis)?.id;
  expect(await end(world.cara, `/me/sessions/${id}`)).toBe(404);
  expect(await isIn(there)).toBe(true);
  expect(await end(world.ben, `/me/sessions/${id}`)).toBe(200);
  expect((await socket.next('bye')).code).toBe('session-ended');
  expect([await isIn(there), await isIn(world.ben)]).toEqual([false, true]);
});

it('R-18.1 one that ends while a stream of it opens is shown nothing', async () => {
  const there = await signIn(world.ben);
  const { sessions: open } = world.server.engine;
  const enter = open.enter.bind(open);
  vi.spyOn(open, 'enter').mockImplementationOnce(async (...args) => {
    // What it was asked before had said that it stands.
    expect((await world.request(there, '/sign-out', { method: 'POST', body: {} })).status).toBe(
      204,
    );
    return enter(...args);
  });
  const socket = await TestSocket.open(world.url);
  socket.send({ t: 'hello', protocol: PROTOCOL, token: there.token });
  expect((await socket.next('bye')).code).toBe('session-ended');
  expect(socket.texts.join()).not.toContain('snapshot');
});

it('R-18.1 all others are ended, and this one stays', async () => {
  const others = [await signIn(world.cara), await signIn(world.cara)];
  const sockets = await Promise.all(others.map((who) => world.connect(who)));
  const here = await world.connect(world.cara);
  expect(await end(world.cara, '/me/sessions')).toBe(200);
  for (const socket of sockets) expect((await socket.next('bye')).code).toBe('session-ended');
  expect(await sessions(world.cara)).toHaveLength(1);
  await here.settle();
});

it('R-18.1 an admin ends those of an agent here, and none of somebody above themselves', async () => {
  const { olga, adam, ann, susan, elsewhere } = world;
  const socket = await world.connect(ann);
  expect(await end(susan, `/agents/${ann.agentId}/sessions`)).toBe(403);
  expect(await end(adam, `/agents/${olga.agentId}/sessions`)).toBe(403);
  expect(await end(elsewhere.otto, `/agents/${ann.agentId}/sessions`)).toBe(404);
  expect(await end(adam, `/agents/${ann.agentId}/sessions`)).toBe(200);
  expect((await socket.next('bye')).code).toBe('session-ended');
  expect(await isIn(ann)).toBe(false);
  expect(await isIn(olga)).toBe(true);
});

it('R-18.1 a session with an open stream counts as used', async () => {
  const { susan, server } = world;
  const { pool, sessions: open } = server.engine;
  await world.connect(susan);
  await pool`update sessions set last_used_at = 1 where user_id = ${susan.userId}`;
  await open.sweep();
  const [row] = await pool<{ at: number }[]>`
    select last_used_at as at from sessions where user_id = ${susan.userId}`;
  expect(row?.at).toBeGreaterThan(1);
});

describe('another password', () => {
  it('R-18.2 is taken from who knows the present one, and ends other sessions if wished', async () => {
    const { ben } = world;
    const signIn = (password: string) =>
      world.request(null, '/sign-in', { method: 'POST', body: { email: ben.email, password } });
    const next = 'marble-otter-velvet-ninety';
    const change = (present: string, password: string, endsOthers: boolean) =>
      world.request(ben, '/me/password', {
        method: 'POST',
        body: { present, password, endsOthers },
      });
    const codeOf = async (response: Response) =>
      ((await response.json()) as { code: string; field: string }).code;
    expect(await codeOf(await change('not this one', next, true))).toBe('wrong-password');
    expect(await codeOf(await change(PASSWORD, 'password1', true))).toBe('weak-password');
    const { token } = (await (await signIn(PASSWORD)).json()) as { token: string };
    const elsewhere = { ...ben, token };
    expect(await isIn(elsewhere)).toBe(true);
    expect((await change(PASSWORD, next, false)).status).toBe(200);
    expect(await isIn(elsewhere)).toBe(true);
    expect((await change(next, PASSWORD, true)).status).toBe(200);
    expect(await isIn(elsewhere)).toBe(false);
    expect(await isIn(ben)).toBe(true);
    expect((await signIn(next)).status).toBe(401);
    expect((await signIn(PASSWORD)).status).toBe(200);
  });
});
