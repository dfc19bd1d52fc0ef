import { afterAll, beforeAll, expect, it } from 'vitest';
import { createEngine, type Engine } from '../engine.ts';
import { createLogger } from '../platform/logger.ts';
import { run } from '../platform/store/connect.ts';
import { createTestDatabase, type TestDatabase } from '../testing/database.ts';
import { createSample } from './index.ts';

let database: TestDatabase;
let engine: Engine;

beforeAll(async () => {
  database = await createTestDatabase();
  engine = createEngine({ databaseUrl: database.url, log: createLogger('fatal') });
});
afterAll(async () => {
  await engine.close();
  await database.drop();
});

it('fills an empty Deskbell once, with people who can sign in', async () => {
  const people = await createSample(engine);
  expect(people).toHaveLength(2);
  for (const person of people ?? []) {
    const signedIn = await engine.signIn.signIn({ ...person, userAgent: 'test' });
    expect(signedIn).toHaveProperty('token');
  }
  expect(await createSample(engine)).toBeNull();
});

it('the sample stands as told: dense timelines, and no deadline closes any of it', async () => {
  const read = () =>
    run<{ id: string; status: string; seq: number; entries: number }>(
      engine.pool,
      `select c.id, c.status, c.seq, (select count(*) from timeline t where t.conversation_id = c.id) as entries
       from conversations c order by c.id`,
    );
  const before = await read();
  expect(before.length).toBeGreaterThan(5);
  expect(before.map((row) => row.entries)).toEqual(before.map((row) => row.seq));
  await engine.sweeper.sweep();
  expect(await read()).toEqual(before);
});
