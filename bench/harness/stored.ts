import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Deskbell } from './deskbell.ts';
import { undoAtEnd } from './processes.ts';
import { say } from './report.ts';

/** What was counted at the agents, compared with what stands in the table. */
export interface Stored {
  delivered: number;
  found: number;
  inTable: number;
  distinct: number;
  /** How many of them one commit made durable together, on average. */
  perCommit: number;
}

/** A folder in which the generator leaves the ids of what it has counted, one file for each run. */
export function folderForIds(): string {
  const folder = mkdtempSync(path.join(tmpdir(), 'deskbell-bench-ids-'));
  undoAtEnd(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Every message that was counted stands in the table, each once, and nothing else but `others` does. */
export async function assertStored(
  { sql }: Deskbell,
  idsFolder: string,
  others: number,
): Promise<Stored> {
  await sql`create table if not exists counted (id uuid)`;
  let delivered = 0;
  for (const file of readdirSync(idsFolder)) {
    const ids = readFileSync(path.join(idsFolder, file), 'utf8').split('\n');
    delivered += ids.length;
    await sql`insert into counted select unnest(${ids}::uuid[])`;
  }
  const [found] = await sql<{ found: number; commits: number }[]>`
    select count(*)::int as found, count(distinct t.xmin::text)::int as commits
    from timeline t where kind = 'message' and id in (select id from counted)`;
  const [table] = await sql<{ inTable: number; distinct: number }[]>`
    select count(*)::int as "inTable", count(distinct client_id)::int as distinct
    from timeline where kind = 'message'`;
  const stored = {
    delivered,
    found: found?.found ?? 0,
    inTable: table?.inTable ?? 0,
    distinct: table?.distinct ?? 0,
    perCommit: Number(((found?.found ?? 0) / (found?.commits ?? 1)).toFixed(1)),
  };
  say(
    `in the table: ${stored.found} of ${delivered} delivered; ` +
      `${stored.inTable} messages, ${stored.distinct} distinct; ${stored.perCommit} per commit`,
  );
  const isWhole =
    stored.found === delivered &&
    stored.inTable === delivered + others &&
    stored.distinct === stored.inTable;
  if (!isWhole)
    throw new Error(`what was delivered is not what is stored: ${JSON.stringify(stored)}`);
  return stored;
}
