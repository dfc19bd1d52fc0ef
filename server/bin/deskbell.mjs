#!/usr/bin/env node
// `npx deskbell …`. In a checkout it readies what is missing, as `npm start` does, and goes on with the Node it pins.
import { spawn } from 'node:child_process';
import { existsSync, realpathSync } from 'node:fs';
import module from 'node:module';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** By then everything is loaded. */
const FLUSH_MS = 5_000;

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
const inRoot = (...parts) => path.join(root, ...parts);

const prestart = inRoot('scripts/prestart.mjs');
// Not in an image, where all of this was done when it was built.
const isCheckout = existsSync(prestart);
if (isCheckout) await import(prestart);

const pinnedNode = inRoot('node_modules/.bin/node');
const isOurs =
  !existsSync(pinnedNode) || realpathSync(process.execPath) === realpathSync(pinnedNode);

if (isOurs) await run();
else startAgain();

/** In this very process: one fewer to hold memory, and nobody between Ctrl-C and the server. */
async function run() {
  // No word at all is a question, other than for `npm start`.
  if (process.argv.length === 2) process.argv.push('help');
  const isStart = process.argv[2] === 'start' || process.argv[2]?.startsWith('--demo');
  if (isCheckout && isStart) (await import(inRoot('scripts/build.mjs'))).buildIfStale();
  keepCompiled();
  await import('../src/main.ts');
}

/** What was compiled once is read the next time, which takes half as long. */
function keepCompiled() {
  const directory = inRoot('node_modules/.cache/compiled');
  // Where that can't be written to, all is compiled anew; a copy elsewhere finds it as well.
  module.enableCompileCache({ directory, portable: true });
  // A server may never come to the orderly end at which it is written.
  setTimeout(() => module.flushCompileCache(), FLUSH_MS).unref();
}

/** The pinned Node was not there yet, or npm found another one first. */
function startAgain() {
  const itself = fileURLToPath(import.meta.url);
  const child = spawn(pinnedNode, [itself, ...process.argv.slice(2)], { stdio: 'inherit' });
  // A terminal's Ctrl-C reaches the child as well; it takes two at once for one.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => child.kill(signal));
  }
  child.on('exit', (code) => process.exit(code ?? 1));
}
