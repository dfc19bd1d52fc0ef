import { expect } from 'vitest';

/** A test of a file that is run again and again: what it is called and what it does. */
export interface Gathered {
  name: string;
  run(): unknown;
  /** How many mutants it has noticed, by the file that they are in. */
  kills: Map<string, number>;
  /** How long it takes. */
  ms: number;
}

/** Stands in the place of Vitest for the files whose tests are gathered instead of run. */
export const gathered: Gathered[] = [];

const add = (name: string, run: () => unknown) =>
  void gathered.push({ name, run, kills: new Map(), ms: 0 });

export const it = Object.assign(add, {
  each: (cases: readonly unknown[]) => (name: string, run: (...given: never[]) => unknown) => {
    for (const each of cases)
      add(name, () => run(...((Array.isArray(each) ? each : [each]) as never[])));
  },
});
export const describe = (_name: string, tests: () => void): void => tests();
export { expect };
