import { afterEach, describe, expect, it, vi } from 'vitest';
import { isolated } from './isolated.ts';

afterEach(() => vi.unstubAllGlobals());
const pageRuns = (dir: string) => vi.stubGlobal('document', { documentElement: { dir } });

describe('on a page from left to right', () => {
  it('A name that runs the same way stays as it was written', () => {
    pageRuns('ltr');
    expect(isolated('Ångström (2)')).toBe('Ångström (2)');
  });

  it.each([
    ['Arabic', 'مُحمّد'],
    ['Hebrew', 'Ann שלום'],
    ['Adlam, beyond the first plane', '𞤀𞤣𞤤𞤢𞤥'],
  ])('A name with %s in it keeps its direction to itself', (_, name) => {
    pageRuns('ltr');
    expect(isolated(name)).toBe(`\u2068${name}\u2069`);
  });
});

describe('on a page from right to left', () => {
  it('Every name keeps its direction to itself, and figures stay bare', () => {
    pageRuns('rtl');
    expect(isolated('Ann')).toBe('\u2068Ann\u2069');
    expect(isolated('12')).toBe('12');
  });
});

it('Where there is no page, names from right to left are kept apart all the same', () => {
  vi.stubGlobal('document', undefined);
  expect(isolated('שלום')).toBe('\u2068שלום\u2069');
});
