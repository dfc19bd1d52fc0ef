import { createHash } from 'node:crypto';
import type { Migration } from '../database/migrate.ts';
import { StartRefusal } from '../start-refusal.ts';
import {
  type ArchiveEntry,
  altered,
  noBackup,
  readArchive,
  readWhole,
  torn,
} from './archive-reader.ts';
import { isKeptPath } from './data-files.ts';
import {
  FILES,
  FORMAT,
  HEADER,
  type Header,
  headerSchema,
  MANIFEST,
  type Manifest,
  manifestSchema,
  type Part,
} from './format.ts';

/** A backup that was read to its end, and is what it was when it was written. */
export interface CheckedBackup {
  file: string;
  header: Header;
  manifest: Manifest;
}

/**
 * Reads the whole file and compares every entry with the manifest. Throws StartRefusal with what is wrong: no
 * backup, torn, altered, or made by a newer release than the one that knows `migrations`.
 */
export async function checkBackup(
  file: string,
  migrations: readonly Migration[],
): Promise<CheckedBackup> {
  const found: Part[] = [];
  let header: Header | undefined;
  let manifest: Manifest | undefined;
  for await (const entry of readArchive(file)) {
    if (manifest) throw altered(file);
    if (!header) header = await readHeader(file, entry, migrations);
    else if (entry.name === MANIFEST) manifest = await readManifest(file, entry);
    else found.push(await measure(entry));
  }
  if (!header) throw noBackup(file);
  if (!manifest) throw torn(file);
  if (!isSame(found, partsOf(manifest))) throw altered(file);
  if (!manifest.files.every(({ name }) => isKeptPath(name.slice(FILES.length))))
    throw altered(file);
  return { file, header, manifest };
}

/** All entries between the first and the last, in their order. */
export const partsOf = ({ tables, files }: Manifest): Part[] => [
  ...tables.flatMap(({ parts }) => parts),
  ...files,
];

async function readHeader(
  file: string,
  entry: ArchiveEntry,
  migrations: readonly Migration[],
): Promise<Header> {
  if (entry.name !== HEADER) throw noBackup(file);
  const header = headerSchema.safeParse(parsed(file, await readWhole(entry)));
  if (!header.success) throw noBackup(file);
  const { version, format, migrations: made } = header.data;
  const newest = Math.max(0, ...made.map((each) => each.version));
  if (format > FORMAT || newest > migrations.length)
    throw new StartRefusal(
      `${file} was made by a newer Deskbell (${version}, schema ${newest}); this release knows schema ${migrations.length}. ` +
        'Nothing was restored. Restore it with that release or a later one.',
    );
  for (const { version: number, checksum } of made)
    if (migrations[number - 1]?.checksum !== checksum)
      throw new StartRefusal(
        `${file} was made with another migration ${number} than this release has. Nothing was restored.`,
      );
  return header.data;
}

async function readManifest(file: string, entry: ArchiveEntry): Promise<Manifest> {
  const manifest = manifestSchema.safeParse(parsed(file, await readWhole(entry)));
  if (!manifest.success) throw altered(file);
  return manifest.data;
}

function parsed(file: string, content: Buffer): unknown {
  try {
    return JSON.parse(content.toString());
  } catch {
    throw altered(file);
  }
}

async function measure({ name, content }: ArchiveEntry): Promise<Part> {
  const hash = createHash('sha256');
  let bytes = 0;
  for await (const chunk of content) {
    hash.update(chunk);
    bytes += chunk.length;
  }
  return { name, bytes, sha256: hash.digest('hex') };
}

function isSame(found: readonly Part[], listed: readonly Part[]): boolean {
  return (
    found.length === listed.length &&
    found.every(({ name, bytes, sha256 }, index) => {
      const other = listed[index];
      return other?.name === name && other.bytes === bytes && other.sha256 === sha256;
    })
  );
}
