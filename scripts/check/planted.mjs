// Proves that the checks can fail: plants one crime after another, none of them in the work tree.
import { readModule } from './layers/module.mjs';
import { crimes, innocent } from './layers/planted-cases.mjs';
import { rules } from './layers/rules.mjs';
import { readModules, violations } from './layers.mjs';
import { plantInSteps } from './planted-steps.mjs';
import { runAlone } from './run.mjs';

/** Red when a crime stays unseen, when a rule has no crime, or when the innocent are accused. */
export async function checkPlanted(root) {
  const tree = new Map(readModules(root).map((module) => [module.path, module]));
  const complaints = [
    ...unprovenRules(),
    ...crimes.flatMap((crime) => unseen(tree, crime)),
    ...falselyAccused(tree),
    ...(await plantInSteps()),
  ];
  if (complaints.length > 0) return { ok: false, says: complaints.join('\n') };
  return {
    ok: true,
    says: `${crimes.length} crimes against ${rules.length} layer rules seen, and one or more against each step`,
  };
}

function unprovenRules() {
  const proven = new Set(crimes.map((crime) => crime.rule));
  const known = new Set(rules.map((rule) => rule.name));
  return [
    ...rules
      .filter(({ name }) => !proven.has(name))
      .map(({ name }) => `${name} has no planted case`),
    ...[...proven].filter((name) => !known.has(name)).map((name) => `${name} is no rule`),
  ];
}

function unseen(tree, { rule: name, files }) {
  const rule = rules.filter((candidate) => candidate.name === name);
  const isSeen = violations(withFiles(tree, files), rule).some(({ path }) => path in files);
  return isSeen ? [] : [`${name} does not see ${JSON.stringify(files)}`];
}

function falselyAccused(tree) {
  return violations(withFiles(tree, innocent))
    .filter(({ path }) => path in innocent)
    .map(({ rule, path, line, says }) => `${rule.name} accuses ${path}:${line} wrongly: ${says}`);
}

function withFiles(tree, files) {
  const overlay = new Map(tree);
  for (const [path, text] of Object.entries(files)) overlay.set(path, readModule(path, text));
  return [...overlay.values()];
}

await runAlone(import.meta.url, checkPlanted);
