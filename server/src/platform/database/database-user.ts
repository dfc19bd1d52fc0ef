import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { StartRefusal } from '../start-refusal.ts';
import type { PostgresBinaries } from './binaries.ts';

/**
 * As whom PostgreSQL runs. It refuses to run as root, so root either enters a user namespace in
 * which it is called something else (no extra user, no change of owner), or becomes a system user.
 * A user without a name (a container's arbitrary number) enters one as well, for initdb insists on a name.
 */
export type DatabaseUser =
  | { kind: 'self' }
  | { kind: 'namespace' }
  | { kind: 'system'; uid: number; gid: number };

/** A program with what must stand in front of it and how it is to be spawned. */
export interface Invocation {
  file: string;
  args: string[];
  as: { uid?: number; gid?: number };
}

/** How to run a program as that user. `unshare` replaces itself, so the process id stays PostgreSQL's own. */
export function runAs(user: DatabaseUser, file: string, args: string[]): Invocation {
  switch (user.kind) {
    case 'self':
      return { file, args, as: {} };
    case 'namespace':
      return { file: 'unshare', args: [...enterNamespace(), file, ...args], as: {} };
    case 'system':
      return { file, args, as: { uid: user.uid, gid: user.gid } };
  }
}

/**
 * initdb looks its user up by number and gives up when there is none of that name, so the namespace calls
 * us by a number that is known here; 1000, the usual one, is missing on a fresh server.
 */
function enterNamespace(): string[] {
  const [, , uid = '65534', gid = '65534'] = usersHere().find(([, , id]) => id !== '0') ?? [];
  return ['-U', `--map-user=${uid}`, `--map-group=${gid}`, '--'];
}

function usersHere(): string[][] {
  try {
    return readFileSync('/etc/passwd', 'utf8')
      .split('\n')
      .map((line) => line.split(':'))
      .filter(({ length }) => length === 7);
  } catch {
    return [];
  }
}

/** An existing database belongs to whom it belongs; only its owner may run it. */
export function ownerOf(databaseFolder: string): DatabaseUser {
  if (process.getuid?.() !== 0) return { kind: 'self' };
  const { uid, gid } = statSync(databaseFolder);
  return uid === 0 ? { kind: 'namespace' } : { kind: 'system', uid, gid };
}

/**
 * Whom root may become, best first; `canRun` tells which of them works. With sudo in somebody's closed
 * home, the owner of that home is the one who can enter it.
 */
export function candidates(dataFolder: string): DatabaseUser[] {
  if (process.getuid?.() !== 0) return [{ kind: 'self' }, { kind: 'namespace' }];
  return [{ kind: 'namespace' }, ...ownersAbove(dataFolder), ...systemUsers()];
}

function ownersAbove(folder: string): DatabaseUser[] {
  const { uid, gid } = statSync(folder);
  if (uid !== 0) return [{ kind: 'system', uid, gid }];
  return path.dirname(folder) === folder ? [] : ownersAbove(path.dirname(folder));
}

/** The users that Debian, Red Hat and Alpine have for a PostgreSQL, then the one who owns nothing. */
export function systemUsers(): DatabaseUser[] {
  return ['postgres', 'nobody'].flatMap((name) => {
    const [uid, gid] = ['-u', '-g'].map((flag) =>
      Number(spawnSync('id', [flag, name]).stdout?.toString() || Number.NaN),
    );
    return uid && gid ? [{ kind: 'system' as const, uid, gid }] : [];
  });
}

/**
 * Whether that user has a name, can run the programs, and reach (not list) the folder. Tried out, because
 * modes, mounts and policies all have a say.
 */
export function canRun(user: DatabaseUser, binaries: PostgresBinaries, folder: string): boolean {
  const script = 'id -un && test -x "$1" && exec "$2" --version';
  const words = ['-c', script, 'sh', folder, binaries.postgres];
  const { file, args, as } = runAs(user, '/bin/sh', words);
  return spawnSync(file, args, { ...as, cwd: '/', stdio: 'ignore' }).status === 0;
}

/** The line for a machine on which root can become nobody. */
export function nobodyToRunAs(): StartRefusal {
  if (process.getuid?.() !== 0) return cannotRunHere();
  return new StartRefusal(
    'PostgreSQL refuses to run as root, and neither user namespaces nor a system user (postgres, nobody) work here: ' +
      'start Deskbell as an ordinary user, or set DATABASE_URL.',
  );
}

function cannotRunHere(): StartRefusal {
  return new StartRefusal(
    `The embedded PostgreSQL does not run here as this user (${process.getuid?.()}): the user has no name in ` +
      '/etc/passwd, or the system lacks what the program needs. Set DATABASE_URL to a PostgreSQL (15 or newer) of your own.',
  );
}
