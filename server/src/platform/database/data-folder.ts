import { accessSync, constants, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { StartRefusal } from '../start-refusal.ts';

/** Makes sure that the data folder is there and can be written, or says in one line why not. */
export function prepareDataFolder(folder: string): void {
  const probe = path.join(folder, `.write-probe-${process.pid}`);
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    accessSync(folder, constants.W_OK | constants.X_OK);
    writeFileSync(probe, 'x');
    rmSync(probe);
  } catch (error) {
    throw new StartRefusal(
      `The data folder ${folder} cannot be written: ${reason(error as NodeJS.ErrnoException)}. ` +
        'Set DATA_DIR to a folder that can.',
    );
  }
}

function reason({ code, message }: NodeJS.ErrnoException): string {
  const known: Record<string, string> = {
    EACCES: 'it belongs to somebody else',
    EPERM: 'it belongs to somebody else',
    EROFS: 'it is on a read-only file system',
    ENOSPC: 'the disk is full',
    EDQUOT: 'the disk quota is used up',
    ENOTDIR: 'a part of its path is a file',
    EEXIST: 'it is a file',
  };
  return known[code ?? ''] ?? message;
}
