import { afterAll, beforeAll, expect, it } from 'vitest';
import { createEngine, type Engine } from '../engine.ts';
import { createLogger } from '../platform/logger.ts';
import { run } from '../platform/store/connect.ts';
import { createTestDatabase, type TestDatabase } from '../testing/database.ts';
import { createSample } from './index.ts';
import { writeOnce } from './visitors.ts';

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

it('is a company: eight people, two teams, three inboxes, each conversation with one who serves its inbox', async () => {
  const [found] = await run<Record<string, number>>(
    engine.pool,
    `select (select count(*) from agents) as agents, (select count(*) from inboxes) as inboxes,
       (select count(*) from teams) as teams,
       (select count(*) from conversations c join inboxes i on i.id = c.inbox_id
        where c.assignee_id is not null and not i.member_ids ? c.assignee_id::text) as strangers,
       (select count(*) from timeline where at > (extract(epoch from clock_timestamp()) * 1000)) as future`,
  );
  expect(found).toEqual({ agents: 8, inboxes: 3, teams: 2, strangers: 0, future: 0 });
});

it('R-18.2 everybody in it has a face and languages', async () => {
  const rows = await run<{ picture: string; languages: string[]; size: number }>(
    engine.pool,
    `select a.picture, a.languages, length(p.bytes) as size
     from agents a join agent_pictures p on p.agent_id = a.id and p.hash = a.picture`,
  );
  expect(new Set(rows.map(({ picture }) => picture)).size).toBe(8);
  for (const { languages, size } of rows) {
    expect(languages.length).toBeGreaterThan(0);
    expect(size).toBeLessThan(6_000);
  }
});

it('the sample stands as told: dense timelines, and no deadline closes any of it', async () => {
  const read = () =>
    run<{ id: string; status: string; seq: number; entries: number }>(
      engine.pool,
      `select c.id, c.status, c.seq, (select count(*) from timeline t where t.conversation_id = c.id) as entries
       from conversations c order by c.id`,
    );
  const before = await read();
  expect(before.length).toBeGreaterThan(100);
  expect(new Set(before.map((row) => row.status))).toEqual(new Set(['open', 'pending', 'closed']));
  expect(before.map((row) => row.entries)).toEqual(before.map((row) => row.seq));
  await engine.sweeper.sweep();
  expect(await read()).toEqual(before);
});

it('shows what agents do: notes, flags, conversations handed on and waiting for a team', async () => {
  const [found] = await run<Record<string, number>>(
    engine.pool,
    `select (select count(*) from timeline where kind = 'note') as notes,
       (select count(*) from timeline where activity->>'what' = 'transferred') as passed,
       (select count(distinct label) from conversations, jsonb_array_elements_text(label_ids) as label) as labels,
       (select count(*) from conversations where status <> 'closed' and is_flagged) as flagged,
       (select count(*) from conversations where holder = 'nobody' and status = 'open' and team_id is not null) as queued,
       (select max(load) from (select count(*) as load from conversations where status = 'open' and assignee_id is not null
         group by assignee_id) as loads) as load`,
  );
  for (const shown of ['notes', 'passed', 'labels', 'flagged', 'queued'])
    expect(found?.[shown]).toBeGreaterThan(1);
  // nobody has more than they may.
  expect(found?.load).toBeLessThanOrEqual(5);
});

it('its customers write by themselves, in the sample alone', async () => {
  const count = async () =>
    (await engine.pool`select from timeline where kind = 'message' and author_kind = 'contact'`)
      .length;
  const before = await count();
  for (let turn = 0; turn < 5; turn += 1) expect(await writeOnce(engine)).toBe(true);
  expect(await count()).toBe(before + 5);

  const other = await createTestDatabase();
  const empty = createEngine({ databaseUrl: other.url, log: createLogger('fatal') });
  expect(await writeOnce(empty)).toBe(false);
  await empty.close();
  await other.drop();
});
