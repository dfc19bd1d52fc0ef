import { readFileSync } from 'node:fs';
import { statuses } from '@deskbell/contract';
import { expect, it } from 'vitest';
import { transitions } from './rules.ts';

const document = new URL('../../../docs/rules.md', import.meta.url);

/** The table as it has to stand in docs/rules.md between its two marks. */
function printed(): string {
  const cell = (effect: string | { refused: string }) =>
    typeof effect === 'string' ? effect : `refused: ${effect.refused}`;
  const rows = Object.entries(transitions).map(
    ([command, effects]) =>
      `| \`${command}\` | ${statuses.map((each) => cell(effects[each])).join(' | ')} |`,
  );
  return [`| command | ${statuses.join(' | ')} |`, '|---|---|---|---|', ...rows].join('\n');
}

it('docs/rules.md shows the table of states as the rules have it', () => {
  const text = readFileSync(document, 'utf8');
  const block = text.split('<!-- transitions -->')[1]?.split('<!-- /transitions -->')[0];
  expect(block?.trim()).toBe(printed());
});
