import { globSync } from 'node:fs';
import path from 'node:path';
import { run, runAlone, tool } from './run.mjs';

const projects = ['contract', 'sdk', 'server', 'desk', 'widget', '.'];

/** Type-checks every project, side by side. One that has no source yet is passed over by name. */
export async function checkTypes(root) {
  const [filled, empty] = partition(projects, (project) => hasSource(root, project));
  const results = await Promise.all(
    filled.map((project) =>
      run(tool('tsc'), ['-p', path.join(root, project), '--pretty', 'false'], { cwd: root }),
    ),
  );
  const complaints = results.filter((result) => !result.ok).map((result) => result.output);
  if (complaints.length > 0) return { ok: false, says: complaints.join('\n') };
  return { ok: true, says: empty.length > 0 ? `no source yet in ${empty.join(', ')}` : '' };
}

function hasSource(root, project) {
  if (project === '.') return true;
  return globSync('src/**/*.{ts,tsx}', { cwd: path.join(root, project) }).length > 0;
}

function partition(items, belongs) {
  return [items.filter(belongs), items.filter((item) => !belongs(item))];
}

await runAlone(import.meta.url, checkTypes);
