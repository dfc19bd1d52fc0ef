import type { Pool, Queries } from './connect.ts';

type Act<Result> = (sql: Pool) => Promise<Result>;

/**
 * Gives a pool a `begin` of our own. With the driver's (3.4.9), a connection that ends under a
 * transaction is written to once more where nobody can catch what that throws, and the server ends
 * with it. Here each transaction has a client of one connection, which may quietly open another: what
 * follows then runs outside any transaction, where it can't write, and the commit is not accepted.
 */
export function withTransactions(pool: Pool, openOne: () => Pool, most: number): Pool {
  const clients: Pool[] = [];
  const free: Pool[] = [];
  const waiting: ((client: Pool) => void)[] = [];
  const end = pool.end.bind(pool);

  function lend(): Pool | Promise<Pool> {
    const client = free.pop();
    if (client) return client;
    if (clients.length >= most) return new Promise((resolve) => waiting.push(resolve));
    const opened = openOne();
    clients.push(opened);
    return opened;
  }

  async function begin<Result>(...given: [Act<Result>] | [string, Act<Result>]): Promise<Result> {
    const act = given.at(-1) as Act<Result>;
    const mode = given.length === 2 ? given[0] : 'read write';
    const client = await lend();
    try {
      return await transact(client, mode, act);
    } finally {
      const next = waiting.shift();
      if (next) next(client);
      else free.push(client);
    }
  }

  return Object.assign(pool, {
    begin: begin as unknown as Pool['begin'],
    // Bounded: one whose connection has died would wait for an answer to its last question.
    async end({ timeout = 5 }: { timeout?: number } = {}) {
      await Promise.all([end({ timeout }), ...clients.map((client) => client.end({ timeout }))]);
    },
  });
}

/** `mode`: as after `begin`, for instance `isolation level repeatable read read only`. */
export async function transact<Sql extends Queries, Result>(
  client: Sql,
  mode: string,
  act: (sql: Sql) => Promise<Result>,
): Promise<Result> {
  try {
    const backend = backendOf(await say(client, `begin ${mode}`));
    const result = await act(client);
    if (backendOf(await say(client, 'commit')) !== backend) throw lost();
    return result;
  } catch (error) {
    // A dead connection can't, and its database has done so already.
    await say(client, 'rollback').catch(() => undefined);
    throw error;
  }
}

/** Where another connection answered than the one that began. Bears a code that is worth a repetition. */
export const lost = () =>
  Object.assign(new Error('the connection was lost before its commit'), {
    code: 'CONNECTION_CLOSED',
  });

/** The driver tells with each result which backend answered. */
export function backendOf(result: object): number {
  return (result as { state?: { pid?: number } }).state?.pid ?? Number.NaN;
}

const say = (client: Queries, text: string) => client.unsafe(text, [], { prepare: true }).execute();
