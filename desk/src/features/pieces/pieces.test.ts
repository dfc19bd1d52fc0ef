import { expect, it } from 'vitest';

const pieces = Object.keys(import.meta.glob('../../ui/*.tsx'));
const page = Object.values(
  import.meta.glob<string>('./*.tsx', { query: '?raw', import: 'default', eager: true }),
).join('\n');

/** The insides of another piece, or what stands once in the app and shows what a piece asks for. */
const insides = [
  '../../ui/fetched-later.tsx',
  '../../ui/menu-popup.tsx',
  '../../ui/popover-popup.tsx',
  '../../ui/search-box.tsx',
  '../../ui/toaster.tsx',
  '../../ui/tooltips.tsx',
];

it('every piece of ui/ is shown on the page of pieces', () => {
  expect(pieces.filter((piece) => !page.includes(`'${piece}'`)).sort()).toEqual(insides);
});
