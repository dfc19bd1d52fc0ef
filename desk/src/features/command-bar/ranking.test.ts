import { describe, expect, it } from 'vitest';
import { ranked } from './ranking.ts';

const items = [
  { words: ['Close the conversation'] },
  { words: ['Go to Closed'] },
  { words: ['Zoë Close', 'zoe@example.org'] },
  { words: ['Dark', 'Appearance'] },
];
const found = (query: string, limit = 10) =>
  ranked(items, query, limit).map(({ words }) => words[0]);

describe('what a search finds', () => {
  it('is everything, as it comes, before a letter is typed', () => {
    expect(found(' ', 2)).toEqual(['Close the conversation', 'Go to Closed']);
  });

  it('begins with what begins so', () => {
    expect(found('clos')).toEqual(['Close the conversation', 'Go to Closed', 'Zoë Close']);
    expect(found('goto')).toEqual([]);
  });

  it('holds every word, in any order, without case and accents', () => {
    expect(found('CLOSE zoe')).toEqual(['Zoë Close']);
    expect(found('appear dark')).toEqual(['Dark']);
    expect(found('dark close')).toEqual([]);
  });
});
