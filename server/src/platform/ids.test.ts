import { expect, it } from 'vitest';
import { newId, newOrderedId } from './ids.ts';

const FORM = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

it('ids say when they were made, and those of one moment can say their order', () => {
  const ordered = Array.from({ length: 40_000 }, () => newOrderedId(1_700_000_000_000));
  expect(ordered).toEqual([...ordered].sort());
  expect(new Set(ordered).size).toBe(ordered.length);
  for (const id of [ordered[0], ordered.at(-1), newId(1_700_000_000_000)]) {
    expect(id).toMatch(FORM);
    expect(Number.parseInt(String(id).replace('-', '').slice(0, 12), 16)).toBe(1_700_000_000_000);
  }
});
