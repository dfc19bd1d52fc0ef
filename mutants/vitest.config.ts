import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { Plugin } from 'vite';
import { defineProject } from 'vitest/config';
import { type Mutation, mutationsOf, withSleeping } from './mutations.mjs';
import { targets, tests } from './targets.ts';

const root = path.resolve(import.meta.dirname, '..');
const gather = path.join(import.meta.dirname, 'gather.ts');

interface Mutant extends Mutation {
  /** Its file, and which of the file's: the same in every run, for what is transformed once may be kept. */
  id: string;
  file: string;
  line: number;
  was: string;
}

const mutants: Mutant[] = [];
for (const file of targets) {
  const text = readFileSync(path.join(root, file), 'utf8');
  for (const [index, mutation] of mutationsOf(file, text).entries())
    mutants.push({
      ...mutation,
      id: `${file}#${index}`,
      file,
      line: text.slice(0, mutation.start).split('\n').length,
      was: text.slice(mutation.start, mutation.end),
    });
}

/** Puts all mutations to sleep in the rules, and gathers the tests of the rules. */
const plugin: Plugin = {
  name: 'mutants',
  enforce: 'pre',
  resolveId(id, importer) {
    if (id === 'virtual:mutants') return '\0mutants';
    const isGathered = importer !== undefined && tests.includes(path.relative(root, importer));
    return id === 'vitest' && isGathered ? gather : null;
  },
  load(id) {
    if (id === '\0mutants') return `export const mutants = ${JSON.stringify(mutants)};`;
    const own = mutants.filter(({ file }) => path.join(root, file) === id);
    return own.length > 0 ? withSleeping(readFileSync(id, 'utf8'), own) : null;
  },
};

export default defineProject({
  root,
  plugins: [plugin],
  test: {
    name: 'mutants',
    include: ['mutants/mutants.test.ts'],
    testTimeout: 240_000,
    sequence: { groupOrder: 0 },
  },
});
