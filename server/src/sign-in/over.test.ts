import { afterAll, beforeAll, expect, it } from 'vitest';
import { drops } from '../capabilities.ts';
import { Retention } from '../platform/log/retention.ts';
import type { Queries } from '../platform/store/connect.ts';
import { createWorld, PASSWORD, type World } from '../testing/world.ts';
import { issuePasswordReset } from './index.ts';

const DAY = 24 * 3600 * 1000;
const signedInTables = ['sessions', 'session_ends', 'password_resets', 'known_browsers'] as const;

let world: World;
let troubles: unknown[];
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const pool = () => world.server.engine.pool;

/** The next hour, on as many servers. */
async function lookOn(servers = 1): Promise<void> {
  troubles = [];
  await pool()`update chores set begun_at = 0`;
  const all = Array.from(
    { length: servers },
    () => new Retention({ pool: pool(), drops, onTrouble: (error) => void troubles.push(error) }),
  );
  await Promise.all(all.map((each) => each.look()));
  await Promise.all(all.map((each) => each.close()));
  expect(troubles).toEqual([]);
}

const counted = async () =>
  Object.fromEntries(
    await Promise.all(
      [...signedInTables, 'sign_in_failures'].map(async (table) => {
        const [row] = await pool().unsafe(`select count(*)::int as count from ${table}`);
        return [table, Number(row?.count)] as const;
      }),
    ),
  );

/** Lets all that was written about signing in have happened so long ago. */
async function age(byMs: number): Promise<void> {
  await pool()`update sessions set created_at = created_at - ${byMs}, last_used_at = last_used_at - ${byMs}, expires_at = expires_at - ${byMs}`;
  await pool()`update password_resets set created_at = created_at - ${byMs}, expires_at = expires_at - ${byMs}`;
  await pool()`update known_browsers set used_at = used_at - ${byMs}`;
  await pool()`update sign_in_failures set last_at = last_at - ${byMs}, blocked_until = blocked_until - ${byMs}`;
}

const signIn = (password = PASSWORD) =>
  world.request(null, '/sign-in', {
    method: 'POST',
    body: { email: world.ann.email, password },
  });

it('R-18.1 sessions, links, browsers and guesses are kept as long as they say something, and no longer', async () => {
  await signIn();
  await signIn('wrong');
  await issuePasswordReset(pool() as unknown as Queries, world.ann.email);
  await pool()`insert into session_ends (token_hash, workspace_id)
    select token_hash, ${world.elsewhere.workspaceId} from sessions where user_id = ${world.ann.userId}`;
  const before = await counted();
  for (const count of Object.values(before)) expect(count).toBeGreaterThan(0);

  await lookOn();
  expect(await counted()).toEqual(before);

  await age(DAY + 1);
  await lookOn();
  expect(await counted()).toEqual({ ...before, password_resets: 0, sign_in_failures: 0 });

  await age(30 * DAY);
  await lookOn();
  expect(await counted()).toMatchObject({ sessions: 0, session_ends: 0, known_browsers: 1 });

  await age(370 * DAY);
  await lookOn();
  expect(await counted()).toMatchObject({ known_browsers: 0 });
});

it('R-18.1 a link that was used is kept no longer', async () => {
  await issuePasswordReset(pool() as unknown as Queries, world.ben.email);
  await pool()`update password_resets set used_at = created_at`;
  await lookOn();
  expect(await counted()).toMatchObject({ password_resets: 0 });
});

it('R-18.1 however many sessions are over, all go, and of several servers one does it; who is signed in stays', async () => {
  expect((await signIn()).status).toBe(200);
  await pool()`insert into sessions (token_hash, user_id, workspace_id, created_at, last_used_at, expires_at)
    select decode(md5(n::text), 'hex'), ${world.ben.userId}, ${world.workspaceId}, 0, 0, 1 from generate_series(1, 11000) as n`;
  await lookOn(3);
  expect(await counted()).toMatchObject({ sessions: 1 });
});
