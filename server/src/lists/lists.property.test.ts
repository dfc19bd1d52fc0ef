import { randomUUID } from 'node:crypto';
import {
  type AgentId,
  belongs,
  type ContactId,
  compareIn,
  holdsWords,
  type ListFilter,
  type ListQuery,
  lists,
  matches,
  type Sight,
  type SightFacts,
  searchText,
  searchWords,
  sees,
  sortsOf,
  usualQuery,
} from '@deskbell/contract';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  audienceOf,
  type ConversationRow,
  conversationForAgents,
  conversations,
  factsIn,
} from '../conversations/index.ts';
import { connect, type Pool, type Queries } from '../platform/store/connect.ts';
import { runStatement } from '../platform/store/statement.ts';
import { anyConversation, newCast } from '../testing/any-conversation.ts';
import { createTestDatabase, type TestDatabase } from '../testing/database.ts';
import { ConversationCounts } from './counts.ts';
import { type ListPage, type ListRow, readList, readListIds } from './page.sql.ts';

import { findVisible, readBuckets } from './sql.ts';
import { keepWords } from './words.sql.ts';

const cast = newCast();
const someRows = (maxLength: number) => fc.array(anyConversation(cast), { maxLength, size: 'max' });
const some = (ids: readonly string[]) => fc.subarray([...ids]).map((each) => new Set(each));
const none: ReadonlySet<string> = new Set();
const anyViewer: fc.Arbitrary<Sight> = fc
  .record({
    agentId: fc.constantFrom(...cast.agentIds),
    isSupervisor: fc.constantFrom(false, false, false, true),
    inboxIds: some(cast.inboxIds),
    teamIds: some(cast.teamIds),
    throughTeams: some(cast.inboxIds),
  })
  .map(({ throughTeams, ...sight }) => ({
    ...sight,
    servedInboxIds: new Set([...sight.inboxIds, ...throughTeams]),
  }));
/** Of those some see no inbox and no team: only what they are in themselves. */
const anySight: fc.Arbitrary<Sight> = fc
  .record({ sight: anyViewer, isOut: fc.constantFrom(false, false, false, true) })
  .map(({ sight, isOut }) =>
    isOut ? { ...sight, inboxIds: none, teamIds: none, servedInboxIds: none } : sight,
  );
const ALL = 10_000;

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

/** The rows in a workspace of their own. */
async function stored(rows: ConversationRow[]): Promise<string> {
  const workspaceId = randomUUID();
  if (rows.length > 0) await runStatement(sql, conversations.insert(workspaceId, rows));
  await keepWords(
    sql,
    workspaceId,
    rows.map((row) => ({ conversationId: row.id, words: textOf(row) })),
  );
  return workspaceId;
}

/** What the cast has written; each conversation is another contact's, and none has a name. */
const textOf = (row: ConversationRow) =>
  searchText({ id: row.contactId as ContactId, name: null, email: null }, { text: wordsOf(row) });
const sayings = ['Where is my Crème brûlée?', '100 % _off_ today', 'so it is', 'So müssig, a\\b'];
/** Not of the row: no message was written here. */
const wordsOf = (row: ConversationRow) =>
  sayings[Number.parseInt(row.id.slice(0, 4), 16) % 4] ?? '';

/** The list as the contract has it: what a desk that held everything would show. */
function expected(query: ListQuery, rows: ConversationRow[], sight: Sight): string[] {
  const words = searchWords(query.search);
  return rows
    .filter((row) => sees(sight, row as SightFacts) && holdsWords(textOf(row), words))
    .map(conversationForAgents)
    .filter((each) => belongs(query.list, each, sight.agentId as AgentId))
    .filter((each) => matches(query.filter, each))
    .sort(compareIn(query.list, query.sort))
    .map(({ id }) => id);
}

const orNot = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined, freq: 1 });
const anyFilter = fc.record({
  inboxIds: orNot(fc.subarray([...cast.inboxIds], { minLength: 1 })),
  teamIds: orNot(fc.subarray([...cast.teamIds, 'none'], { minLength: 1 })),
  assigneeIds: orNot(fc.subarray([...cast.agentIds, 'nobody'], { minLength: 1 })),
  labelIds: orNot(fc.subarray([...cast.labelIds], { minLength: 1 })),
  isFlagged: orNot(fc.boolean()),
  since: orNot(fc.integer({ min: 1, max: 6 }).map((step) => 1_700_000_000_000 + step)),
  until: orNot(fc.integer({ min: 1, max: 6 }).map((step) => 1_700_000_600_000 + step)),
  closedById: orNot(fc.constantFrom(...cast.agentIds)),
}) as fc.Arbitrary<ListFilter>;
const anySearch = fc.constantFrom(
  '',
  '',
  'so',
  'BRULEE',
  '%',
  '_off',
  'so is',
  'a\\b',
  'mu',
  '100 %',
);
const sorted = lists.flatMap((list) => sortsOf(list).map((sort) => ({ list, sort })));
const anyQuery: fc.Arbitrary<ListQuery> = fc
  .tuple(fc.constantFrom(...sorted), fc.oneof(fc.constant({}), anyFilter), anySearch)
  .map(([order, filter, search]) => ({ ...order, filter, search }));

async function inPages(workspaceId: string, page: ListPage): Promise<ListRow[]> {
  const all: ListRow[] = [];
  for (;;) {
    const rows = await readList(sql, workspaceId, { ...page, cursor: all.at(-1)?.cursor });
    all.push(...rows);
    if (rows.length < page.limit) return all;
  }
}

function countsOf(rows: ConversationRow[], sight: Sight) {
  const counts = { queue: 0, mine: 0, open: 0, pending: 0, closed: 0 };
  for (const list of lists) counts[list] = expected(usualQuery(list), rows, sight).length;
  const inboxes: Record<string, number> = {};
  for (const row of rows)
    if (row.status !== 'closed' && row.waitingSince !== null && sees(sight, row as SightFacts))
      inboxes[row.inboxId] = (inboxes[row.inboxId] ?? 0) + 1;
  return { ...counts, inboxes };
}

/** An inbox in which nobody waits may stand there with 0, or not. */
const withoutZeros = ({ inboxes, ...counts }: ReturnType<ConversationCounts['of']>) => ({
  ...counts,
  inboxes: Object.fromEntries(Object.entries(inboxes).filter(([, count]) => count > 0)),
});

describe('R-2.1 lists', () => {
  it('R-2.1, R-2.4 the database has the same members in the same order as the desk', async () => {
    const property = fc.asyncProperty(someRows(40), anySight, async (rows, sight) => {
      const workspaceId = await stored(rows);
      for (const order of sorted) {
        const query = { ...order, filter: {}, search: '' };
        const found = await readList(sql, workspaceId, { ...query, sight, limit: ALL });
        expect(found.map(({ id }) => id)).toEqual(expected(query, rows, sight));
      }
    });
    await fc.assert(property, { numRuns: 100 });
  }, 60_000);

  it('R-2.4, R-2.5 so it has however a list is sorted, narrowed and searched', async () => {
    const queries = fc.array(anyQuery, { minLength: 6, maxLength: 6 });
    const property = fc.asyncProperty(someRows(40), anySight, queries, async (rows, sight, all) => {
      const workspaceId = await stored(rows);
      for (const query of all) {
        const found = await readListIds(sql, workspaceId, { ...query, sight, limit: ALL });
        expect(found).toEqual(expected(query, rows, sight));
      }
    });
    await fc.assert(property, { numRuns: 200 });
  }, 60_000);

  it('R-2.1 paged by cursor it is the same list, nothing skipped and nothing twice', async () => {
    const property = fc.asyncProperty(
      someRows(30),
      fc.record({ sight: anySight, limit: fc.integer({ min: 1, max: 7 }) }),
      fc.array(anyQuery, { minLength: 4, maxLength: 4 }),
      async (rows, { sight, limit }, queries) => {
        const workspaceId = await stored(rows);
        for (const query of [...queries, ...lists.map(usualQuery)]) {
          const paged = await inPages(workspaceId, { ...query, sight, limit });
          expect(paged.map(({ id }) => id)).toEqual(expected(query, rows, sight));
        }
      },
    );
    await fc.assert(property, { numRuns: 100 });
  }, 60_000);

  it('R-2.1 an entry that moves shifts no other out of the next page', async () => {
    const rows = fc.sample(anyConversation(cast), { numRuns: 30, seed: 7 }).map((row) => ({
      ...row,
      status: 'open' as const,
      holder: 'nobody' as const,
      assigneeId: null,
      closedAt: null,
      closeReason: null,
    }));
    const workspaceId = await stored(rows);
    const none = new Set<string>();
    const all = { inboxIds: none, teamIds: none, servedInboxIds: none };
    const sight = { agentId: cast.agentIds[0] ?? '', isSupervisor: true, ...all };
    const page = { ...usualQuery('open'), sight };
    const first = await readList(sql, workspaceId, { ...page, limit: 10 });
    const moved =
      rows.map((row) => row.id).filter((id) => !first.some((each) => each.id === id))[0] ?? '';
    await pool`update conversations set last_contact_at = 1700001300999 where workspace_id = ${workspaceId} and id = ${moved}`;
    const rest = await readList(sql, workspaceId, {
      ...page,
      limit: ALL,
      cursor: first.at(-1)?.cursor,
    });
    expect([...first, ...rest].map(({ id }) => id).sort()).toEqual(
      rows
        .map(({ id }) => id)
        .filter((id) => id !== moved)
        .sort(),
    );
  });
});

describe('R-2.1 counts', () => {
  it('R-2.1 as read from the database they are the lengths of the lists', async () => {
    const property = fc.asyncProperty(someRows(40), anySight, async (rows, sight) => {
      const counts = new ConversationCounts();
      counts.load(await readBuckets(sql, await stored(rows)));
      expect(withoutZeros(counts.of(sight))).toEqual(countsOf(rows, sight));
    });
    await fc.assert(property, { numRuns: 200 });
  }, 60_000);

  it('R-2.1 folded from any changes, in any batches, they stay so', () => {
    const later = fc.array(
      fc.record({ which: fc.nat(), to: anyConversation(cast), isWithNext: fc.boolean() }),
      { maxLength: 40, size: 'max' },
    );
    const story = fc.record({ before: someRows(10), opened: someRows(10), changes: later });
    const property = fc.property(story, anySight, ({ before, opened, changes }, sight) => {
      const counts = new ConversationCounts();
      counts.load({
        unclosed: before.filter((row) => row.status !== 'closed'),
        closed: [],
      });
      for (const row of before) if (row.status === 'closed') counts.apply(row, () => null);
      const rows = new Map(before.map((row) => [row.id, row]));
      // As the log says it: with the event that comes next, of how it stood when last told of.
      const told = new Map(rows);
      const tell = (id: string) => {
        const [row, last] = [rows.get(id), told.get(id)];
        if (!row) return;
        counts.apply(row, () => (last ? factsIn(audienceOf(last)) : null));
        told.set(id, row);
      };
      for (const row of opened) {
        rows.set(row.id, row);
        tell(row.id);
      }
      const ids = [...rows.keys()];
      for (const { which, to, isWithNext } of ids.length > 0 ? changes : []) {
        const id = ids[which % ids.length] ?? '';
        const row = { ...to, id, inboxId: rows.get(id)?.inboxId ?? '' };
        rows.set(id, row);
        // A gap of the log brings rows as they are now: what came between is never seen.
        if (!isWithNext) for (const each of ids) tell(each);
      }
      for (const each of ids) tell(each);
      expect(withoutZeros(counts.of(sight))).toEqual(countsOf([...rows.values()], sight));
    });
    fc.assert(property, { numRuns: 1_000 });
  }, 30_000);

  it('R-2.1 an inbox that one no longer serves counts no more than what one is in', () => {
    const [gone = '', here = ''] = cast.inboxIds;
    const [agentId = '', other = ''] = cast.agentIds;
    const row = {
      inboxId: gone,
      teamId: null,
      status: 'open' as const,
      holder: 'agent' as const,
      participants: [],
      waitingSince: 1,
    };
    const counts = new ConversationCounts();
    const unclosed = [
      { ...row, id: randomUUID(), assigneeId: agentId },
      { ...row, id: randomUUID(), assigneeId: agentId, waitingSince: null },
      { ...row, id: randomUUID(), assigneeId: other },
    ];
    counts.load({ unclosed, closed: [] });
    const none = new Set<string>();
    const sight = { agentId, isSupervisor: false, inboxIds: none, teamIds: none };
    const [both, one] = [new Set([gone, here]), new Set([here])];
    expect(counts.of({ ...sight, servedInboxIds: both })).toMatchObject({
      ...{ mine: 2, open: 3 },
      inboxes: { [gone]: 2 },
    });
    expect(counts.of({ ...sight, servedInboxIds: one })).toEqual({
      queue: 0,
      mine: 2,
      open: 2,
      pending: 0,
      closed: 0,
      inboxes: { [gone]: 1 },
    });
  });
});

describe('R-3.6 sight', () => {
  it('R-3.6 one conversation is found by who sees it, and by nobody else', async () => {
    const property = fc.asyncProperty(someRows(10), anySight, async (rows, sight) => {
      const workspaceId = await stored(rows);
      for (const row of rows) {
        const found = await findVisible(sql, workspaceId, { conversationId: row.id, sight });
        expect(found !== undefined).toBe(sees(sight, row as SightFacts));
      }
    });
    await fc.assert(property, { numRuns: 200 });
  }, 60_000);

  it("R-3.6 the log's words say it as well", () => {
    const property = fc.property(anyConversation(cast), anySight, (row, sight) => {
      expect(sees(sight, factsIn(audienceOf(row)))).toBe(sees(sight, row as SightFacts));
    });
    fc.assert(property, { numRuns: 1_000 });
  });
});
