import { z } from 'zod';

/**
 * A backup is a gzipped tar: first `deskbell.json` (who made it, and of which schema), then the rows of
 * each table in the text form of PostgreSQL's COPY, cut into `tables/<table>/<number>`, then the files
 * of the data folder as `files/<path>`, and last `manifest.json`, which lists all of it with checksums.
 * Without its last entry a file is torn, so a backup that was interrupted can't be taken for a whole one.
 */
export const FORMAT = 1;
export const HEADER = 'deskbell.json';
export const MANIFEST = 'manifest.json';

/** The first entry. Later formats may hold more; `product` and `format` stay. */
export const headerSchema = z.object({
  product: z.literal('deskbell'),
  format: z.int().positive(),
  /** Of the release that made it. */
  version: z.string(),
  /** ISO 8601, by the clock of the machine that made it. */
  madeAt: z.string(),
  migrations: z.array(z.object({ version: z.int(), name: z.string(), checksum: z.string() })),
});
export type Header = z.infer<typeof headerSchema>;

const partSchema = z.object({ name: z.string(), bytes: z.int().min(0), sha256: z.string() });

/** One entry of the archive as it was written. */
export type Part = z.infer<typeof partSchema>;

const tableSchema = z.object({
  name: z.string(),
  columns: z.array(z.string()),
  rows: z.int().min(0),
  parts: z.array(partSchema),
});

/** The last entry. Tables stand in an order in which their rows can be put in again. */
export const manifestSchema = z.object({
  tables: z.array(tableSchema),
  sequences: z.array(z.object({ name: z.string(), value: z.string(), isCalled: z.boolean() })),
  files: z.array(partSchema.extend({ mode: z.int() })),
});
export type Manifest = z.infer<typeof manifestSchema>;
export type TableParts = Manifest['tables'][number];

/** Where a file of the data folder stands in the archive. */
export const FILES = 'files/';
