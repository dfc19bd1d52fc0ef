import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

const SOURCES = fileURLToPath(new URL('../../widget/src', import.meta.url));

/** Left and right as words of a style; safe areas are the device's own sides. */
const SIDED =
  /(?<![-\w])((margin|padding|border|inset)-(left|right)|left|right|(float|clear|text-align)\s*:\s*(left|right))\s*[:;]/g;

it('R-9.1 no style of the widget says left or right, so that all of it can be mirrored', () => {
  const files = globSync('**/*.css', { cwd: SOURCES }).concat('loader/style.ts');
  expect(files.length).toBeGreaterThan(4);
  expect('a{left:0}'.match(SIDED)).not.toBeNull();
  for (const file of files) {
    const text = readFileSync(`${SOURCES}/${file}`, 'utf8');
    expect(text.match(SIDED) ?? [], file).toEqual([]);
  }
});
