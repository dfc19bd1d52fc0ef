import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { TestSocket } from '../testing/socket.ts';
import { createWorld, type World } from '../testing/world.ts';

let world: World;
beforeAll(async () => {
  // Behind a proxy, so that requests come from addresses of their own.
  world = await createWorld({ PUBLIC_URL: 'http://desk.example' });
});
afterAll(() => world.close());

/** More than an address may show at once. */
const MANY = 600;
const office = (number: number) => `198.51.100.${number}`;
const madeUp = () => randomBytes(24).toString('base64url');

const ask = (address: string, token: string) =>
  world.request(null, '/me', {
    headers: { authorization: `Bearer ${token}`, 'x-forwarded-for': address },
  });
const askAsVisitor = (address: string, inboxKey: string) =>
  world.request(null, `/widget/conversations`, {
    headers: {
      authorization: `Bearer ${madeUp()}${madeUp()}`,
      'x-deskbell-inbox': inboxKey,
      'x-forwarded-for': address,
    },
  });
const many = (one: () => Promise<Response>, count = MANY) =>
  Promise.all(Array.from({ length: count }, one));
const countOf = (answers: readonly Response[], status: number) =>
  answers.filter((answer) => answer.status === status).length;

/** Does it while wrong ones come from there without end. */
async function beside(wrong: () => Promise<Response>, act: () => Promise<void>): Promise<void> {
  let isOver = false;
  const flood = (async () => {
    while (!isOver) await many(wrong, 50);
  })();
  await many(wrong);
  await act().finally(() => {
    isOver = true;
  });
  await flood;
}

/** What a socket is told first, to a hello that shows this. */
async function greeted(address: string, hello: object): Promise<object | undefined> {
  const { url } = world.server;
  const socket = await TestSocket.open(url.replace('localhost', '127.0.0.1'), {
    'x-forwarded-for': address,
  });
  socket.send(JSON.stringify({ t: 'hello', protocol: 1, ...hello }));
  await vi.waitUntil(() => socket.frames.length > 0);
  socket.close();
  return socket.frames[0];
}

it('R-18.1 wrong session tokens without end are told to wait, and no longer looked up each', async () => {
  const lookUps = vi.spyOn(world.server.engine.signIn, 'findSession');
  const answers = await many(() => ask(office(1), madeUp()));
  const looked = lookUps.mock.calls.length;
  lookUps.mockRestore();
  expect(countOf(answers, 401)).toBe(looked);
  expect(looked).toBeGreaterThanOrEqual(300);
  expect(looked).toBeLessThan(MANY / 2 + 100);
  const late = answers.find(({ status }) => status === 429);
  expect(Number(late?.headers.get('retry-after'))).toBeGreaterThan(0);
  expect(await late?.json()).toMatchObject({ code: 'too-many' });
  expect(countOf(answers, 429)).toBe(MANY - looked);
  // Elsewhere nobody notices.
  expect((await ask(office(2), madeUp())).status).toBe(401);
});

it('R-18.1 who is signed in passes, from the same address and at the same time, also who was never here before', async () => {
  const { ann, ben, susan } = world;
  expect((await ask(office(3), ann.token)).status).toBe(200);
  const wrong = () => ask(office(3), madeUp());
  await beside(wrong, async () => {
    for (const { token } of [ann, ben, susan, ann, ben, susan])
      expect((await ask(office(3), token)).status).toBe(200);
    const told = await greeted(office(3), { token: world.olga.token });
    expect(told).toMatchObject({ t: 'snapshot' });
    await expect.poll(async () => (await wrong()).status).toBe(429);
  });
});

it('R-18.1 a session that was right here and has ended is wrong like any other', async () => {
  const { cara } = world;
  expect((await ask(office(4), cara.token)).status).toBe(200);
  await world.request(cara, '/sign-out', { method: 'POST', body: {} });
  const theirs = async () => (await ask(office(4), cara.token)).status;
  await beside(
    () => ask(office(4), madeUp()),
    async () => {
      expect(await theirs()).toBe(401);
      await expect.poll(theirs).toBe(429);
    },
  );
});

it('R-18.1 sockets count with them: a wrong token is told to wait, and to come back', async () => {
  await beside(
    () => ask(office(5), madeUp()),
    () =>
      expect
        .poll(() => greeted(office(5), { token: madeUp() }))
        .toMatchObject({ t: 'bye', code: 'too-many' }),
  );
  expect(await greeted(office(6), { token: madeUp() })).toMatchObject({
    ...{ t: 'bye', code: 'unauthenticated' },
  });
});

it('R-18.1 keys of no inbox are bounded as well, and visitors of one come in meanwhile', async () => {
  const answers = await many(() => askAsVisitor(office(7), madeUp()));
  expect(countOf(answers, 401)).toBeGreaterThanOrEqual(300);
  expect(countOf(answers, 429)).toBeGreaterThan(MANY / 2 - 100);
  const { inboxKey } = world.newVisitor();
  const contact = { inbox: inboxKey, token: `${madeUp()}${madeUp()}` };
  await beside(
    () => askAsVisitor(office(7), madeUp()),
    async () => {
      expect((await askAsVisitor(office(7), inboxKey)).status).toBe(200);
      expect(await greeted(office(7), { contact })).toMatchObject({ t: 'snapshot' });
      await expect
        .poll(() => greeted(office(7), { contact: { ...contact, inbox: madeUp() } }))
        .toMatchObject({ t: 'bye', code: 'too-many' });
      // Whatever a wrong one holds, it harms nobody who is looked for beside it.
      const strange = askAsVisitor(office(7), `"{,\\}'`);
      const { inboxKey: other } = world.elsewhere.wanda;
      expect((await askAsVisitor(office(7), other)).status).toBe(200);
      expect([401, 429]).toContain((await strange).status);
    },
  );
});

it('R-9.3 pages of no inbox are looked up no more often, and those of one are there meanwhile', async () => {
  const { server } = world;
  const lookUps = vi.spyOn(server.engine.hubs, 'inboxOf');
  const page = (key: string) =>
    fetch(`${server.url}/chat/${key}`, { headers: { 'x-forwarded-for': office(8) } });
  const answers = await many(() => page(madeUp()));
  expect(countOf(answers, 404)).toBe(MANY);
  expect(lookUps.mock.calls.length).toBeLessThan(MANY / 2 + 100);
  await page(world.newVisitor().inboxKey);
  await expect(lookUps.mock.results.at(-1)?.value).resolves.toMatchObject({ inbox: {} });
  lookUps.mockRestore();
});
