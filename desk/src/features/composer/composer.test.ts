import english from 'emojibase-data/en/compact.json' with { type: 'json' };
import shortNames from 'emojibase-data/en/shortcodes/github.json' with { type: 'json' };
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { emojiWordAt } from './completion.ts';
import { emojisOf, searchEmojis } from './emoji.ts';
import { type Format, toggled } from './formatting.ts';

/** `|` marks both ends of the selection. */
const selected = (marked: string) => {
  const [before = '', inner = '', after = ''] = marked.split('|');
  const start = before.length;
  return { text: before + inner + after, start, end: start + inner.length };
};
const shown = ({ text, start, end }: { text: string; start: number; end: number }) =>
  `${text.slice(0, start)}|${text.slice(start, end)}|${text.slice(end)}`;
const toggle = (marked: string, format: Format) => shown(toggled(selected(marked), format));

describe('R-5.1 formatting by keys', () => {
  it('puts markers around what is selected and takes them off again', () => {
    expect(toggle('say |hello| now', 'bold')).toBe('say **|hello|** now');
    expect(toggle('say **|hello|** now', 'bold')).toBe('say |hello| now');
    expect(toggle('say |**hello**| now', 'bold')).toBe('say |hello| now');
    expect(toggle('|x|', 'code')).toBe('`|x|`');
  });

  it('leaves blanks outside, and prepares a place where nothing is selected', () => {
    expect(toggle('say| hello |now', 'italic')).toBe('say _|hello|_ now');
    expect(toggle('say ||', 'bold')).toBe('say **||**');
  });

  it('puts one into the other', () => {
    expect(toggle('**|both|**', 'italic')).toBe('**_|both|_**');
    expect(toggle('**_|both|_**', 'italic')).toBe('**|both|**');
  });

  it('gives everything back when it is done twice', () => {
    const plain = fc.stringMatching(/^[a-z ]{1,20}$/).filter((text) => text.trim() !== '');
    fc.assert(
      fc.property(plain, fc.constantFrom<Format>('bold', 'italic', 'code'), (text, format) => {
        const once = toggled({ text, start: 0, end: text.length }, format);
        expect(toggled(once, format).text).toBe(text);
      }),
    );
  });
});

describe('an emoji by its name', () => {
  it('is meant after a colon that begins a word', () => {
    expect(emojiWordAt('so :smi', 7)).toEqual({ word: 'smi', start: 3, isClosed: false });
    expect(emojiWordAt(':smile:', 7)).toEqual({ word: 'smile', start: 0, isClosed: true });
    for (const text of ['at 10:30', 'http://x', 'so :', 'so :s', 'a:smile'])
      expect(emojiWordAt(text, text.length)).toBeNull();
  });

  it('is found by short name first, then by every word that describes it', () => {
    const emojis = emojisOf(english, shortNames);
    expect(emojis.length).toBeGreaterThan(1_500);
    expect(searchEmojis(emojis, 'smile', 1)[0]?.unicode).toBe('😄');
    expect(searchEmojis(emojis, '+1', 1)[0]?.unicode).toBe('👍️');
    expect(searchEmojis(emojis, 'red heart').map(({ unicode }) => unicode)).toContain('❤️');
    expect(searchEmojis(emojis, 'zzzz')).toEqual([]);
  });
});
