// `npm start`: ready the checkout, build what browsers get, run the server. Arguments go to the server.
import { spawn } from 'node:child_process';
import { inRoot } from './prepare/root.mjs';

const runsTypeScript = Number(process.versions.node.split('.')[0]) >= 24;

if (runsTypeScript) await serve();
else await again();

/** In this very process: one fewer to hold memory, and nobody between Ctrl-C and the server. */
async function serve() {
  const { buildIfStale } = await import('./build.mjs');
  await buildIfStale();
  await import('../server/src/main.ts');
}

/**
 * Under an older Node: npm was told to ignore scripts, so that `prestart` did not run, or the pinned Node was
 * missing when npm looked for it.
 */
async function again() {
  await import('./prestart.mjs');
  const child = spawn(
    inRoot('node_modules/.bin/node'),
    [import.meta.filename ?? inRoot('scripts/start.mjs'), ...process.argv.slice(2)],
    { stdio: 'inherit' },
  );
  // A terminal's Ctrl-C reaches the child as well; it takes two at once for one.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'])
    process.on(signal, () => child.kill(signal));
  child.on('exit', (code, signal) => process.exit(code ?? (signal ? 1 : 0)));
}
