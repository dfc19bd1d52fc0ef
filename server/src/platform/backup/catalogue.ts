import { type Queries, run } from '../store/connect.ts';

/** A table and the columns that are kept of it; those that the database computes are not. */
export interface TableShape {
  name: string;
  columns: string[];
}

/** An identifier as SQL wants it. */
export const quoted = (name: string) => `"${name.replaceAll('"', '""')}"`;

/** All tables of the schema, those that others refer to first. */
export async function readTables(sql: Queries): Promise<TableShape[]> {
  const tables = await run<TableShape>(
    sql,
    `select c.relname as name, jsonb_agg(a.attname order by a.attnum) as columns
     from pg_class c
     join pg_namespace n on n.oid = c.relnamespace
     join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
     where c.relkind = 'r' and n.nspname = current_schema()
     group by c.relname order by c.relname`,
  );
  const references = await run<{ from: string; to: string }>(
    sql,
    `select f.relname as "from", t.relname as "to" from pg_constraint k
     join pg_class f on f.oid = k.conrelid join pg_class t on t.oid = k.confrelid
     join pg_namespace n on n.oid = f.relnamespace
     where k.contype = 'f' and n.nspname = current_schema() and k.conrelid <> k.confrelid`,
  );
  return inOrder(tables, references);
}

function inOrder(
  tables: readonly TableShape[],
  references: readonly { from: string; to: string }[],
): TableShape[] {
  const ordered: TableShape[] = [];
  let left = [...tables];
  while (left.length > 0) {
    const names = new Set(left.map(({ name }) => name));
    const ready = left.filter(
      ({ name }) => !references.some(({ from, to }) => from === name && names.has(to)),
    );
    if (ready.length === 0)
      throw new Error(`tables refer to one another: ${[...names].join(', ')}`);
    ordered.push(...ready);
    left = left.filter((table) => !ready.includes(table));
  }
  return ordered;
}

export interface SequencePlace {
  name: string;
  /** As text: a sequence may go beyond what a number holds. */
  value: string;
  isCalled: boolean;
}

/** Where each sequence of the schema stands. */
export async function readSequences(sql: Queries): Promise<SequencePlace[]> {
  const names = await run<{ name: string }>(
    sql,
    `select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where c.relkind = 'S' and n.nspname = current_schema() order by c.relname`,
  );
  const places: SequencePlace[] = [];
  for (const { name } of names) {
    const [place] = await run<Omit<SequencePlace, 'name'>>(
      sql,
      `select last_value::text as value, is_called as "isCalled" from ${quoted(name)}`,
    );
    if (place) places.push({ name, ...place });
  }
  return places;
}
