import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../testing/database.ts';
import { newId } from '../ids.ts';
import { connect, type Pool } from '../store/connect.ts';
import { Jobs } from './jobs.ts';
import { enterJobs } from './sql.ts';

let database: TestDatabase;
let pool: Pool;
beforeAll(async () => {
  database = await createTestDatabase();
  pool = connect(database.url, { max: 2, name: 'test' });
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

it('a job whose failure is told with what no database holds fails for good like any other', async () => {
  const kind = {
    kind: 'letter',
    attempts: 1,
    run: () => Promise.reject(new Error('the other side said no\0thing')),
  };
  const troubles: string[] = [];
  const onTrouble = (_error: unknown, what: string) => void troubles.push(what);
  const jobs = new Jobs({ pool, kinds: [kind], onTrouble, pollMs: 2 ** 30 });
  await enterJobs(pool, newId(Date.now()), [{ kind: 'letter', key: 'a', input: {} }]);
  await jobs.work();
  await jobs.close();
  const [row] = await pool`select error, failed_at is not null as "hasFailed" from jobs`;
  expect(row).toEqual({ error: 'Error: the other side said nothing', hasFailed: true });
  expect(troubles).toEqual(['job letter, attempt 1']);
});

it('a job that takes long holds up none that comes after it', async () => {
  const { promise: hanging, resolve: letGo } = Promise.withResolvers<void>();
  const { promise: quick, resolve: isDone } = Promise.withResolvers<void>();
  const kind = {
    kind: 'push',
    attempts: 1,
    run: async ({ key }: { key: string }) => {
      if (key === 'quick') isDone();
      else await hanging;
      return undefined;
    },
  };
  const onTrouble = (error: unknown) => {
    throw error;
  };
  const jobs = new Jobs({ pool, kinds: [kind], onTrouble, pollMs: 2 ** 30 });
  const enter = (key: string) =>
    enterJobs(pool, newId(Date.now()), [{ kind: 'push', key, input: {} }]);
  await enter('slow');
  const all = jobs.work();
  const isTaken = () => pool`select from jobs where key = 'slow' and leased_until > 0`;
  while ((await isTaken()).length === 0);
  await enter('quick');
  void jobs.work();
  await quick;
  letGo();
  await all;
  expect(await pool`select from jobs where key in ('slow', 'quick')`).toHaveLength(0);
  await jobs.close();
});
