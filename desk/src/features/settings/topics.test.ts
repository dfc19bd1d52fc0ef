import { expect, it } from 'vitest';
import { found } from './topics.ts';

const findable = (where: string | null, title: string, words: string) => ({ where, title, words });
const all = [
  findable('Shop', 'Looks', 'colour launcher position'),
  findable('Shop', 'Domains', 'embed allowed'),
  findable('Trade', 'Looks', 'colour launcher position'),
  findable(null, 'Conversations', 'timeouts'),
];
const names = (typed: string) => found(all, typed, 'en').map((each) => all.indexOf(each));

it('R-9.2, R-18.3 settings are found by their name, by other words and by their place, in any case', () => {
  expect(names('COLOUR')).toEqual([0, 2]);
  expect(names(' shop  dom ')).toEqual([1]);
  expect(names('trade colour')).toEqual([2]);
  expect(names('timeout')).toEqual([3]);
  expect(names('')).toEqual([0, 1, 2, 3]);
  expect(names('nothing like it')).toEqual([]);
});
