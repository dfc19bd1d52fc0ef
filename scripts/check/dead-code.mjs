import { existsSync } from 'node:fs';
import path from 'node:path';
import { run, runAlone, tool } from './run.mjs';

/** Until its first file is there, nothing in a workspace is used yet. */
const beginnings = {
  contract: 'src/index.ts',
  sdk: 'src/index.ts',
  server: 'src/main.ts',
  desk: 'src/main.tsx',
  widget: 'src/loader.ts',
};

/** Demands that every file is reached from an entry and every export is used (knip.json). */
export async function checkDeadCode(root) {
  const { output } = await run(tool('knip'), ['--no-progress', '--reporter', 'json'], {
    cwd: root,
  });
  const report = parsed(output);
  if (!report) return { ok: false, says: output };
  const young = Object.keys(beginnings).filter((name) => !hasBegun(root, name));
  const complaints = report.issues
    .filter(({ file }) => !young.includes(file.split('/')[0]))
    .flatMap(sentences);
  if (complaints.length > 0) return { ok: false, says: complaints.join('\n') };
  return { ok: true, says: young.length > 0 ? `not looked into yet: ${young.join(', ')}` : '' };
}

function hasBegun(root, workspace) {
  return existsSync(path.join(root, workspace, beginnings[workspace]));
}

/** knip prints its report as one line of JSON, hints around it. */
function parsed(output) {
  const line = output.split('\n').find((candidate) => candidate.startsWith('{"issues"'));
  return line ? JSON.parse(line) : null;
}

const names = {
  files: 'nothing reaches this file',
  exports: 'nobody imports',
  types: 'nobody imports the type',
  duplicates: 'exported twice:',
  unresolved: 'cannot find',
};

function sentences({ file, ...kinds }) {
  return Object.entries(kinds).flatMap(([kind, found]) =>
    found.map((item) => {
      const what = Array.isArray(item) ? item.map(({ name }) => name).join(', ') : item.name;
      const line = item.line ? `:${item.line}` : '';
      return `${file}${line}  ${names[kind] ?? kind}${kind === 'files' ? '' : ` ${what}`}`;
    }),
  );
}

await runAlone(import.meta.url, checkDeadCode);
