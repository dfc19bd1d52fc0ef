import { describe, expect, it } from 'vitest';
import { de } from './texts/de.ts';
import { en } from './texts/en.ts';

type Texts = { [key: string]: string | Texts };

/** `['app:close', 'Close']` for every text, however deep. */
function flat(texts: Texts, path = ''): [string, string][] {
  return Object.entries(texts).flatMap(([key, value]) => {
    const name = path === '' ? key : `${path}.${key}`;
    return typeof value === 'string' ? [[name, value] as [string, string]] : flat(value, name);
  });
}

/** Words that are the same in both languages. */
const alike = new Set([
  'app.roles.admin',
  'app.roles.supervisor',
  'app.roles.agent',
  'people.online',
  'people.offline',
  'settings.install.tag',
  'app.first.tag',
  'settings.colors.indigo',
  'settings.colors.petrol',
  'settings.colors.pink',
  'settings.look.name',
]);

const english = new Map(flat(en));
const german = new Map(flat(de));
const filledIn = (text: string) => (text.match(/\{\{\w+\}\}/g) ?? []).sort();

describe('texts', () => {
  it('have the same keys in every language', () => {
    expect([...german.keys()].sort()).toEqual([...english.keys()].sort());
  });

  it('are translated, not copied', () => {
    const copied = [...english].filter(([key, text]) => german.get(key) === text);
    expect(copied.map(([key]) => key).filter((key) => !alike.has(key))).toEqual([]);
  });

  it('fill in the same values', () => {
    for (const [key, text] of english)
      expect([key, filledIn(german.get(key) ?? '')]).toEqual([key, filledIn(text)]);
  });

  it('are never empty', () => {
    for (const [key, text] of [...english, ...german])
      expect([key, text.trim()]).not.toEqual([key, '']);
  });
});
