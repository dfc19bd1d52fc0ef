import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';

/**
 * What lies in a data folder without being kept: the database (its rows are), the note where it is,
 * drafts of one being made, probes, and what the file system puts there.
 */
const notKept = /^(postgres([-.].*)?|\..*|lost\+found)$/;

/** Paths, relative and with forward slashes, of the files that belong to a data folder. */
export function keptFilesIn(dataFolder: string): string[] {
  if (!statSync(dataFolder, { throwIfNoEntry: false })?.isDirectory()) return [];
  return readdirSync(dataFolder, { withFileTypes: true })
    .filter(({ name }) => !notKept.test(name))
    .flatMap((entry) => filesBelow(dataFolder, entry))
    .sort();
}

function filesBelow(
  root: string,
  entry: { name: string; isDirectory(): boolean; isFile(): boolean },
  below = '',
): string[] {
  const place = path.posix.join(below, entry.name);
  if (entry.isFile()) return [place];
  if (!entry.isDirectory()) return [];
  return readdirSync(path.join(root, place), { withFileTypes: true }).flatMap((inner) =>
    filesBelow(root, inner, place),
  );
}

/** Whether a path from an archive leads to a place inside a data folder that a backup may write. */
export function isKeptPath(file: string): boolean {
  const parts = file.split('/');
  return (
    !file.includes('\\') &&
    !file.includes('\0') &&
    parts.every((part) => part !== '' && part !== '.' && part !== '..') &&
    !notKept.test(parts[0] ?? '')
  );
}
