import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, rename, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { StartRefusal } from '../start-refusal.ts';
import { embeddedMajor, type PostgresBinaries } from './binaries.ts';
import { type DatabaseUser, runAs } from './database-user.ts';

/** A database folder on disk, who runs it and with which programs. */
export interface Cluster {
  folder: string;
  user: DatabaseUser;
  binaries: PostgresBinaries;
}

/** Secrets of a cluster and the port it last listened on; lives inside its folder, readable by its owner alone. */
export interface Access {
  password: string;
  adminPassword: string;
  port?: number;
}

/** `deskbell` owns the database and is no superuser, so that a hole in SQL is not a hole in the machine. */
const createOwnerAndDatabase = (password: string) =>
  `create role deskbell login password '${password}'\ncreate database deskbell owner deskbell\n`;

/** The database of a data folder. It may have had to move out of there; then a note says where it is. */
export function clusterFolderOf(dataFolder: string): string {
  const note = noteOf(dataFolder);
  return existsSync(note) ? readFileSync(note, 'utf8').trim() : path.join(dataFolder, 'postgres');
}

export const noteOf = (dataFolder: string): string => path.join(dataFolder, 'postgres-is-at');

/** Whether there is a finished database; a half-made one never has this name. */
export const isCluster = (folder: string): boolean => existsSync(path.join(folder, 'PG_VERSION'));

/** Whether the folder is there but closed to us: a database that somebody else started. */
export function isUnreadable(folder: string): boolean {
  try {
    readdirSync(folder);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EACCES';
  }
}

/** Refuses a folder that these programs cannot open, before anything touches it. */
export function assertMajor(folder: string): void {
  const found = readFileSync(path.join(folder, 'PG_VERSION'), 'utf8').trim();
  if (found === String(embeddedMajor)) return;
  throw new StartRefusal(
    `The database in ${folder} was made by PostgreSQL ${found}; this release brings PostgreSQL ${embeddedMajor}. ` +
      'Nothing was changed. Start the release that made it, back up there, and restore with this one.',
  );
}

/**
 * Makes a database under a temporary name and renames it when whole, so that an interrupted start
 * leaves nothing that looks finished. Two starts at once: the second to rename drops its own copy.
 */
export async function createCluster({ folder, user, binaries }: Cluster): Promise<void> {
  await removeHalfMade(folder);
  const draft = `${folder}.new-${process.pid}`;
  try {
    await makeCluster({ folder: draft, user, binaries });
    await rename(draft, folder).catch((error) => {
      if (!isCluster(folder)) throw error;
    });
  } finally {
    await rm(draft, { recursive: true, force: true });
    await rm(passwordFile(draft), { force: true });
  }
}

async function makeCluster({ folder, user, binaries }: Cluster): Promise<void> {
  const access = { password: secret(), adminPassword: secret() };
  await mkdir(folder, { mode: 0o700 });
  await writeFile(passwordFile(folder), access.adminPassword, { mode: 0o600 });
  own(user, folder, passwordFile(folder));
  const options = [
    '-D',
    folder,
    '-U',
    'postgres',
    `--pwfile=${passwordFile(folder)}`,
    ...initdbOptions,
  ];
  await run(runAs(user, binaries.initdb, options));
  await run(
    runAs(user, binaries.postgres, ['--single', '-D', folder, 'postgres']),
    createOwnerAndDatabase(access.password),
  );
  await writeAccess({ folder, user, binaries }, access);
}

/** Beside the folder: initdb insists on an empty one. */
const passwordFile = (folder: string) => `${folder}.password`;

/** UTF-8 order and case rules built into PostgreSQL: the same on every machine, unlike those of its C library. */
const initdbOptions = [
  '--encoding=UTF8',
  '--locale=C',
  '--locale-provider=builtin',
  '--builtin-locale=C.UTF-8',
  '--auth=scram-sha-256',
  '--text-search-config=simple',
  '--no-instructions',
];

async function removeHalfMade(folder: string): Promise<void> {
  const prefix = `${path.basename(folder)}.new-`;
  const leftovers = readdirSync(path.dirname(folder)).filter(
    (name) => name.startsWith(prefix) && isAbandoned(name),
  );
  for (const name of leftovers)
    await rm(path.join(path.dirname(folder), name), { recursive: true, force: true });
}

/** The name ends in the process that makes it: another start may be at it right now. */
function isAbandoned(name: string): boolean {
  const maker = Number(/\.new-(\d+)/.exec(name)?.[1]);
  if (!maker || maker === process.pid) return true;
  try {
    process.kill(maker, 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}

export function readAccess(folder: string): Access {
  return JSON.parse(readFileSync(accessFile(folder), 'utf8'));
}

export async function writeAccess({ folder, user }: Cluster, access: Access): Promise<void> {
  const draft = `${accessFile(folder)}.new`;
  await writeFile(draft, JSON.stringify(access), { mode: 0o600, flush: true });
  own(user, draft);
  await rename(draft, accessFile(folder));
}

const accessFile = (folder: string) => path.join(folder, 'deskbell-access.json');

function own(user: DatabaseUser, ...paths: string[]): void {
  if (user.kind === 'system') for (const each of paths) chownSync(each, user.uid, user.gid);
}

const secret = () => randomBytes(24).toString('base64url');

/** PostgreSQL's programs in a bare environment: no `PG…` or `LD_…` of the person who starts us leaks in, and messages are English. */
export const bareEnvironment = {
  PATH: process.env.PATH ?? '/usr/bin:/bin',
  LC_ALL: 'C',
  TZ: 'UTC',
};

function run({ file, args, as }: ReturnType<typeof runAs>, input = ''): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(file, args, {
      ...as,
      cwd: '/',
      env: bareEnvironment,
      stdio: ['pipe', 'pipe', 'pipe'],
    });
    let output = '';
    child.stdout.on('data', (chunk) => {
      output += chunk;
    });
    child.stderr.on('data', (chunk) => {
      output += chunk;
    });
    child.on('error', (error) => reject(cannotCreate(error.message)));
    child.on('close', (code) =>
      code === 0 && !/^.*(FATAL|ERROR): /m.test(output) ? resolve() : reject(cannotCreate(output)),
    );
    child.stdin.on('error', () => undefined); // it ended before it read: its exit code says why
    child.stdin.end(input);
  });
}

function cannotCreate(output: string): StartRefusal {
  if (output.includes('No space left on device')) {
    return new StartRefusal(
      'The disk is full: the database could not be made. Free some space and start again.',
    );
  }
  const line =
    output.split('\n').find((each) => /FATAL|ERROR|error:|could not|cannot/i.test(each)) ??
    output.trim();
  return new StartRefusal(`The embedded database could not be made: ${line.trim()}`);
}
