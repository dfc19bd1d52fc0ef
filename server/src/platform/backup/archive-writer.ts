import { createHash } from 'node:crypto';
import { createWriteStream, existsSync } from 'node:fs';
import { open, readdir, rename, rm, stat } from 'node:fs/promises';
import path from 'node:path';
import { Readable, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { pack } from 'tar-stream';
import { StartRefusal } from '../start-refusal.ts';
import type { Part } from './format.ts';

interface Entry {
  name: string;
  bytes: number;
  mode: number;
}

/** Writes an archive beside its final name, which it bears only once it is whole and on the disk. */
export class ArchiveWriter {
  private readonly tar = pack();
  private readonly file: string;
  private readonly draft: string;
  private readonly written: Promise<void>;
  private readonly signal: AbortSignal | undefined;
  private failure: unknown;

  private constructor(file: string, draft: string, signal: AbortSignal | undefined) {
    this.file = file;
    this.draft = draft;
    this.signal = signal;
    const sink = createWriteStream(draft, { flags: 'r+', flush: true });
    this.written = pipeline(Readable.from(this.tar), createGzip(), sink).catch((error) => {
      this.failure = error;
      this.tar.destroy();
    });
  }

  /** Throws StartRefusal when that file is there already, or can't be written; all that follows throws once `signal` aborts. */
  static async open(file: string, signal?: AbortSignal): Promise<ArchiveWriter> {
    if (existsSync(file))
      throw new StartRefusal(`${file} is there already: choose another name, or move it away.`);
    const draft = path.join(path.dirname(file), `.${path.basename(file)}${ending}${process.pid}`);
    try {
      await clearAway(path.dirname(file));
      await (await open(draft, 'wx', 0o600)).close();
    } catch (error) {
      throw cannotWrite(file, error);
    }
    return new ArchiveWriter(file, draft, signal);
  }

  /** Adds an entry; resolves when there is room for the next. */
  async add(name: string, content: Buffer, mode = 0o600): Promise<Part> {
    const sha256 = createHash('sha256').update(content).digest('hex');
    await this.take({ name, bytes: content.length, mode }, [content]);
    return { name, bytes: content.length, sha256 };
  }

  /** Adds an entry of exactly `bytes` from a stream. */
  async addStream(entry: Entry, content: AsyncIterable<Buffer>): Promise<Part> {
    const hash = createHash('sha256');
    const hashed = async function* () {
      for await (const chunk of content) {
        hash.update(chunk);
        yield chunk;
      }
    };
    await this.take(entry, hashed());
    return { name: entry.name, bytes: entry.bytes, sha256: hash.digest('hex') };
  }

  private async take(
    { name, bytes, mode }: Entry,
    content: Iterable<Buffer> | AsyncIterable<Buffer>,
  ): Promise<void> {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    const entry = this.tar.entry({ name, size: bytes, mode, mtime: new Date(0) }, (error) =>
      error ? reject(error) : resolve(),
    ) as unknown as Writable;
    // They fail together with what they are written into, and that is told below.
    promise.catch(() => undefined);
    entry.on('error', () => undefined);
    for await (const chunk of content) {
      this.signal?.throwIfAborted();
      if (this.failure) break;
      if (!entry.write(chunk)) await Promise.race([drained(entry), this.written]);
    }
    if (!this.failure) {
      entry.end();
      await Promise.race([promise, this.written]);
    }
    if (this.failure) throw cannotWrite(this.file, this.failure);
  }

  /** Gives the whole archive its name. */
  async finish(): Promise<void> {
    this.tar.finalize();
    await this.written;
    if (this.failure) throw cannotWrite(this.file, this.failure);
    this.signal?.throwIfAborted();
    await rename(this.draft, this.file);
    const folder = await open(path.dirname(this.file), 'r');
    await folder.sync().finally(() => folder.close());
  }

  /** Leaves nothing behind. */
  async drop(): Promise<void> {
    this.tar.destroy();
    await this.written;
    await rm(this.draft, { force: true });
  }
}

/** Before the number of the process that writes it. */
const ending = '.deskbell-part-';
const DAY_MS = 86_400_000;

/** What killed backups have left there. A day old: the folder may be shared with other machines, whose processes we can't see. */
async function clearAway(folder: string): Promise<void> {
  for (const name of await readdir(folder)) {
    if (!name.startsWith('.') || !name.includes(ending)) continue;
    const place = path.join(folder, name);
    const { mtimeMs } = await stat(place).catch(() => ({ mtimeMs: Date.now() }));
    if (Date.now() - mtimeMs > DAY_MS) await rm(place, { force: true });
  }
}

const drained = (entry: Writable) =>
  new Promise<void>((resolve) => void entry.once('drain', resolve));

const reasons: Record<string, string> = {
  ENOENT: 'there is no such folder',
  ENOTDIR: 'a part of its path is a file',
  EACCES: 'this user may not write there',
  EPERM: 'this user may not write there',
  EROFS: 'it is on a read-only file system',
  ENOSPC: 'the disk is full',
  EDQUOT: 'the disk quota is used up',
};

function cannotWrite(file: string, error: unknown): Error {
  const known = reasons[(error as NodeJS.ErrnoException).code ?? ''];
  return known
    ? new StartRefusal(`The backup ${file} cannot be written: ${known}. Nothing was kept of it.`)
    : (error as Error);
}
