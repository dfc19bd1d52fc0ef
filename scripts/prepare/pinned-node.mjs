import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  copyFileSync,
  existsSync,
  linkSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import path from 'node:path';
import { NotReady } from './not-ready.mjs';
import { inRoot } from './root.mjs';

const packageFolder = inRoot('node_modules/node');
const binary = path.join(packageFolder, 'bin/node');
const command = inRoot('node_modules/.bin/node');

/** Does what the install script of the npm package `node` would have done: fetch this platform's program, link it. */
export function repairNode() {
  const { version } = JSON.parse(readFileSync(path.join(packageFolder, 'package.json'), 'utf8'));
  if (runs(command, version)) return;
  if (!runs(binary, version)) placeBinary(version);
  linkCommand();
  if (runs(command, version)) return;
  throw new NotReady(
    `Node ${version} does not run here. Try: cd "${packageFolder}" && node installArchSpecificPackage.js`,
  );
}

function runs(program, version) {
  if (!existsSync(program)) return false;
  const isOurselves =
    process.execPath === program ||
    (process.versions.node === version && isSameFile(process.execPath, program));
  return (
    isOurselves ||
    spawnSync(program, ['--version'], { encoding: 'utf8' }).stdout?.trim() === `v${version}`
  );
}

function isSameFile(one, other) {
  const [a, b] = [lstatSync(one), lstatSync(other)];
  return a.ino === b.ino && a.dev === b.dev;
}

function placeBinary(version) {
  const fetched = path.join(packageFolder, 'node_modules', platformPackage(), 'bin/node');
  if (existsSync(fetched)) chmodSync(fetched, 0o755);
  if (!runs(fetched, version)) fetchBinary(version);
  mkdirSync(path.dirname(binary), { recursive: true });
  rmSync(binary, { force: true });
  linkOrCopy(fetched, binary);
  chmodSync(binary, 0o755);
}

function fetchBinary(version) {
  process.stderr.write(`Fetching Node ${version} ...\n`);
  const wanted = `${platformPackage()}@${version}`;
  const args = [
    'install',
    '--no-save',
    '--ignore-scripts',
    '--no-audit',
    '--no-fund',
    '--force',
    '--loglevel=error',
    wanted,
  ];
  const { status } = spawnSync('npm', args, {
    cwd: packageFolder,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  if (status !== 0)
    throw new NotReady(
      `Node ${version} could not be fetched. Try: cd "${packageFolder}" && npm ${args.join(' ')}`,
    );
}

/** As the package's own script names them. */
function platformPackage() {
  const prefix = process.platform === 'darwin' && process.arch === 'arm64' ? 'node-bin' : 'node';
  return `${prefix}-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
}

function linkOrCopy(from, to) {
  try {
    linkSync(from, to);
  } catch {
    copyFileSync(from, to);
  }
}

/** npm makes this link only if the program is there when it looks. */
function linkCommand() {
  mkdirSync(path.dirname(command), { recursive: true });
  rmSync(command, { force: true });
  symlinkSync(path.relative(path.dirname(command), binary), command);
}
