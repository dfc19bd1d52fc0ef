import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { agents } from '../../accounts/index.ts';
import { conversations } from '../../conversations/index.ts';
import { inboxes } from '../../inboxes/index.ts';
import { answerOf, type Office, type OfficeServer, openOffice } from '../../testing/office.ts';
import { type Writer, Writers } from '../store/writers.ts';
import { SYSTEM } from './command.ts';
import { isWrittenElsewhere } from './flight.ts';

let office: Office;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());

const pick = <Item>(items: readonly Item[]): Item =>
  items[Math.floor(Math.random() * items.length)] as Item;

const agentKinds = [
  'message.send',
  'conversation.accept',
  'conversation.join',
  'conversation.leave',
  'conversation.mark-pending',
  'conversation.mark-open',
  'conversation.close',
  'conversation.reopen',
] as const;

/** Works through `count` commands, about a third of them refused by the rules. */
async function work(
  server: OfficeServer,
  shared: { visitors: ReturnType<Office['visitor']>[]; ids: string[]; count: number },
): Promise<string[]> {
  const codes: string[] = [];
  for (let done = 0; done < shared.count; done += 1) {
    const dice = Math.random();
    const conversationId = pick(shared.ids);
    if (dice < 0.35 || !conversationId) {
      const { conversationId: id } = answerOf(
        await server.act(pick(shared.visitors), 'message.receive', { text: `${done}` }),
      );
      if (!shared.ids.includes(String(id))) shared.ids.push(String(id));
    } else if (dice < 0.4) {
      await server.act(pick(shared.visitors), 'conversation.end', {});
    } else if (dice < 0.43) {
      await server.act(pick([office.ann, office.ben]), 'agent.rename', { name: `${done}` });
    } else if (dice < 0.46) {
      await server.act(SYSTEM, 'inbox.add-member', {
        inboxId: office.inboxId,
        agentId: office.ann.id,
      });
    } else {
      const kind = pick(agentKinds);
      const input = kind === 'message.send' ? { conversationId, text: 'ok' } : { conversationId };
      const result = await server.act(pick([office.ann, office.ben]), kind, input);
      if ('code' in result) codes.push(result.code);
    }
  }
  return codes;
}

it('R-5.2, R-1.10 two servers in each other’s way: no row is ever decided from what is no longer so', async () => {
  const servers = [office.open(), office.open()];
  const visitors = Array.from({ length: 5 }, () => office.visitor());
  const shared = { visitors, ids: [] as string[], count: 130 };
  // Eight at once on each: batches of both alternate all the time.
  const codes = (
    await Promise.all(
      servers.flatMap((server) => Array.from({ length: 8 }, () => work(server, shared))),
    )
  ).flat();

  const { pool, workspaceId } = office;
  const log = await office.log();
  expect(log.map(({ position }) => position)).toEqual(log.map((_, index) => index + 1));
  for (const server of servers) {
    expect(server.bugs).toEqual([]);
    expect(server.troubles).toEqual([]);
    expect(server.committed.length).toBeGreaterThan(50);
  }
  // A decision from a stale row would skip or repeat a version, and its entry would not fit the timeline.
  const versions = new Map<string, number>();
  for (const { id, version, kind } of log.filter((event) => !event.kind.startsWith('inbox.'))) {
    const before = versions.get(id) ?? (kind === 'agent.added' ? 0 : version - 1);
    expect([id, version]).toEqual([id, before + 1]);
    versions.set(id, version);
  }
  const rows = await conversations.load(pool, workspaceId, shared.ids);
  for (const row of rows) {
    const told = await pool<{ seq: number; what: string | null }[]>`
      select seq, activity ->> 'what' as what from timeline where conversation_id = ${row.id} order by seq`;
    expect(told.map(({ seq }) => seq)).toEqual(
      Array.from({ length: row.seq }, (_, index) => index + 1),
    );
    const messages = told.filter(({ what }) => what === null);
    expect(row.lastSeq).toBe(messages.at(-1)?.seq ?? null);
    // The last commit that touched it told of it exactly as it stands.
    const last = servers
      .flatMap(({ committed }) => committed)
      .filter(({ rows: rowsTold }) => rowsTold.get('conversations')?.has(row.id))
      .sort((a, b) => (a.events[0]?.position ?? 0) - (b.events[0]?.position ?? 0))
      .at(-1);
    expect(last?.rows.get('conversations')?.get(row.id)).toEqual(row);
  }
  expect(codes.every((code) => code !== 'failed' && code !== 'unavailable')).toBe(true);
  const [row] = await agents.load(pool, workspaceId, [office.ann.id]);
  expect(row?.version).toBe(versions.get(office.ann.id));
  expect((await inboxes.load(pool, workspaceId, [office.inboxId]))[0]?.memberIds).toHaveLength(2);
}, 60_000);

/** Counts the batches on trust, and those of them that failed since another server had written. */
class CountingWriters extends Writers {
  onTrust = 0;
  inVain = 0;
  private readonly counted = new WeakSet<Writer>();

  override async lend(): Promise<Writer> {
    const writer = await super.lend();
    if (this.counted.has(writer)) return writer;
    this.counted.add(writer);
    const unsafe = writer.direct.unsafe.bind(writer.direct);
    writer.direct.unsafe = ((text: string, ...rest: []) => {
      const query = unsafe(text, ...rest);
      if (text.includes('expect_head(')) this.count(query);
      return query;
    }) as typeof writer.direct.unsafe;
    return writer;
  }

  private count(query: { execute(): Promise<unknown> }): void {
    this.onTrust += 1;
    const execute = query.execute.bind(query);
    query.execute = () => {
      const running = execute();
      running.catch((error: unknown) => {
        if (isWrittenElsewhere(error)) this.inVain += 1;
      });
      return running;
    };
  }
}

it('R-5.2 two busy servers do most of their batches once: trust that was wrong is given more slowly', async () => {
  const writers = [new CountingWriters(office.url, 2), new CountingWriters(office.url, 2)];
  const servers = writers.map((each) => office.open({ writers: each }));
  const before = (await office.log()).length;
  const expected = new Map<string, string[]>();
  const chat = async (server: OfficeServer, count: number) => {
    const visitor = office.visitor();
    const sent = Array.from({ length: count }, (_, number) => `${number}`);
    let id: unknown;
    for (const text of sent)
      id = answerOf(await server.act(visitor, 'message.receive', { text })).conversationId;
    expected.set(String(id), sent);
  };
  // Alone, nearly everything goes on trust.
  const [first, second] = servers as [OfficeServer, OfficeServer];
  const [alone] = writers as [CountingWriters, CountingWriters];
  await Promise.all(Array.from({ length: 4 }, () => chat(first, 50)));
  expect(alone.onTrust).toBeGreaterThan(alone.inVain * 10 + 40);

  const [vain, done] = [alone.inVain, first.committed.length];
  await Promise.all(
    Array.from({ length: 120 }, (_, index) => chat(index % 2 ? first : second, 60)),
  );
  const batches = first.committed.length - done + second.committed.length;
  const inVain = writers.reduce((sum, each) => sum + each.inVain, 0) - vain;
  // What was in vain is done again. Without growing caution it was up to one batch in five.
  expect(batches).toBeGreaterThan(50);
  expect(inVain, `of ${batches} batches`).toBeLessThan(batches / 10);
  const log = await office.log();
  expect(log.map(({ position }) => position)).toEqual(log.map((_, index) => index + 1));
  expect(log.slice(before).filter(({ kind }) => kind === 'message.added')).toHaveLength(7_400);
  const stored = await office.messages();
  for (const [id, messages] of expected) expect(stored.get(id)).toEqual(messages);
}, 60_000);

it('R-5.2 a batch falls with the one it stands on, also where another server has written as much instead', async () => {
  const writers = new CountingWriters(office.url, 2);
  const [server, other] = [office.open({ writers }), office.open()];
  const [visitor, elsewhere] = [office.visitor(), office.visitor()];
  const write = (text: string) => server.act(visitor, 'message.receive', { text });
  answerOf(await other.act(elsewhere, 'message.receive', { text: 'elsewhere' }));
  const { conversationId } = answerOf(await write('one'));
  const sent = ['one'];
  while (writers.onTrust === 0) answerOf(await write(sent[sent.push('more') - 1] as string));
  const lockers = (count: number) =>
    vi.waitUntil(async () => {
      const [row] = await office.pool<{ count: number }[]>`
        select count(*)::int as count from pg_locks where locktype = 'advisory' and not granted
          and database = (select oid from pg_database where datname = current_database())`;
      return row?.count === count;
    });
  const before = writers.onTrust;
  const answers: ReturnType<typeof write>[] = [];
  await office.pool.begin(async (sql) => {
    await sql`select pg_advisory_xact_lock(hashtextextended(${office.workspaceId}::uuid::text, 0))`;
    // All wait for the lock: the other one first, then ours, with a second batch sent behind its first.
    answers.push(other.act(elsewhere, 'message.receive', { text: 'in between' }));
    await lockers(1);
    answers.push(write('four'));
    await lockers(2);
    answers.push(write('five'));
    await vi.waitUntil(() => writers.onTrust === before + 2);
  });
  for (const answer of await Promise.all(answers)) answerOf(answer);
  expect(writers.inVain).toBe(2);
  const id = String(conversationId);
  expect((await office.messages()).get(id)).toEqual([...sent, 'four', 'five']);
  const told = await office.pool<{ seq: number }[]>`
    select seq from timeline where conversation_id = ${id} order by seq`;
  expect(told.map(({ seq }) => seq)).toEqual(told.map((_, index) => index + 1));
});
