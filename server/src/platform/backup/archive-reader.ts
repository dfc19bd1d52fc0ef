import { createReadStream } from 'node:fs';
import { createGunzip } from 'node:zlib';
import { extract } from 'tar-stream';
import { StartRefusal } from '../start-refusal.ts';

/** One entry of an archive; its content is read before the next one is asked for. */
export interface ArchiveEntry {
  name: string;
  mode: number;
  content: AsyncIterable<Buffer>;
}

/** The entries of an archive in their order. Throws StartRefusal when the file is torn, altered, or no archive. */
export async function* readArchive(file: string): AsyncGenerator<ArchiveEntry> {
  const source = createReadStream(file);
  const gunzip = createGunzip();
  const tar = extract();
  // `pipeline` would end at the first error without telling the iteration below which one it was.
  source.on('error', (error) => gunzip.destroy(error));
  gunzip.on('error', (error) => tar.destroy(error));
  source.pipe(gunzip).pipe(tar);
  try {
    for await (const entry of tar) {
      const { name, mode, type } = entry.header;
      if (type !== 'file') throw altered(file);
      const content = entry as unknown as AsyncIterable<Buffer>;
      yield { name, mode: mode ?? 0o600, content: readableOf(file, content) };
    }
  } catch (error) {
    throw unreadable(file, error as NodeJS.ErrnoException);
  } finally {
    source.destroy();
    gunzip.destroy();
    tar.destroy();
  }
}

/** The same, failing in our words. */
async function* readableOf(file: string, content: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  try {
    yield* content;
  } catch (error) {
    throw unreadable(file, error as NodeJS.ErrnoException);
  }
}

/** The whole content of a small entry. */
export async function readWhole({ content }: ArchiveEntry): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of content) chunks.push(chunk);
  return Buffer.concat(chunks);
}

/** The line for a file of which something is missing. */
export const torn = (file: string) =>
  new StartRefusal(`${file} is torn: its end is missing. Nothing was restored; take another copy.`);

/** The line for a file that is not as it was written. */
export const altered = (file: string) =>
  new StartRefusal(
    `${file} has been altered since it was written, or is damaged. Nothing was restored; take another copy.`,
  );

/** The line for a file that never was a backup. */
export const noBackup = (file: string) =>
  new StartRefusal(`${file} is no backup of Deskbell. Nothing was restored.`);

function unreadable(file: string, error: NodeJS.ErrnoException): Error {
  if (error instanceof StartRefusal) return error;
  const { code = '', message } = error;
  if (code === 'ENOENT') return new StartRefusal(`There is no file ${file}.`);
  if (code === 'EACCES') return new StartRefusal(`${file} cannot be read by this user.`);
  if (code === 'EISDIR') return new StartRefusal(`${file} is a folder, no backup.`);
  if (code === 'Z_BUF_ERROR' || message === 'Unexpected end of data') return torn(file);
  if (message === 'incorrect header check') return noBackup(file);
  if (code.startsWith('Z_') || /tar header|checksum/i.test(message)) return altered(file);
  return error;
}
