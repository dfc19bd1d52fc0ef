// `npm run dev`: the server, started anew when one of its sources changes, and the desk, which changes in the open page.
import { spawn } from 'node:child_process';
import { inRoot } from './prepare/root.mjs';

await import('./prestart.mjs');
const { buildIfStale } = await import('./build.mjs');
// The widget is served as it was built; the desk comes from Vite.
buildIfStale();

const node = inRoot('node_modules/.bin/node');
const start = (args, cwd) => spawn(node, args, { cwd, stdio: 'inherit' });
const children = [
  start(['--watch', '--watch-preserve-output', inRoot('server/src/main.ts')], inRoot()),
  start([inRoot('node_modules/vite/bin/vite.js')], inRoot('desk')),
];

let isEnding = false;
function end(code) {
  if (isEnding) return;
  isEnding = true;
  process.exitCode = code;
  for (const child of children) child.kill('SIGTERM');
}
for (const child of children) child.on('exit', (code) => end(code ?? 1));
// A terminal's Ctrl-C reaches the children as well; they finish what they are at.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => end(0));
