import { randomUUID } from 'node:crypto';
import type { ConversationId } from '@deskbell/contract';
import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { connect, type Pool, type Queries } from '../platform/store/connect.ts';
import { createTestDatabase, type TestDatabase } from '../testing/database.ts';
import { findDrafts, saveDraft } from './index.ts';

let database: TestDatabase;
let pool: Pool;
let sql: Queries;
beforeAll(async () => {
  database = await createTestDatabase();
  pool = connect(database.url, { max: 4, name: 'test' });
  sql = pool as unknown as Queries;
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

it('R-5.1 of drafts that overtake each other the newest stays, and a blank one is taken back', async () => {
  const draft = fc.record({
    version: fc.integer({ min: 1, max: 20 }),
    text: fc.constantFrom('', 'one', 'two "quoted"', '{three}'),
  });
  const drafts = fc.uniqueArray(draft, {
    selector: ({ version }) => version,
    minLength: 1,
    maxLength: 8,
  });
  const property = fc.asyncProperty(drafts, async (given) => {
    const [workspaceId, agentId] = [randomUUID(), randomUUID()];
    const id = randomUUID() as ConversationId;
    await Promise.all(given.map((each) => saveDraft(sql, workspaceId, { ...each, id, agentId })));
    const newest = given.reduce((left, right) => (left.version > right.version ? left : right));
    const expected = newest.text === '' ? [] : [{ id, ...newest }];
    expect(await findDrafts(sql, workspaceId, { agentId: agentId, isTakenBackToo: false })).toEqual(
      expected,
    );
  });
  await fc.assert(property, { numRuns: 100 });
});

it('R-5.1 a draft is its agent’s own', async () => {
  const [workspaceId, ann, ben] = [randomUUID(), randomUUID(), randomUUID()];
  const id = randomUUID() as ConversationId;
  await saveDraft(sql, workspaceId, { id, version: 1, text: 'mine', agentId: ann });
  expect(await findDrafts(sql, workspaceId, { agentId: ben, isTakenBackToo: false })).toEqual([]);
  expect(await findDrafts(sql, randomUUID(), { agentId: ann, isTakenBackToo: false })).toEqual([]);
});
