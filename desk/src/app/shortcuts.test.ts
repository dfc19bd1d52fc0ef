import { describe, expect, it } from 'vitest';
import { chordOf, shortcuts } from './shortcuts.ts';

const press = (key: string, held: { metaKey?: boolean; ctrlKey?: boolean } = {}) =>
  chordOf({ key, metaKey: false, ctrlKey: false, ...held });

describe('shortcuts', () => {
  it('mean one thing each', () => {
    const keys = Object.values(shortcuts).map((shortcut) => shortcut.keys);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it('never begin with a key that is one by itself', () => {
    const keys: string[] = Object.values(shortcuts).map((shortcut) => shortcut.keys);
    const begins = keys.filter((each) => each.includes(' ')).map((each) => each.split(' ')[0]);
    for (const first of begins) expect(keys).not.toContain(first);
  });

  it('take a letter whatever its case, and say ⌘ and Ctrl alike', () => {
    expect(press('J')).toBe('j');
    expect(press('?')).toBe('?');
    expect(press('Enter')).toBe('enter');
    expect(press('ArrowDown')).toBe('down');
    expect(press('k', { metaKey: true })).toBe('mod+k');
    expect(press('k', { ctrlKey: true })).toBe('mod+k');
  });
});
