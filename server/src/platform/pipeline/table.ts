import type { Queries } from '../store/connect.ts';
import type { Statement } from '../store/statement.ts';

/**
 * How the pipeline reads and writes the rows of one table. A capability defines it in its `sql.ts`;
 * a batch then loads all wanted rows by one query and writes all changed ones by one or two.
 */
export interface Table<Row extends object> {
  name: string;
  key(row: Row): string;
  load(sql: Queries, workspaceId: string, keys: string[]): Promise<Row[]>;
  insert(workspaceId: string, rows: Row[]): Statement;
  /**
   * Absent for rows that never change. `before`: a row as it stands in the database. Several
   * statements must not touch the same row: they run as one.
   */
  update?(workspaceId: string, rows: Row[], before: (row: Row) => Row): Statement[];
  /**
   * Small tables (agents, inboxes) are held whole in memory: `entity` names the events that change
   * them, so that another server's change is noticed under the lock.
   */
  whole?: { entity: string; loadAll(sql: Queries, workspaceId: string): Promise<Row[]> };
  /** Rows that the pipeline only reads, and that change without it, are loaded afresh for every batch. */
  isVolatile?: boolean;
}

/** Another way to find a row of a table: by a natural key. `prefers`: which of two rows with the same key is meant. */
export interface Lookup<Row extends object> {
  name: string;
  table: Table<Row>;
  key(row: Row): string;
  prefers(left: Row, right: Row): Row;
  load(sql: Queries, workspaceId: string, keys: string[]): Promise<Row[]>;
}

/** One wish of a command: rows of a table by key, or through a lookup. */
export type Need = { from: Table<never> | Lookup<never>; key: string };

export function need<Row extends object>(from: Table<Row> | Lookup<Row>, key: string): Need {
  return { from: from as Table<never> | Lookup<never>, key };
}

/** What a decision may read. */
export interface State {
  get<Row extends object>(table: Table<Row>, key: string): Row | undefined;
  find<Row extends object>(lookup: Lookup<Row>, key: string): Row | undefined;
  /** All rows of a table that is held whole. */
  all<Row extends object>(table: Table<Row>): Iterable<Row>;
}

export interface Put {
  table: Table<never>;
  row: object;
}

export function put<Row extends object>(table: Table<Row>, row: Row): Put {
  return { table: table as Table<never>, row };
}

export function isLookup(from: Table<never> | Lookup<never>): from is Lookup<never> {
  return 'table' in from;
}
