import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../testing/database.ts';
import { column, documentColumn, textColumn } from './columns.ts';
import { connect, type Pool, type Queries, run } from './connect.ts';

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

const special = fc.constantFrom(
  '',
  'null',
  'NULL',
  '{}',
  '"',
  '\\',
  ',',
  ' ',
  '\n',
  '{"a":1}',
  '\\"',
  "'",
);
const text = fc
  .oneof(
    special,
    fc.string({ unit: 'grapheme' }),
    fc.array(special).map((parts) => parts.join('')),
  )
  .filter((each) => !each.includes('\0'));
const number = fc.maxSafeInteger();

it('whatever is written as a column is read as it was', async () => {
  const row = fc.record({
    text: fc.option(text),
    number: fc.option(number),
    flag: fc.option(fc.boolean()),
    document: fc.option(fc.record({ text, list: fc.array(text) })),
  });
  const property = fc.asyncProperty(
    fc.array(row, { minLength: 1, maxLength: 10 }),
    async (rows) => {
      const found = await run(
        pool as unknown as Queries,
        'select * from unnest($1::text[], $2::bigint[], $3::boolean[], $4::jsonb[], $5::int[]) as t(text, number, flag, document, place)',
        [
          textColumn(rows, (each) => each.text),
          column(rows, (each) => each.number),
          column(rows, (each) => each.flag),
          documentColumn(rows, (each) => each.document),
          column(
            rows.map((_, place) => place),
            (place) => place,
          ),
        ],
      );
      expect(found.map((each) => ({ ...each }))).toEqual(
        rows.map((each, place) => ({ ...each, place })),
      );
    },
  );
  await fc.assert(property, { numRuns: 300 });
});
