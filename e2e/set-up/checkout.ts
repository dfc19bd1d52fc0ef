import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

const original = path.resolve(import.meta.dirname, '../..');

/** Whether the tests may become other users and forbid namespaces. */
export const isRoot = process.getuid?.() === 0;

/** Containers often forbid root these two; what needs them is then left out, not failed. */
export const canMount = isRoot && spawnSync('unshare', ['--mount', 'true']).status === 0;
export const canEnterNamespaces = spawnSync('unshare', ['--user', 'true']).status === 0;

/** A temporary folder that every user may enter, and its removal. */
export function temporaryFolder(): { folder: string; remove(): void } {
  const folder = mkdtempSync(path.join(tmpdir(), 'deskbell-set-up-'));
  chmodSync(folder, 0o755);
  return { folder, remove: () => rmSync(folder, { recursive: true, force: true }) };
}

/** Copies what a clone would hold (and what is not yet committed) into that folder, without dependencies. */
export function cloneInto(folder: string): string {
  const list = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const files = execFileSync('git', list, { cwd: original, encoding: 'utf8' }).split('\0');
  mkdirSync(folder, { recursive: true });
  for (const file of files.filter(Boolean)) {
    const source = path.join(original, file);
    // A file deleted but not yet committed is still listed.
    if (!existsSync(source)) continue;
    cpSync(source, path.join(folder, file));
  }
  return folder;
}

/**
 * The same with dependencies and, unless it is to build them itself, with the pages of desk and widget: hard
 * links, which take no time and are files in their own right, unlike a symbolic link that leads out of the
 * copy. Change none of them in place: remove and write anew.
 */
export function checkoutInto(folder: string, { isBuilt = true } = {}): string {
  cloneInto(folder);
  for (const place of ['.', ...workspaces]) link(path.join(place, 'node_modules'), folder);
  if (isBuilt) for (const place of ['desk', 'widget']) link(path.join(place, 'dist'), folder);
  return folder;
}

const workspaces = ['contract', 'sdk', 'server', 'desk', 'widget'];

function link(place: string, folder: string): void {
  const [from, to] = [path.join(original, place), path.join(folder, place)];
  if (spawnSync('test', ['-d', from]).status !== 0) return;
  if (spawnSync('cp', ['-al', from, to]).status === 0) return;
  rmSync(to, { recursive: true, force: true });
  execFileSync('cp', ['-a', from, to]);
}

/** Makes it that user's own, as if he had cloned it; linked files stay root's, because they are the original's as well. */
export function giveTo(user: { uid: number; gid: number }, folder: string): void {
  const owner = `${user.uid}:${user.gid}`;
  execFileSync('find', [folder, '-type', 'd', '-exec', 'chown', owner, '{}', '+']);
  const own = ['-path', '*/node_modules/*', '-prune', '-o', '-type', 'f', '-links', '1'];
  execFileSync('find', [folder, ...own, '-exec', 'chown', owner, '{}', '+']);
}
