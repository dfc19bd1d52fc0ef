import { expect, it } from 'vitest';
import { csvOf } from './csv.ts';

it('R-18.3 a table is read back as it was, and nothing in it is a formula', () => {
  const rows = [
    ['When', 'Who'],
    ['a "b", c', 'two\nlines'],
    ['=cmd()', '-5'],
  ];
  expect(csvOf(rows)).toBe(`\uFEFFWhen,Who\r\n"a ""b"", c","two\nlines"\r\n'=cmd(),'-5\r\n`);
});
