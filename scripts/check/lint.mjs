import { run, runAlone, tool } from './run.mjs';

/** Biome's format and lint as biome.json says; a warning counts as much as an error. */
export async function checkLint(root) {
  const args = ['check', '--error-on-warnings', '--colors=off', '--max-diagnostics=50'];
  const { ok, output } = await run(tool('biome'), args, { cwd: root });
  return { ok, says: ok ? '' : output };
}

await runAlone(import.meta.url, checkLint);
