import { describe, expect, it } from 'vitest';
import { chordOf, conflictOf, shortcuts } from './shortcuts.ts';

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

  it('R-18.2 are bound to other keys, and those that another has are named', () => {
    expect(conflictOf({}, 'accept', 'y')).toBeUndefined();
    expect(conflictOf({}, 'accept', 'a')).toBeUndefined();
    expect(conflictOf({}, 'accept', 'x')).toBe('leave');
    expect(conflictOf({ leave: 'y' }, 'accept', 'x')).toBeUndefined();
    // Whoever presses g waits for what follows.
    expect(conflictOf({}, 'accept', 'g')).toBe('goToQueue');
    expect(conflictOf({}, 'goToQueue', 'a')).toBe('accept');
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
