import { readModules } from '../check/layers.mjs';

const browsers = ['playwright-core'];

/** The test files that reach a browser through their imports, however far: they need one to run. */
export function testsThatNeedABrowser(root) {
  const modules = new Map(readModules(root).map((module) => [module.path, module]));
  return [...modules.keys()]
    .filter((file) => /\.test\.(ts|tsx|mjs)$/.test(file))
    .filter((file) => reachesBrowser(modules, file));
}

function reachesBrowser(modules, start) {
  const seen = new Set([start]);
  for (const file of seen) {
    for (const { to, package: name, isType } of modules.get(file)?.imports ?? []) {
      if (isType) continue;
      if (browsers.includes(name)) return true;
      if (to !== null) seen.add(to);
    }
  }
  return false;
}
