import path from 'node:path';
import { mutants } from 'virtual:mutants';
import { statuses } from '@deskbell/contract';
import { expect, it } from 'vitest';
import { transitions } from '../server/src/conversations/rules.ts';
import { type Gathered, gathered } from './gather.ts';
import { harmless, tests } from './targets.ts';

const awake = globalThis as { awake?: string };
for (const file of tests)
  await import(/* @vite-ignore */ path.join(import.meta.dirname, '..', file));

/** Whether any test notices what is wrong in this file now. Those that noticed most of it are asked first, and of the rest the quickest. */
async function isNoticed(file: string): Promise<boolean> {
  const kills = (test: Gathered) => test.kills.get(file) ?? 0;
  for (const test of gathered.toSorted(
    (left, right) => kills(right) - kills(left) || left.ms - right.ms,
  ))
    try {
      await test.run();
    } catch {
      test.kills.set(file, kills(test) + 1);
      return true;
    }
  return false;
}

const isHarmless = ({ was, replacement, file }: (typeof mutants)[number]) =>
  harmless.some(
    (each) =>
      each.was === was && each.becomes === replacement && [undefined, file].includes(each.file),
  );

it('no broken rule passes its tests', async () => {
  // It proves itself: all is well without a mutant, also the second time.
  awake.awake = '';
  for (const round of ['first', 'second'])
    for (const test of gathered)
      try {
        const begun = performance.now();
        await test.run();
        test.ms = performance.now() - begun;
      } catch (error) {
        const told = `${test.name}, run for the ${round} time, is red before anything is broken`;
        throw new Error(told, { cause: error });
      }
  expect(gathered.length).toBeGreaterThan(250);
  expect(mutants.length).toBeGreaterThan(1_000);

  const survivors: string[] = [];
  for (const mutant of mutants) {
    if (isHarmless(mutant)) continue;
    awake.awake = mutant.id;
    if (!(await isNoticed(mutant.file)))
      survivors.push(`${mutant.file}:${mutant.line} ${mutant.was} → ${mutant.replacement}`);
  }
  awake.awake = '';

  // The table of states is read when it is loaded, so it is changed in place.
  let cells = 0;
  for (const [command, row] of Object.entries(transitions) as [string, Record<string, unknown>][])
    for (const status of statuses) {
      const was = row[status];
      row[status] = typeof was === 'string' ? { refused: 'wrong-state' } : 'allowed';
      cells += 1;
      if (!(await isNoticed('transitions')))
        survivors.push(`transitions: ${command} when ${status}`);
      row[status] = was;
    }
  console.log(
    `${mutants.length} mutants and ${cells} cells of the table, by ${gathered.length} tests`,
  );
  expect(survivors).toEqual([]);
});
