import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { answerOf, handlersWith, type Office, openOffice } from '../../testing/office.ts';
import { openUnsteadyLine } from '../../testing/unsteady-line.ts';
import { run } from '../store/connect.ts';
import { begin, commit, Writers } from '../store/writers.ts';
import { handler } from './command.ts';
import { put, type Table } from './table.ts';

let office: Office;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());

/** Resolves when a promise's condition, asked again whenever `news` comes, holds. */
async function until(holds: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await holds())) await new Promise(setImmediate);
}

const pipelineBackends = () => office.pool<{ pid: number }[]>`
  select pid from pg_stat_activity where datname = current_database() and application_name = 'deskbell pipeline'`;

const kill = (pid: number) => office.pool`select pg_terminate_backend(${pid})`;

async function expectDense(): Promise<void> {
  const positions = (await office.log()).map(({ position }) => position);
  expect(positions).toEqual(positions.map((_, index) => index + 1));
}

describe('an unknown outcome is neither acknowledged nor failed', () => {
  it('R-5.2 the commit was done and nobody heard of it: it is answered as it was done, once', async () => {
    const line = await openUnsteadyLine(office.url);
    const recovered: string[] = [];
    const server = office.open({
      url: line.url,
      connections: 1,
      onRecovered: (id) => void recovered.push(id),
    });
    const visitor = office.visitor();
    answerOf(await server.act(visitor, 'message.receive', { text: 'first' }));
    const told = server.committed.length;
    const lost = line.loseAnswer('COMMIT');
    const second = server.act(visitor, 'message.receive', { text: 'second' });
    await lost;
    const result = await second;
    const { conversationId, seq } = answerOf(result);
    expect(seq).toBe(3);
    expect((await office.messages()).get(String(conversationId))).toEqual(['first', 'second']);
    // Its own streams were not told by the commit: whoever follows the log is asked to look.
    expect(server.committed).toHaveLength(told);
    expect(recovered).toEqual([office.workspaceId]);
    expect('code' in result ? 0 : result.position).toBe((await office.log()).at(-1)?.position);
    await server.close();
    await line.close();
  });

  it('R-5.2 the connection dies under statements of the batch: nothing of it stays, and it is done again', async () => {
    const line = await openUnsteadyLine(office.url);
    const server = office.open({ url: line.url, connections: 1 });
    const visitor = office.visitor();
    answerOf(await server.act(visitor, 'message.receive', { text: 'first' }));
    const lost = line.loseAnswer('BEGIN');
    const second = server.act(visitor, 'message.receive', { text: 'second' });
    await lost;
    const { conversationId } = answerOf(await second);
    expect((await office.messages()).get(String(conversationId))).toEqual(['first', 'second']);
    await expectDense();
    await server.close();
    await line.close();
  });

  it('R-5.2 whatever is killed whenever: nothing lost, doubled or reordered', async () => {
    const server = office.open({ connections: 1 });
    const writers = Array.from({ length: 6 }, () => ({
      visitor: office.visitor(),
      sent: [] as string[],
      conversationId: '',
    }));
    let isOver = false;
    const sending = writers.map(async (writer) => {
      for (let index = 0; index < 60; index += 1) {
        const { conversationId } = answerOf(
          await server.act(writer.visitor, 'message.receive', { text: `${index}` }),
        );
        writer.sent.push(`${index}`);
        writer.conversationId = String(conversationId);
      }
    });
    let kills = 0;
    const killing = (async () => {
      for (; !isOver; kills += 1) {
        const before = server.committed.length;
        await until(() => isOver || server.committed.length >= before + 3);
        for (const { pid } of await pipelineBackends()) await kill(pid);
      }
    })();
    await Promise.all(sending);
    isOver = true;
    await killing;
    expect(server.troubles.length).toBeGreaterThan(0);
    expect(kills).toBeGreaterThan(5);
    const messages = await office.messages();
    for (const { conversationId, sent } of writers)
      expect(messages.get(conversationId)).toEqual(sent);
    await expectDense();
  });
});

describe('the database is away for a while', () => {
  it('commands wait, and go on when it is back', async () => {
    const line = await openUnsteadyLine(office.url);
    const server = office.open({ url: line.url });
    const visitor = office.visitor();
    answerOf(await server.act(visitor, 'message.receive', { text: 'before' }));
    line.cut();
    const during = ['one', 'two', 'three'].map((text) =>
      server.act(visitor, 'message.receive', { text }),
    );
    await until(() => server.troubles.length >= 2);
    line.mend();
    const [first] = (await Promise.all(during)).map(answerOf);
    expect((await office.messages()).get(String(first?.conversationId))).toEqual([
      'before',
      'one',
      'two',
      'three',
    ]);
    await server.close();
    await line.close();
  });

  it('a lock that another connection holds is waited for', async () => {
    const server = office.open();
    const isHeld = Promise.withResolvers<void>();
    const release = Promise.withResolvers<void>();
    const holding = office.pool.begin(async (sql) => {
      await sql`select pg_advisory_xact_lock(hashtextextended(${office.workspaceId}, 0))`;
      isHeld.resolve();
      await release.promise;
    });
    await isHeld.promise;
    let isAnswered = false;
    const waiting = server.act(office.visitor(), 'message.receive', { text: 'hi' }).finally(() => {
      isAnswered = true;
    });
    const isBlocked = async () =>
      (
        await office.pool`select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`
      ).length > 0;
    await until(isBlocked);
    expect(isAnswered).toBe(false);
    release.resolve();
    await holding;
    answerOf(await waiting);
    expect(server.troubles).toEqual([]);
  });

  it('a lock that is held too long is asked for again', async () => {
    const server = office.open();
    const isHeld = Promise.withResolvers<void>();
    const release = Promise.withResolvers<void>();
    const holding = office.pool.begin(async (sql) => {
      await sql`select pg_advisory_xact_lock(hashtextextended(${office.workspaceId}, 0))`;
      isHeld.resolve();
      await release.promise;
    });
    await isHeld.promise;
    const waiting = server.act(office.visitor(), 'message.receive', { text: 'hi' });
    await until(() => server.troubles.length > 0);
    release.resolve();
    await holding;
    answerOf(await waiting);
  }, 20_000);
});

describe('failures of statements', () => {
  /** A table whose first writings fail with a code of PostgreSQL. */
  function failing(codes: string[]): Table<{ id: string }> {
    return {
      name: 'nothing',
      key: (row) => row.id,
      load: () => Promise.resolve([]),
      insert: () => {
        const code = codes.shift();
        // A division by zero in disguise: `with` takes no `do` block, so a function raises.
        return {
          text: `insert into parked_events select '', $1::uuid, 0, raise_code($2), 0 where $2 <> ''`,
          parameters: [randomUUID(), code ?? ''],
        };
      },
    };
  }
  const writing = (codes: string[]) => {
    const table = failing(codes);
    return handler({
      kind: 'agent.rename',
      needs: () => [],
      decide: () => ({ puts: [put(table, { id: randomUUID() })], events: [], answer: {} }),
    });
  };
  beforeAll(
    () => office.pool`
    create function raise_code(code text) returns text language plpgsql volatile as $$
    begin raise exception 'as asked' using errcode = code; end $$`,
  );

  it.each(['40001', '40P01', '55P03'])('%s: the same batch is sent again', async (code) => {
    const server = office.open({ handlers: handlersWith(writing([code, code])) });
    expect(answerOf(await server.act(office.ann, 'agent.rename', { name: 'Anne' }))).toEqual({});
    expect(server.troubles).toHaveLength(2);
    expect(server.bugs).toEqual([]);
  });

  it.each(['53100', '53200'])('%s: callers are told to come back', async (code) => {
    const server = office.open({ handlers: handlersWith(writing([code])) });
    expect(await server.act(office.ann, 'agent.rename', { name: 'Anne' })).toMatchObject({
      code: 'unavailable',
    });
    answerOf(await server.act(office.ann, 'agent.rename', { name: 'Anne' }));
  });

  it('23505: the caller is at fault, and alone', async () => {
    const server = office.open({ handlers: handlersWith(writing(['23505', '23505'])) });
    const [guilty, innocent] = await Promise.all([
      server.act(office.ann, 'agent.rename', { name: 'Anne' }),
      server.act(office.visitor(), 'message.receive', { text: 'hi' }),
    ]);
    expect(guilty).toMatchObject({ code: 'failed' });
    answerOf(innocent);
  });
});

describe('the pipeline’s connections', () => {
  it('cannot write outside a transaction', async () => {
    const writers = new Writers(office.url, 1);
    const writer = await writers.lend();
    const write = () =>
      run(writer, `insert into drafts values ($1, $1, $1, 1, '')`, [randomUUID()]);
    await expect(write()).rejects.toMatchObject({ code: '25006' });
    const backend = begin(writer);
    await write();
    await commit(writer, backend);
    writers.takeBack(writer);
    await writers.close();
  });

  it('a commit counts only on the backend that began', async () => {
    const writers = new Writers(office.url, 1);
    const writer = await writers.lend();
    const backend = begin(writer);
    await run(writer, `insert into drafts values ($1, $1, $1, 1, '')`, [randomUUID()]);
    await kill(await backend);
    await until(
      async () =>
        (await office.pool`select from pg_stat_activity where pid = ${await backend}`).length === 0,
    );
    // The driver quietly opens another connection.
    const isAnswered = () => run(writer, 'select 1').then(Boolean, () => false);
    await until(isAnswered);
    await expect(commit(writer, backend)).rejects.toMatchObject({ code: 'CONNECTION_CLOSED' });
    writers.takeBack(writer);
    await writers.close();
  });
});
