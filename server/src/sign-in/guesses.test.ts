import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createWorld, PASSWORD, type World } from '../testing/world.ts';
import { Guesses } from './guesses.ts';

let world: World;
beforeAll(async () => {
  // Behind a proxy, so that requests come from addresses of their own.
  world = await createWorld({ PUBLIC_URL: 'http://desk.example' });
});
afterAll(() => world.close());
beforeEach(async () => {
  await world.server.engine.pool`delete from sign_in_failures`;
});

interface Try {
  email?: string;
  password?: string;
  from?: string;
  browser?: string | undefined;
}
const attempt = ({
  email = world.cara.email,
  password = 'wrong',
  from = '198.51.100.1',
  browser,
}: Try) =>
  world.request(null, '/sign-in', {
    method: 'POST',
    body: { email, password },
    headers: {
      'x-forwarded-for': from,
      ...(browser && { cookie: `deskbell_browser=${browser}` }),
    },
  });
const statusOf = async (given: Try) => (await attempt(given)).status;
const many = (count: number, given: (index: number) => Try) =>
  Promise.all(Array.from({ length: count }, (_, index) => statusOf(given(index))));
/** As if the wait were over. */
const waitOver = () => world.server.engine.pool`update sign_in_failures set blocked_until = 0`;
/** As if no time went by: what is blocked stays so. */
const hold = () =>
  world.server.engine
    .pool`update sign_in_failures set blocked_until = blocked_until + 600000 where blocked_until > 0`;
const guessed = (statuses: readonly number[]) => statuses.filter((status) => status === 401).length;

/** Five, and at most a few more on a machine so slow that the first waits are over in between. */
function expectFive(statuses: readonly number[]): void {
  expect(guessed(statuses)).toBeGreaterThanOrEqual(5);
  expect(guessed(statuses)).toBeLessThan(9);
  expect(statuses.filter((status) => status === 429)).toHaveLength(14 - guessed(statuses));
}

describe('R-18.1 wrong passwords', () => {
  it('R-18.1 for one address from one place stop being looked at, those sent at once too', async () => {
    expectFive(await many(14, () => ({})));
    await hold();
    const late = await attempt({ password: PASSWORD });
    expect(late.status).toBe(429);
    expect(Number(late.headers.get('retry-after'))).toBeGreaterThan(500);
    await waitOver();
    expect(await statusOf({ password: PASSWORD })).toBe(200);
    expect(await many(4, () => ({}))).toEqual(Array(4).fill(401));
  });

  it('R-18.1 of an unknown address are counted just the same', async () => {
    expectFive(await many(14, () => ({ email: 'nobody@example.org' })));
  });

  it('R-18.1 make each wait longer than the one before, up to a quarter of an hour', async () => {
    await many(4, () => ({}));
    const waits: number[] = [];
    for (let turn = 0; turn < 12; turn += 1) {
      await waitOver();
      expect(await statusOf({})).toBe(401);
      const [row] = await world.server.engine.pool<{ wait: number }[]>`
        select (blocked_until - last_at) / 1000 as wait from sign_in_failures order by blocked_until desc limit 1`;
      waits.push(row?.wait ?? 0);
    }
    expect(waits).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900]);
  });

  it('R-18.1 at one address from elsewhere lock nobody out at their own desk', async () => {
    const signedIn = await attempt({ password: PASSWORD, from: '198.51.100.7' });
    const browser = /deskbell_browser=([^;]+)/.exec(
      signedIn.headers.getSetCookie().find((each) => each.includes('deskbell_browser')) ?? '',
    )?.[1];
    const guesses = await many(60, (index) => ({ from: `203.0.113.${index}` }));
    expect(guesses.filter((status) => status === 429).length).toBeGreaterThan(0);
    await hold();
    const strange = { password: PASSWORD, from: '198.51.100.8' };
    expect(await statusOf(strange)).toBe(429);
    expect(await statusOf({ ...strange, browser })).toBe(200);
    // It opens nothing by itself, and knows its own people only.
    expect(await statusOf({ ...strange, browser, password: 'wrong' })).toBe(401);
    await many(60, (index) => ({ from: `203.0.113.${index}`, email: world.ben.email }));
    await hold();
    expect(await statusOf({ ...strange, browser, email: world.ben.email })).toBe(429);
  });

  it('R-18.1 for many addresses from one place stop that place, and no other', async () => {
    await many(40, (index) => ({ email: `guess${index}@example.org` }));
    await hold();
    expect(await statusOf({ email: 'another@example.org' })).toBe(429);
    expect(await statusOf({ email: 'another@example.org', from: '198.51.100.2' })).toBe(401);
  });

  it('R-18.1 beside right ones, many at once from one place: each is answered, and counted', async () => {
    const guesses = new Guesses(world.server.engine.pool);
    const from = { userAgent: '', address: '198.51.100.9' };
    const once = async (index: number) => {
      const guess = await guesses.spend(`${index % 2}@example.org`, from);
      if (!('code' in guess) && index % 3 > 0) await guesses.forgive(guess);
    };
    for (let round = 0; round < 12; round += 1) {
      await Promise.all(Array.from({ length: 24 }, (_, index) => once(index)));
      await waitOver();
    }
    const rows = await world.server.engine.pool`select from sign_in_failures where failures > 0`;
    expect(rows.length).toBeGreaterThan(0);
  });

  it('R-18.1 are forgotten after a day', async () => {
    await many(8, () => ({}));
    await world.server.engine
      .pool`update sign_in_failures set last_at = last_at - 90000000, blocked_until = 0`;
    expect(await many(4, () => ({}))).toEqual(Array(4).fill(401));
  });

  it('R-18.1 are kept without the addresses they were for', async () => {
    await attempt({});
    const rows = await world.server.engine.pool`select * from sign_in_failures`;
    expect(rows.length).toBeGreaterThan(0);
    expect(JSON.stringify(rows)).not.toMatch(/cara|198\.51/);
  });
});
