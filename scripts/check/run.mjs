import { spawn } from 'node:child_process';
import { realpathSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** The checkout these scripts belong to. */
export const repository = fileURLToPath(new URL('../../', import.meta.url));

/** A tool of the checkout's own node_modules, wherever it is run. */
export const tool = (name) => path.join(repository, 'node_modules', '.bin', name);

/** Runs a command to its end; never throws for its exit code. `output` is stdout and stderr as they came. */
export function run(command, args, { cwd = repository, env = process.env } = {}) {
  return new Promise((resolve) => {
    const child = spawn(command, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (text) => {
      output += text;
    });
    child.stderr.setEncoding('utf8').on('data', (text) => {
      output += text;
    });
    child.on('error', (error) => resolve({ ok: false, output: `${command}: ${error.message}` }));
    child.on('close', (code) => resolve({ ok: code === 0, output: output.trim() }));
  });
}

/** Lets a check be started alone: `node scripts/check/<step>.mjs` prints what it says and exits. */
export async function runAlone(url, check) {
  const started = process.argv[1] && realpathSync(process.argv[1]);
  if (started !== fileURLToPath(url)) return;
  const { ok, says } = await check(repository);
  if (says) console.log(says);
  process.exitCode = ok ? 0 : 1;
}
