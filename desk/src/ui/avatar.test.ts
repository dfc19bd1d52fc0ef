import { describe, expect, it } from 'vitest';
import { initials } from './avatar.tsx';

describe('initials', () => {
  it.each([
    ['Mara Lind', 'ML'],
    ['mara', 'M'],
    ['Ana María del Carmen Ruiz', 'AR'],
    ['mara.lind@example.org', 'M'],
    ['李 小龙', '李小'],
    ['Øyvind (Web)', 'ØW'],
    ['🙂 Mara', 'M'],
    ['   ', ''],
  ])('of %s', (name, expected) => {
    expect(initials(name)).toBe(expected);
  });
});
