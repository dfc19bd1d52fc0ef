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
 * What npm itself recorded as installed, compared with the lock file: so that somebody who ran `npm ci`
 * or `npm install` doesn't wait for it again.
 */
function isInstalledByHand() {
  const record = inRoot('node_modules/.package-lock.json');
  if (!existsSync(record)) return false;
  const installed = JSON.parse(readFileSync(record, 'utf8')).packages;
  const locked = Object.entries(
    JSON.parse(readFileSync(inRoot('package-lock.json'), 'utf8')).packages,
  );
  const needed = locked.filter(
    ([place, { link, optional }]) => place.startsWith('node_modules/') && !link && !optional,
  );
  const wrong = Object.entries(installed).filter(([place, { link, version }]) => {
    const wanted = locked.find(([each]) => each === place)?.[1];
    return !link && wanted?.version !== version;
  });
  return wrong.length === 0 && needed.every(([place]) => installed[place]);
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
  const [program, ...before] = isNpm ? [process.execPath, own] : ['npm'];
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
