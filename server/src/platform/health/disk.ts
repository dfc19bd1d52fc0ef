import { statfs } from 'node:fs/promises';

/** Below this PostgreSQL may soon be unable to write, in bytes: its log alone may take 512 MB. */
export const LOW_DISK = 1_000_000_000;

/** Room on the disk of a folder, for an ordinary user, in bytes; undefined where it can't be told. */
export async function freeBytes(folder: string): Promise<number | undefined> {
  try {
    const { bavail, bsize } = await statfs(folder);
    return bavail * bsize;
  } catch {
    return undefined;
  }
}
