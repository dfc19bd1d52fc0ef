import { globSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { readModule } from './layers/module.mjs';
import { rules } from './layers/rules.mjs';
import { runAlone } from './run.mjs';

const roots = [
  'contract',
  'sdk',
  'server',
  'desk',
  'widget',
  'bench',
  'chaos',
  'e2e',
  'mutants',
  'scripts',
];
const notOurs = /(^|\/)node_modules\/|^[^/]+\/dist\//;

/** Demands that every import and write stays where the layout of the repository puts it. */
export function checkLayers(root) {
  const modules = readModules(root);
  const found = violations(modules);
  if (found.length > 0) return { ok: false, says: found.map(sentence).join('\n') };
  return { ok: true, says: `${rules.length} rules over ${modules.length} files` };
}

/** Every source file of the repository as the rules see it. */
export function readModules(root) {
  const aliases = readAliases(root);
  return globSync(`{${roots.join(',')}}/**/*.{ts,tsx,mjs}`, {
    cwd: root,
    exclude: (name) => notOurs.test(`${name}/`),
  })
    .map((file) => file.split(path.sep).join('/'))
    .filter((file) => !notOurs.test(file))
    .map((file) => readModule(file, readFileSync(path.join(root, file), 'utf8'), aliases));
}

/** What breaks which rule: `[{ rule, path, line, says }]`. */
export function violations(modules, from = rules) {
  return from.flatMap((rule) => rule.find(modules).map((violation) => ({ rule, ...violation })));
}

/** `#…` imports as each workspace's package.json declares them. */
function readAliases(root) {
  const manifests = globSync('*/package.json', { cwd: root });
  return Object.fromEntries(
    manifests.map((file) => {
      const { imports = {} } = JSON.parse(readFileSync(path.join(root, file), 'utf8'));
      return [path.dirname(file), imports];
    }),
  );
}

function sentence({ rule, path: file, line, says }) {
  return `${file}:${line}  ${says}\n    ${rule.name}: ${rule.why}`;
}

await runAlone(import.meta.url, checkLayers);
