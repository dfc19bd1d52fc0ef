import type { Inbox } from '@deskbell/contract';
import { expect, it } from 'vitest';
import { type Findable, found } from './topics.ts';

const findable = (name: string, title: string, words: string): Findable => ({
  inbox: { name } as Inbox,
  topic: 'look',
  title,
  words,
});
const all = [
  findable('Shop', 'Looks', 'colour launcher position'),
  findable('Shop', 'Domains', 'embed allowed'),
  findable('Trade', 'Looks', 'colour launcher position'),
];
const names = (typed: string) => found(all, typed, 'en').map((each) => all.indexOf(each));

it('R-9.2 settings are found by their name, by other words and by their inbox, in any case', () => {
  expect(names('COLOUR')).toEqual([0, 2]);
  expect(names(' shop  dom ')).toEqual([1]);
  expect(names('trade colour')).toEqual([2]);
  expect(names('')).toEqual([0, 1, 2]);
  expect(names('nothing like it')).toEqual([]);
});
