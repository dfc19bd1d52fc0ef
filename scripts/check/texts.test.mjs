import { expect, it } from 'vitest';
import { tracesIn } from './place.mjs';
import { numbersInTitles } from './rule-numbers.mjs';

const machinePath = ['', 'root', 'deskbell'].join('/');

it('sees a path of one machine, and not an address or a path in a project that ends alike', () => {
  expect(tracesIn('a.md', `one\nsee ${machinePath}`)).toEqual([
    `a.md:2  a path of one machine: ${machinePath.slice(0, 7)}`,
  ]);
  expect(tracesIn('a.md', `https://desk.example${machinePath} and ./docs${machinePath}`)).toEqual(
    [],
  );
  expect(tracesIn('a.md', 'registry of commands, registry.add(x)')).toEqual([]);
});

it('reads rule numbers from titles alone, however the test is called', () => {
  const text = `
    it('R-1.6 closes', f); // R-9.1 is only mentioned
    it.each([1, 2])(\`R-2.10 of %s\`, f);
    describe("R-3 and R-4.1.2", () => test.skip('without a number', f));
    const text = 'R-9.2';`;
  expect(numbersInTitles('a.test.ts', text).map(({ number }) => number)).toEqual([
    'R-1.6',
    'R-2.10',
    'R-3',
    'R-4.1.2',
  ]);
});
