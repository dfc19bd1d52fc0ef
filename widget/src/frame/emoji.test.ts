import { expect, it } from 'vitest';
import { emojis, isEmojiOnly } from './emoji.ts';

it.each(['👍', '👍🎉', '❤️ ❤️ ❤️', '🇳🇴', '👩‍🚀', '🤷🏽‍♀️'])('R-9.1 %s alone is shown large', (text) =>
  expect(isEmojiOnly(text)).toBe(true),
);

it.each(['', ' ', '1', '123', '#', '*', '👍 yes', '👍👍👍👍', ':)'])(
  'R-9.1 %j is an ordinary message',
  (text) => expect(isEmojiOnly(text)).toBe(false),
);

it('each emoji is offered once, in full rows of eight', () => {
  expect(new Set(emojis).size).toBe(emojis.length);
  expect(emojis.length % 8).toBe(0);
  expect(emojis.filter((each) => !isEmojiOnly(each))).toEqual([]);
});
