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

const shown = (tag: string) =>
  Object.entries(languageFor(tag).words).map(
    ([key, word]) => [key, typeof word === 'function' ? word('Ann') : word] as const,
  );

it('R-9.1 every text is there in every language, and none is empty', () => {
  for (const tag of ['en', 'de']) expect(shown(tag).filter(([, text]) => !text.trim())).toEqual([]);
  expect(Object.keys(languageFor('de').words)).toEqual(Object.keys(languageFor('en').words));
});

it('R-9.1 every text is translated, not copied, and says the name that it is given', () => {
  const german = new Map(shown('de'));
  const copied = shown('en').filter(([key, text]) => german.get(key) === text);
  // Words that are the same in both languages.
  expect(copied.map(([key]) => key)).toEqual(['direction', 'chat', 'emoji', 'code']);
  const named = shown('en').filter(([, text]) => text.includes('Ann'));
  for (const [key] of named)
    expect([key, german.get(key)]).toEqual([key, expect.stringContaining('Ann')]);
});
