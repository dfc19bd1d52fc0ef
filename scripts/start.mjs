// `npm start`: ready the checkout, build what browsers get, run the server. Arguments go to the server.
import { spawn } from 'node:child_process';
import { realpathSync } from 'node:fs';
import { inRoot } from './prepare/root.mjs';

// Once more after npm's own `prestart`, which it leaves out when told to ignore scripts; costs some 20 ms.
await import('./prestart.mjs');

const pinnedNode = inRoot('node_modules/.bin/node');
const isPinned = realpathSync(process.execPath) === realpathSync(pinnedNode);

if (isPinned) await serve();
else startAgain();

/** In this very process: one fewer to hold memory, and nobody between Ctrl-C and the server. */
async function serve() {
  const { buildIfStale } = await import('./build.mjs');
  buildIfStale();
  await import('../server/src/main.ts');
}

/** The pinned Node was not there yet when npm looked for one. */
function startAgain() {
  const itself = inRoot('scripts/start.mjs');
  const child = spawn(pinnedNode, [itself, ...process.argv.slice(2)], { stdio: 'inherit' });
  // A terminal's Ctrl-C reaches the child as well; it takes two at once for one.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => child.kill(signal));
  }
  child.on('exit', (code) => process.exit(code ?? 1));
}
