import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../testing/database.ts';
import { openUnsteadyLine, type UnsteadyLine } from '../../testing/unsteady-line.ts';
import { connect, type Pool, run } from './connect.ts';

let database: TestDatabase;
let line: UnsteadyLine;
let admin: Pool;
beforeAll(async () => {
  database = await createTestDatabase();
  line = await openUnsteadyLine(database.url);
  admin = connect(database.url, { max: 1, name: 'admin' });
});
afterAll(async () => {
  await admin.end();
  await line.close();
  await database.drop();
});

const codeOf = (error: unknown) => String((error as { code?: string }).code);
const ask = (pool: Pool) =>
  run(pool, 'select 1 as one').then(
    () => 'answered',
    (error: unknown) => codeOf(error),
  );

describe('a connection that dies', () => {
  it('fails what is asked of it, whenever that is, and is at once replaced', async () => {
    const pool = connect(line.url, { max: 1, name: 'test' });
    const heard = new Set<string>();
    for (let round = 0; round < 40; round += 1) {
      expect(await ask(pool)).toBe('answered');
      // Asked at every turn of the loop while the connection ends, so that each moment of it is met.
      const asked: Promise<string>[] = [];
      if (round % 2 === 0) line.cut();
      else
        await admin`select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and application_name = 'test'`;
      for (let turn = 0; turn < 12; turn += 1) {
        await new Promise(setImmediate);
        asked.push(ask(pool));
      }
      line.mend();
      for (const code of await Promise.all(asked)) heard.add(code);
      for (let tries = 0; (await ask(pool)) !== 'answered'; tries += 1)
        expect(tries).toBeLessThan(20);
    }
    // The driver's own sign of a connection that it can no longer use.
    expect([...heard]).not.toContain('CONNECT_TIMEOUT');
    await pool.end({ timeout: 1 });
  }, 60_000);

  it('fails a transaction that was under way, and harms nothing else', async () => {
    const pool = connect(line.url, { max: 2, name: 'test' });
    for (let round = 0; round < 10; round += 1) {
      const begun = pool.begin(async (sql) => {
        await sql`select 1`;
        line.cut();
        await sql`select pg_sleep(0.01)`;
      });
      expect(await begun.then(() => 'done', codeOf)).not.toBe('done');
      line.mend();
      for (let tries = 0; (await ask(pool)) !== 'answered'; tries += 1)
        expect(tries).toBeLessThan(20);
    }
    await pool.end({ timeout: 1 });
  }, 60_000);
});
