import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../testing/database.ts';
import { connect, type Pool, run } from './connect.ts';
import { copyOut } from './copy.ts';

let database: TestDatabase;
let pool: Pool;
beforeAll(async () => {
  database = await createTestDatabase();
  pool = connect(database.url, { max: 1, name: 'test' });
});
afterAll(async () => {
  await pool.end();
  await database.drop();
});

it('leaves a connection that can be asked again, however slowly and much was read', async () => {
  for (let count = 1; count < 2_400; count += 60) {
    const text = `copy (select repeat('x', 1000) from generate_series(1, ${count})) to stdout`;
    let bytes = 0;
    for await (const chunk of copyOut(pool, text)) {
      bytes += chunk.length;
      await delay(count % 3);
    }
    expect(bytes).toBe(count * 1_001);
    expect(await run(pool, 'select 1 as one')).toEqual([{ one: 1 }]);
  }
});
