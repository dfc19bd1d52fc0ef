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
const alike = [
  'account.profile.name',
  'app.presence.states.offline',
  'app.presence.states.online',
  'app.roles.admin',
  'app.roles.agent',
  'app.roles.supervisor',
  'audit.fields.domains',
  'audit.fields.name',
  'audit.inLanguage',
  'audit.topics.teams',
  'board.offline',
  'board.online',
  'contactPanel.name',
  'contactPanel.team',
  'conversation.composer.formats.code',
  'conversation.emoji.groups.smileys',
  'conversation.emoji.title',
  'conversation.passOn.online',
  'conversation.passOn.teams',
  'conversation.standing.change',
  'conversation.standing.label',
  'conversation.system',
  'lists.filter.team',
  'notifications.titles.message',
  'people.offline',
  'settings.colors.code',
  'settings.colors.indigo',
  'settings.colors.petrol',
  'settings.colors.pink',
  'settings.look.name',
  'settings.look.pixels',
  'settings.look.wordDefault',
  'settings.members.teams',
  'settings.preview.here',
  'settings.save.now',
  'settings.topics.domains.title',
  'teams.title',
  'workspaces.new.name',
];

const english = new Map(flat(en));
const german = new Map(flat(de));
/** What a text is given. One of a thing may be a word instead of its number. */
const filledIn = (key: string, text = '') =>
  (text.match(/\{\{\w+\}\}/g) ?? [])
    .filter((name) => !(key.endsWith('_one') && name === '{{count}}'))
    .sort();

describe('texts', () => {
  it('have the same keys in every language', () => {
    expect([...german.keys()].sort()).toEqual([...english.keys()].sort());
  });

  it('are translated, not copied', () => {
    const copied = [...english].filter(([key, text]) => german.get(key) === text);
    expect(copied.map(([key]) => key).sort()).toEqual(alike);
  });

  it('fill in the same values', () => {
    for (const [key, text] of english)
      expect([key, filledIn(key, german.get(key))]).toEqual([key, filledIn(key, text)]);
  });

  it('are never empty', () => {
    for (const [key, text] of [...english, ...german])
      expect([key, text.trim()]).not.toEqual([key, '']);
  });
});
