import { expect, it } from 'vitest';
import { languageFor } from './words.ts';

it.each([
  ['de', 'de'],
  ['de-AT', 'de-AT'],
  ['DE', 'de'],
  ['en-GB', 'en-GB'],
  ['fr', 'en'],
  ['', 'en'],
  ['de_not a tag', 'de'],
])('R-9.1 a page in %j has its chat in %j', (tag, locale) =>
  expect(languageFor(tag).locale).toBe(locale),
);

it('R-9.1 every text is there in every language, and none is empty', () => {
  const shown = (tag: string) =>
    Object.values(languageFor(tag).words).map((word) =>
      typeof word === 'function' ? word('Ann') : word,
    );
  for (const tag of ['en', 'de']) expect(shown(tag).filter((text) => !text.trim())).toEqual([]);
  expect(Object.keys(languageFor('de').words)).toEqual(Object.keys(languageFor('en').words));
});
