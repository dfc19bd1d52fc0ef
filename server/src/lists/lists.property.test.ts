import { randomUUID } from 'node:crypto';
import { type AgentId, belongs, compareIn, type List, lists } from '@deskbell/contract';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type ConversationRow,
  conversationForAgents,
  conversations,
} from '../conversations/index.ts';
import { connect, type Pool, type Queries } from '../platform/store/connect.ts';
import { runStatement } from '../platform/store/statement.ts';
import { anyConversation, newCast } from '../testing/any-conversation.ts';
import { createTestDatabase, type TestDatabase } from '../testing/database.ts';
import { ConversationCounts } from './counts.ts';
import { type ListRow, readBuckets, readList, type VisibleInboxes } from './sql.ts';

const cast = newCast();
const someRows = (maxLength: number) => fc.array(anyConversation(cast), { maxLength, size: 'max' });
const agentId = fc.constantFrom(...cast.agentIds);
const visible: fc.Arbitrary<VisibleInboxes> = fc.option(fc.subarray([...cast.inboxIds]));
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
  return workspaceId;
}

const sees = (inboxes: VisibleInboxes, row: ConversationRow) =>
  inboxes === null || inboxes.includes(row.inboxId);

/** The list as the contract has it: what a desk that held everything would show. */
function expected(
  list: List,
  rows: ConversationRow[],
  who: { agentId: string; inboxes: VisibleInboxes },
): string[] {
  return rows
    .filter((row) => sees(who.inboxes, row))
    .map(conversationForAgents)
    .filter((conversation) => belongs(list, conversation, who.agentId as AgentId))
    .sort(compareIn(list))
    .map(({ id }) => id);
}

async function inPages(
  workspaceId: string,
  page: { list: List; agentId: string; inboxes: VisibleInboxes; limit: number },
): Promise<ListRow[]> {
  const all: ListRow[] = [];
  for (;;) {
    const rows = await readList(sql, workspaceId, { ...page, cursor: all.at(-1)?.cursor });
    all.push(...rows);
    if (rows.length < page.limit) return all;
  }
}

function countsOf(rows: ConversationRow[], who: { agentId: string; inboxes: VisibleInboxes }) {
  const counts = { queue: 0, mine: 0, open: 0, closed: 0 };
  for (const list of lists) counts[list] = expected(list, rows, who).length;
  return counts;
}

const withoutInboxes = ({ inboxes: _inboxes, ...counts }: ReturnType<ConversationCounts['of']>) =>
  counts;

describe('R-2.1 lists', () => {
  it('R-2.1, R-2.4 the database has the same members in the same order as the desk', async () => {
    const property = fc.asyncProperty(
      someRows(40),
      agentId,
      visible,
      async (rows, who, inboxes) => {
        const workspaceId = await stored(rows);
        for (const list of lists) {
          const found = await readList(sql, workspaceId, {
            list,
            agentId: who,
            inboxes,
            limit: ALL,
          });
          expect(found.map(({ id }) => id)).toEqual(
            expected(list, rows, { agentId: who, inboxes }),
          );
        }
      },
    );
    await fc.assert(property, { numRuns: 200 });
  }, 60_000);

  it('R-2.1 paged by cursor it is the same list, nothing skipped and nothing twice', async () => {
    const property = fc.asyncProperty(
      someRows(30),
      agentId,
      fc.integer({ min: 1, max: 7 }),
      async (rows, who, limit) => {
        const workspaceId = await stored(rows);
        for (const list of lists) {
          const paged = await inPages(workspaceId, { list, agentId: who, inboxes: null, limit });
          expect(paged.map(({ id }) => id)).toEqual(
            expected(list, rows, { agentId: who, inboxes: null }),
          );
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
    const page = { list: 'open' as const, agentId: cast.agentIds[0] ?? '', inboxes: null };
    const first = await readList(sql, workspaceId, { ...page, limit: 10 });
    const moved =
      rows.map((row) => row.id).filter((id) => !first.some((each) => each.id === id))[0] ?? '';
    await pool`update conversations set last_at = 1700000000999 where workspace_id = ${workspaceId} and id = ${moved}`;
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
    const property = fc.asyncProperty(
      someRows(40),
      agentId,
      visible,
      async (rows, who, inboxes) => {
        const counts = new ConversationCounts();
        counts.load(await readBuckets(sql, await stored(rows)));
        expect(withoutInboxes(counts.of(who, inboxes))).toEqual(
          countsOf(rows, { agentId: who, inboxes }),
        );
      },
    );
    await fc.assert(property, { numRuns: 200 });
  }, 60_000);

  it('R-2.1 folded from any changes, in any batches, they stay so', () => {
    const later = fc.array(
      fc.record({ which: fc.nat(), to: anyConversation(cast), isWithNext: fc.boolean() }),
      { maxLength: 40, size: 'max' },
    );
    const story = fc.record({ before: someRows(10), opened: someRows(10), changes: later });
    const viewer = fc.record({ agentId, inboxes: visible });
    const property = fc.property(story, viewer, ({ before, opened, changes }, who) => {
      const counts = new ConversationCounts();
      counts.load({
        unclosed: before.filter((row) => row.status !== 'closed'),
        closed: before
          .filter((row) => row.status === 'closed')
          .map(({ inboxId }) => ({ inboxId, count: 1 })),
      });
      const rows = new Map(before.map((row) => [row.id, row]));
      for (const row of opened) {
        rows.set(row.id, row);
        counts.apply(row, true);
      }
      const ids = [...rows.keys()];
      for (const { which, to, isWithNext } of ids.length > 0 ? changes : []) {
        const id = ids[which % ids.length] ?? '';
        const row = { ...to, id, inboxId: rows.get(id)?.inboxId ?? '' };
        rows.set(id, row);
        // A gap of the log brings rows as they are now: what came between is never seen.
        if (!isWithNext)
          for (const each of ids) counts.apply(rows.get(each) as ConversationRow, false);
      }
      for (const each of ids) counts.apply(rows.get(each) as ConversationRow, false);
      expect(withoutInboxes(counts.of(who.agentId, who.inboxes))).toEqual(
        countsOf([...rows.values()], who),
      );
    });
    fc.assert(property, { numRuns: 1_000 });
  }, 30_000);

  it('R-2.1 nothing is counted of an inbox that one no longer serves', () => {
    const [gone = '', here = ''] = cast.inboxIds;
    const row = {
      id: randomUUID(),
      inboxId: gone,
      status: 'open' as const,
      holder: 'agent' as const,
      assigneeId: cast.agentIds[0] ?? '',
      participants: [],
    };
    const counts = new ConversationCounts();
    counts.load({ unclosed: [row], closed: [] });
    expect(counts.of(row.assigneeId, [gone, here]).mine).toBe(1);
    expect(counts.of(row.assigneeId, [here])).toEqual({
      queue: 0,
      mine: 0,
      open: 0,
      closed: 0,
      inboxes: {},
    });
  });
});
