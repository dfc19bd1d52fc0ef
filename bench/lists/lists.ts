import { usualQuery } from '@deskbell/contract';
import { type ListQuery, lists, type Sight, sortsOf } from '../../contract/src/index.ts';
import { readPage } from '../../server/src/lists/snapshot.ts';
import { connect, type Pool, run } from '../../server/src/platform/store/connect.ts';
import { startTestPostgres } from '../../server/src/testing/database.ts';
import { undoAtEnd } from '../harness/processes.ts';
import { type Outcome, say, sayMachine, sayTable } from '../harness/report.ts';
import { percentile, rounded } from '../harness/statistics.ts';
import { type Filled, fill, type Size } from './fill.ts';

const FIRST_PAGE_MS = 20;
const SEARCH_MS = 50;
const PAGE = 50;
const TIMES = 40;
/** Beside the page itself: contacts, marks and receipts of its cards. */
const QUERIES = 4;

/** `npm run bench -- lists [--conversations=1000000] [--messages=10]` (each). */
const given = (name: string, usually: number) =>
  Number(process.argv.find((each) => each.startsWith(`--${name}=`))?.split('=')[1] ?? usually);

/** First pages of every list in every order, narrowed and searched, among a million conversations. */
export async function bench(): Promise<Outcome> {
  const size: Size = {
    conversations: given('conversations', 1_000_000),
    messages: given('messages', 10),
  };
  const postgres = await startTestPostgres();
  undoAtEnd(() => postgres.stop());
  const { url } = await postgres.createDatabase();
  const pool = connect(url, { max: 2, name: 'bench' });
  undoAtEnd(() => pool.end());
  sayMachine({});
  say(`${size.conversations} conversations of ${size.messages} messages each:`);
  const filled = await fill(pool as never, size, Date.now());
  const [stored] = await run<{ conversations: number; messages: number; gigabytes: number }>(
    pool as never,
    `select (select count(*) from conversations) as conversations, (select count(*) from timeline) as messages,
      round(pg_database_size(current_database()) / 1e9, 1)::float8 as gigabytes`,
  );
  say(`stored: ${JSON.stringify(stored)}`);
  const measured: Measured[] = [];
  for (const scene of scenes(filled)) measured.push(await measure(pool, filled, scene));
  return conclude(measured, stored ?? {});
}

interface Scene {
  name: string;
  query: ListQuery;
  sight: Sight;
  isSearch?: boolean;
  /** The page after so many. */
  behind?: number;
}

interface Measured {
  name: string;
  isSearch: boolean;
  p50: number;
  p95: number;
  rows: number;
  queries: number;
}

function scenes({ inboxIds, agentIds }: Filled): Scene[] {
  const agentId = agentIds[7] ?? '';
  const none = new Set<string>();
  const two = new Set([inboxIds[3] ?? '', inboxIds[9] ?? '']);
  const all = { agentId, inboxIds: none, teamIds: none, servedInboxIds: none };
  const supervisor: Sight = { ...all, isSupervisor: true };
  const agent: Sight = { ...all, isSupervisor: false, inboxIds: two, servedInboxIds: two };
  const of = (name: string, query: ListQuery, more: Partial<Scene> = {}): Scene[] => [
    { name: `${name}, supervisor`, query, sight: supervisor, ...more },
    { name: `${name}, agent of two inboxes`, query, sight: agent, ...more },
  ];
  // Who sees little of a list, which is long for the others.
  const rarest = new Set([inboxIds[11] ?? '']);
  const agentOfRarest: Sight = { ...agent, inboxIds: rarest, servedInboxIds: rarest };
  const ordered = lists.flatMap((list) =>
    sortsOf(list).flatMap((sort) => {
      const [name, query] = [`${list} by ${sort}`, { ...usualQuery(list), sort }];
      return [
        ...of(name, query),
        { name: `${name}, agent of the rarest inbox`, query, sight: agentOfRarest },
      ];
    }),
  );
  const deep = lists.flatMap((list) => of(`${list}, 21st page`, usualQuery(list), { behind: 20 }));
  const monthAgo = Date.now() - 60 * 86_400_000;
  const filters = {
    'rare inbox': { inboxIds: [inboxIds[11]] },
    'common inbox': { inboxIds: [inboxIds[0]] },
    'an assignee': { assigneeIds: [agentId] },
    flagged: { isFlagged: true },
    'a day': { since: monthAgo, until: monthAgo + 86_400_000 },
    'closed by me': { closedById: agentId },
  };
  const narrowed = Object.entries(filters).flatMap(([name, filter]) =>
    (['open', 'closed'] as const).flatMap((list) =>
      name === 'closed by me' && list === 'open'
        ? []
        : of(`${list}: ${name}`, { ...usualQuery(list), filter: filter as never }),
    ),
  );
  const searches = [
    'a',
    'gi',
    'son',
    'usbn',
    'example',
    'nothing-has-this',
    'aeb usb',
    'jm12',
    'b.a',
    '12345@ex',
  ];
  const searched = searches.flatMap((search) =>
    (['open', 'mine', 'closed'] as const).flatMap((list) =>
      of(`${list}: “${search}”`, { ...usualQuery(list), search }, { isSearch: true }),
    ),
  );
  return [...ordered, ...deep, ...narrowed, ...searched];
}

async function measure(pool: Pool, filled: Filled, scene: Scene): Promise<Measured> {
  const { sight, query, behind = 0 } = scene;
  const viewer = { workspaceId: filled.workspaceId, agentId: sight.agentId, sight };
  const counted = counting(pool);
  const read = (cursor?: string) =>
    readPage(counted.pool, viewer, { ...query, cursor, limit: PAGE });
  let cursor: string | undefined;
  for (let page = 0; page < behind; page += 1) cursor = (await read(cursor)).next ?? cursor;
  for (let warm = 0; warm < 3; warm += 1) await read(cursor);
  counted.reset();
  const times: number[] = [];
  let rows = 0;
  for (let time = 0; time < TIMES; time += 1) {
    const begun = performance.now();
    rows = (await read(cursor)).conversations.length;
    times.push(performance.now() - begun);
  }
  times.sort((one, other) => one - other);
  return {
    name: scene.name,
    isSearch: scene.isSearch ?? false,
    p50: rounded(percentile(times, 0.5), 1),
    p95: rounded(percentile(times, 0.95), 1),
    rows,
    queries: counted.count() / TIMES,
  };
}

/** The pool, and how many statements went through it. */
function counting(pool: Pool) {
  let count = 0;
  const unsafe = (...statement: Parameters<Pool['unsafe']>) => {
    count += 1;
    return pool.unsafe(...statement);
  };
  return {
    pool: Object.assign(Object.create(pool), { unsafe }) as Pool,
    count: () => count,
    reset() {
      count = 0;
    },
  };
}

function conclude(measured: Measured[], stored: object): Outcome {
  sayTable(
    ['ms', 'p50', 'p95', 'cards', 'queries'],
    measured.map(({ name, p50, p95, rows, queries }) => [
      name,
      p50.toFixed(1),
      p95.toFixed(1),
      String(rows),
      String(queries),
    ]),
  );
  const worst = (isSearch: boolean) =>
    Math.max(...measured.filter((each) => each.isSearch === isSearch).map(({ p95 }) => p95));
  const queries = Math.max(...measured.map((each) => each.queries));
  const [page, search] = [worst(false), worst(true)];
  say(
    `slowest p95: a page ${page} ms, a search ${search} ms; queries of a page: at most ${queries}`,
  );
  return {
    bench: 'lists',
    figures: { stored, page, search, queries, measured },
    target: `p95 of every page ≤ ${FIRST_PAGE_MS} ms, of every search ≤ ${SEARCH_MS} ms, at most ${QUERIES} queries each`,
    holds: page <= FIRST_PAGE_MS && search <= SEARCH_MS && queries <= QUERIES,
  };
}
