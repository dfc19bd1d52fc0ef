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

/**
 * All rows of a table that share a key: what an agent has open, what waits in a queue. Kept in step by
 * every row that a decision puts.
 */
export interface Group<Row extends object> {
  name: string;
  table: Table<Row>;
  /** null: the row stands in none. */
  key(row: Row): string | null;
  /** The order in which they are told; 0 for one row alone. */
  compare(left: Row, right: Row): number;
  /** So many at most are loaded for a key, the first in order; absent: all. */
  limit?: number;
  load(sql: Queries, workspaceId: string, keys: string[]): Promise<Row[]>;
}

/** Where rows come from. */
export type Source<Row extends object> = Table<Row> | Lookup<Row> | Group<Row>;

/** One wish of a command: rows of a table by key, or through a lookup, or a group of them. */
export type Need = { from: Source<never>; key: string };

export function need<Row extends object>(from: Source<Row>, key: string): Need {
  return { from: from as Source<never>, key };
}

/** What a decision may read. */
export interface State {
  get<Row extends object>(table: Table<Row>, key: string): Row | undefined;
  find<Row extends object>(lookup: Lookup<Row>, key: string): Row | undefined;
  /** The rows of a group that was asked for, in its order; where it has a limit, the first of them. */
  group<Row extends object>(group: Group<Row>, key: string): Row[];
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

export function isGroup<Row extends object>(from: Source<Row>): from is Group<Row> {
  return 'compare' in from;
}

export function isLookup<Row extends object>(from: Source<Row>): from is Lookup<Row> {
  return 'prefers' in from;
}
