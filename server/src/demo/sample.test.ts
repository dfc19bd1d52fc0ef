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

it('every sample conversation has as many timeline entries as its version says, and none is due', async () => {
  const rows = await run<{ seq: number; entries: number; due: boolean }>(
    engine.pool,
    `select c.seq, (select count(*) from timeline t where t.conversation_id = c.id) as entries,
            coalesce(c.due_at < (extract(epoch from now()) * 1000)::bigint, false) as due
     from conversations c`,
  );
  expect(rows.length).toBeGreaterThan(5);
  for (const row of rows) expect(row).toEqual({ seq: row.seq, entries: row.seq, due: false });
});
