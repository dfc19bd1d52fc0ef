import type { Queries } from '../../server/src/platform/store/connect.ts';
import { run } from '../../server/src/platform/store/connect.ts';
import { say } from '../harness/report.ts';

/** A workspace of one size, made by the database itself; the same size gives the same rows. */
export interface Size {
  conversations: number;
  /** Messages of each conversation. */
  messages: number;
}

export interface Filled {
  workspaceId: string;
  inboxIds: string[];
  agentIds: string[];
}

const INBOXES = 12;
const AGENTS = 200;
/** Of 1,000 conversations: waiting in the queue, in work, pending. The rest is closed. */
const SHARES = { queued: 45, taken: 5, pending: 50 };

const HOUR = 3_600_000;
const idOf = (kind: number, n: string) =>
  `('0000000${kind}-0000-7000-8000-' || lpad(to_hex(${n}), 12, '0'))::uuid`;
/** A number from 0 up to `below`, always the same for the same `n` and `salt`, and spread evenly. */
const some = (n: string, salt: number, below: string | number) =>
  `(abs(hashint8extended(${n}, ${salt})) % (${below}))`;
/** A word of eight letters or less; lower numbers are said more often. */
const word = (n: string, salt: number) =>
  `translate(to_hex(1000 + floor(9000 * power(${some(n, salt, 1_000_000)} / 1000000.0, 3))::int * 7919), '0123456789', 'ghijklmnop')`;
/** What is said in five words. */
const saying = (n: string) => [1, 2, 3, 4, 5].map((salt) => word(n, salt)).join(" || ' ' || ");
/** That a conversation was made from. */
const NUMBER = `('x' || right(id::text, 12))::bit(48)::bigint`;
const firstName = (n: string) =>
  `initcap(translate(to_hex(40000 + ${some(n, 11, 400)} * 611), '0123456789', 'aeiournlst'))`;
const lastName = (n: string) =>
  `initcap(translate(to_hex(700000 + ${some(n, 12, 30_000)} * 509), '0123456789', 'nrtaeibuso'))`;

/** Fills an empty database. Times end now. */
export async function fill(sql: Queries, size: Size, now: number): Promise<Filled> {
  const workspaceId = '00000000-0000-7000-8000-000000000001';
  const { conversations: count, messages } = size;
  const people = Math.ceil(count * 0.6);
  const steps: [string, string][] = [
    [
      'contacts',
      `insert into contacts (workspace_id, id, version, name, email, created_at)
       select '${workspaceId}', ${idOf(1, 'n')}, 1, case when n % 4 <> 0 then ${firstName('n')} || ' ' || ${lastName('n')} end,
         case when n % 3 <> 0 then lower(${firstName('n')} || '.' || ${lastName('n')}) || n || '@example.org' end, ${now}
       from generate_series(0::bigint, ${people - 1}) as n`,
    ],
    ['conversations', conversationsText(workspaceId, { count, people, messages, now })],
    [
      'messages',
      `insert into timeline (workspace_id, conversation_id, seq, id, at, kind, author_kind, author_id, text, client_id)
       select c.workspace_id, c.id, s, ${idOf(4, 'c.n * 100 + s')}, c.last_at - (${messages} - s) * 60000, 'message',
         case when s % 2 = 1 then 'contact' else 'agent' end, c.contact_id,
         ${saying('c.n * 100 + s')}, ${idOf(5, 'c.n * 100 + s')}
       from (select *, ${NUMBER} as n from conversations order by id) as c,
         generate_series(1::bigint, ${messages}) as s`,
    ],
    [
      'words',
      `insert into conversation_words (workspace_id, conversation_id, words)
       select c.workspace_id, c.id,
         ' ' || lower(coalesce(p.name, p.email, '') || ' ' || coalesce(p.email, '') || ' ' || ${saying(`c.n * 100 + ${messages}`)})
       from (select *, ${NUMBER} as n from conversations) as c
       join contacts p on p.workspace_id = c.workspace_id and p.id = c.contact_id`,
    ],
  ];
  const indexes = await takeIndexesDown(sql);
  for (const [what, text] of steps) {
    const begun = performance.now();
    await run(sql, text);
    // The next one joins what this one made.
    await run(sql, 'analyze');
    say(`  ${what}: ${((performance.now() - begun) / 1000).toFixed(1)} s`);
  }
  // All at once they are made in a tenth of the time.
  for (const { make } of indexes) await run(sql, make);
  await run(sql, 'vacuum analyze');
  return { workspaceId, inboxIds: await ids(sql, 2, INBOXES), agentIds: await ids(sql, 3, AGENTS) };
}

/** Those that forbid nothing; each with the statement that makes it again. */
async function takeIndexesDown(sql: Queries): Promise<{ name: string; make: string }[]> {
  const indexes = await run<{ name: string; make: string }>(
    sql,
    `select indexname as name, indexdef as make from pg_indexes
     where schemaname = current_schema() and tablename in ('conversations', 'timeline', 'conversation_words', 'contacts')
       and indexdef not like 'CREATE UNIQUE%'`,
  );
  for (const { name } of indexes) await run(sql, `drop index "${name}"`);
  return indexes;
}

function conversationsText(
  workspaceId: string,
  given: { count: number; people: number; messages: number; now: number },
): string {
  const { count, people, messages, now } = given;
  const { queued, taken, pending } = SHARES;
  // Unclosed ones lie evenly among the others, but are of the last three days; closed ones of a year.
  const share = some('n', 21, 1_000);
  const status = `case when ${share} < ${queued + taken} then 'open' when ${share} < ${queued + taken + pending} then 'pending' else 'closed' end`;
  return `insert into conversations (workspace_id, id, inbox_id, contact_id, seq, status, holder, assignee_id, participants, is_flagged,
      opened_at, queued_at, is_queued_in_front, closed_at, close_reason, closed_by_id, is_contact_final, last_side, last_at, last_seq,
      last_contact_at, waiting_since, contact_messages)
    select '${workspaceId}', ${idOf(6, 'n')}, ${idOf(2, `least(${some('n', 22, INBOXES)}, ${some('n', 23, INBOXES)})`)}, ${idOf(1, `n % ${people}`)}, ${messages},
      status, case when status = 'open' and ${share} < ${queued} then 'nobody' else 'agent' end,
      case when status <> 'open' or ${share} >= ${queued} then ${idOf(3, some('n', 24, AGENTS))} end,
      case when n % 20 = 0 then jsonb_build_array(jsonb_build_object('agentId', ${idOf(3, some('n', 25, AGENTS))}, 'joinedAt', ${now})) else '[]' end,
      n % 200 = 0, last_at - ${some('n', 26, 20 * HOUR)}, last_at - ${some('n', 26, 20 * HOUR)}, n % 500 = 0,
      case when status = 'closed' then last_at + ${HOUR} end, case when status = 'closed' then 'agent' end,
      case when status = 'closed' and n % 3 <> 0 then ${idOf(3, some('n', 27, AGENTS))} end, false,
      case when n % 2 = 0 then 'contact' else 'ours' end, last_at, ${messages}, last_at - ${some('n', 28, HOUR)},
      case when status = 'open' and n % 2 = 0 then last_at - ${some('n', 28, HOUR)} end, ${Math.ceil(messages / 2)}
    from (select n, ${status} as status, ${now} - case when ${share} < ${queued + taken + pending}
        then ${some('n', 29, 72 * HOUR)} else 72 * ${HOUR} + ${some('n', 30, 360 * 24 * HOUR)} end as last_at
      from generate_series(0::bigint, ${count - 1}) as n) as c
    on conflict do nothing`;
}

async function ids(sql: Queries, kind: number, count: number): Promise<string[]> {
  const rows = await run<{ id: string }>(
    sql,
    `select ${idOf(kind, 'n')} as id from generate_series(0::bigint, ${count - 1}) as n`,
  );
  return rows.map(({ id }) => id);
}
