import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { trackedFiles } from './files.mjs';
import { runAlone } from './run.mjs';

const rulesPage = 'docs/rules.md';
const number = /\bR-\d+(?:\.\d+)*\b/g;
const titled = /\b(?:it|test|describe)(?:\.\w+(?:\([^)]*\))?)*\(\s*(['"`])((?:(?!\1).)*)\1/gs;

/** How the page begins a rule. */
const stated = /^- \*\*(R-\d+(?:\.\d+)*)\*\*/gm;

/** Demands that every rule a test bears in its title is in force on the page of rules, and that a test bears each. */
export function checkRuleNumbers(root) {
  const page = path.join(root, rulesPage);
  if (!existsSync(page)) return { ok: true, says: `${rulesPage} is not there yet, skipped` };
  const text = readFileSync(page, 'utf8');
  const inForce = new Set(text.match(number));
  const borne = trackedFiles(root)
    .filter((file) => /\.(test|suite)\.(ts|tsx|mjs)$/.test(file) && !file.startsWith('scripts/'))
    .flatMap((file) => numbersInTitles(file, readFileSync(path.join(root, file), 'utf8')));
  const unknown = borne.filter((title) => !inForce.has(title.number));
  const tested = new Set(borne.map((title) => title.number));
  const untested = [...text.matchAll(stated)]
    .map(([, rule]) => rule)
    .filter((rule) => !tested.has(rule));
  const complaints = [
    ...unknown.map((title) => `${title.file}  ${title.number} is not in ${rulesPage}`),
    ...untested.map((rule) => `${rulesPage}  ${rule} is in no test's title`),
  ];
  return { ok: complaints.length === 0, says: complaints.join('\n') };
}

/** `[{ file, number: 'R-1.6' }]` */
export function numbersInTitles(file, text) {
  return [...text.matchAll(titled)].flatMap(([, , title]) =>
    (title.match(number) ?? []).map((found) => ({ file, number: found })),
  );
}

await runAlone(import.meta.url, checkRuleNumbers);
