import type { Queries } from '../store/connect.ts';
import type { Statement } from '../store/statement.ts';
import { Members } from './members.ts';
import {
  type Group,
  isGroup,
  isLookup,
  type Lookup,
  type Need,
  type Put,
  type Source,
  type State,
  type Table,
} from './table.ts';

type AnyTable = Table<object>;
type AnyLookup = Lookup<object>;

/** Other ways to rows than by their key. */
export interface Ways {
  lookups: Lookup<never>[];
  groups: Group<never>[];
}

/** Rows kept between batches, beyond which all are let go. */
const ROWS_KEPT = 20_000;

/**
 * The rows that one workspace's batches work on. It outlives a batch: as long as the log's head under
 * the lock is the one that our own last batch left, no other server has changed anything, and every
 * row held is as it stands in the database. When it is not, or a batch fails, rows are let go.
 */
export class WorkingSet implements State {
  private readonly rows = new Map<AnyTable, Map<string, object>>();
  private readonly found = new Map<AnyLookup, Map<string, string>>();
  /** The keys that a lookup was asked for; of others the index may know some rows and not the one meant. */
  private readonly asked = new Map<AnyLookup, Set<string>>();
  private readonly lookups: AnyLookup[];
  private readonly members = new Map<Group<object>, Members>();
  private readonly isComplete = new Set<AnyTable>();
  /** By table and key: the row as it stands in the database, null where it is new. */
  private changed = new Map<AnyTable, Map<string, object | null>>();
  private count = 0;

  constructor({ lookups, groups }: Ways) {
    this.lookups = lookups as unknown as AnyLookup[];
    for (const group of groups as unknown as Group<object>[])
      this.members.set(group, new Members(group));
  }

  get<Row extends object>(table: Table<Row>, key: string): Row | undefined {
    return this.rowsOf(table as unknown as AnyTable).get(key) as Row | undefined;
  }

  find<Row extends object>(lookup: Lookup<Row>, key: string): Row | undefined {
    const rowKey = this.found.get(lookup as unknown as AnyLookup)?.get(key);
    return rowKey === undefined ? undefined : this.get(lookup.table, rowKey);
  }

  group<Row extends object>(group: Group<Row>, key: string): Row[] {
    return this.membersOf(group as unknown as Group<object>).rows(key) as Row[];
  }

  all<Row extends object>(table: Table<Row>): Iterable<Row> {
    return this.rowsOf(table as unknown as AnyTable).values() as Iterable<Row>;
  }

  /** So many rows are held that it is time to let go of them, once nothing is on its way that they bear. */
  get isFull(): boolean {
    return this.count > ROWS_KEPT;
  }

  /**
   * Forgets all rows but those of tables held whole. Not while a batch is on its way: what the database
   * would then be asked for is older than what was decided.
   */
  forgetRows(): void {
    for (const table of this.rows.keys()) if (!this.isComplete.has(table)) this.rows.delete(table);
    this.found.clear();
    this.asked.clear();
    for (const members of this.members.values()) members.forget();
    this.count = 0;
  }

  forgetEverything(): void {
    this.rows.clear();
    this.found.clear();
    this.asked.clear();
    for (const members of this.members.values()) members.forget();
    this.isComplete.clear();
    this.changed.clear();
    this.count = 0;
  }

  /** Loads what is wished for and not here yet: one query per table, lookup or group, all at once. */
  async load(sql: Queries, workspaceId: string, needs: Iterable<Need>): Promise<void> {
    const missing = new Map<Source<never>, Set<string>>();
    for (const { from, key } of needs) {
      if (this.holds(from, key)) continue;
      const keys = missing.get(from) ?? new Set();
      missing.set(from, keys.add(key));
    }
    await Promise.all(
      [...missing].map(([from, keys]) =>
        this.loadFrom({ sql, workspaceId, from, keys: [...keys] }),
      ),
    );
  }

  /** Takes a decision's rows over; what follows in the batch sees them. */
  apply(puts: readonly Put[]): void {
    for (const { table, row } of puts) {
      const anyTable = table as unknown as AnyTable;
      const key = anyTable.key(row);
      const marks = this.changed.get(anyTable) ?? new Map<string, object | null>();
      if (!marks.has(key)) marks.set(key, this.rowsOf(anyTable).get(key) ?? null);
      this.changed.set(anyTable, marks);
      this.hold(anyTable, row);
    }
  }

  /** The statements that store what changed since the last `settled`. */
  write(workspaceId: string): Statement[] {
    const statements: Statement[] = [];
    for (const [table, marks] of this.changed) {
      const added: object[] = [];
      const updated: object[] = [];
      for (const [key, before] of marks) {
        const row = this.rowsOf(table).get(key);
        if (row) (before === null ? added : updated).push(row);
      }
      if (added.length > 0) statements.push(table.insert(workspaceId, added));
      if (updated.length > 0) {
        if (!table.update) throw new Error(`rows of ${table.name} never change`);
        const before = (row: object) => marks.get(table.key(row)) ?? row;
        statements.push(...table.update(workspaceId, updated, before));
      }
    }
    return statements;
  }

  /** The changed rows by table, for those who tell others; then the batch is behind us. */
  settled(): ReadonlyMap<string, ReadonlyMap<string, object>> {
    const result = new Map<string, Map<string, object>>();
    for (const [table, marks] of this.changed) {
      const rows = new Map<string, object>();
      for (const key of marks.keys()) {
        const row = this.rowsOf(table).get(key);
        if (row) rows.set(key, row);
        // Rows that never change are written once and read by nobody here again.
        if (!table.update) this.rowsOf(table).delete(key);
      }
      result.set(table.name, rows);
    }
    this.changed = new Map();
    for (const table of this.rows.keys()) if (table.isVolatile) this.rows.delete(table);
    return result;
  }

  /** Holds a small table whole from now on. */
  async loadWhole(sql: Queries, workspaceId: string, table: Table<never>): Promise<void> {
    const anyTable = table as unknown as AnyTable;
    if (!anyTable.whole) return;
    const rows = await anyTable.whole.loadAll(sql, workspaceId);
    this.rows.delete(anyTable);
    for (const row of rows) this.hold(anyTable, row);
    this.isComplete.add(anyTable);
  }

  isWholeHere(table: Table<never>): boolean {
    return this.isComplete.has(table as unknown as AnyTable);
  }

  private holds(from: Source<never>, key: string): boolean {
    if (isGroup(from)) return this.membersOf(from as unknown as Group<object>).holds(key);
    if (isLookup(from)) return this.asked.get(from as unknown as AnyLookup)?.has(key) ?? false;
    const table = from as unknown as AnyTable;
    return this.isComplete.has(table) || this.rowsOf(table).has(key);
  }

  private async loadFrom(wish: {
    sql: Queries;
    workspaceId: string;
    from: Source<never>;
    keys: string[];
  }) {
    const { from, keys } = wish;
    const rows: object[] = await from.load(wish.sql, wish.workspaceId, keys);
    const table = (isLookup(from) || isGroup(from) ? from.table : from) as unknown as AnyTable;
    for (const row of rows) if (!this.rowsOf(table).has(table.key(row))) this.hold(table, row);
    if (isLookup(from)) this.remember(from as unknown as AnyLookup, keys);
    if (isGroup(from)) this.learn(from as unknown as Group<object>, keys, rows);
  }

  private learn(group: Group<object>, keys: readonly string[], rows: readonly object[]): void {
    const byKey = Map.groupBy(rows, (row) => group.key(row));
    for (const key of keys) this.membersOf(group).learn(key, byKey.get(key) ?? []);
  }

  private membersOf(group: Group<object>): Members {
    const members = this.members.get(group);
    if (!members) throw new Error(`the group ${group.name} is not among the capabilities`);
    return members;
  }

  private remember(lookup: AnyLookup, keys: readonly string[]): void {
    const asked = this.asked.get(lookup) ?? new Set();
    this.asked.set(lookup, asked);
    for (const key of keys) asked.add(key);
  }

  private hold(table: AnyTable, row: object): void {
    const rows = this.rowsOf(table);
    const key = table.key(row);
    const before = rows.get(key);
    if (!before) this.count += 1;
    rows.set(key, row);
    for (const [group, members] of this.members)
      if ((group.table as AnyTable) === table) members.hold(key, row, before);
    for (const lookup of this.lookups) if (lookup.table === table) this.index(lookup, row);
  }

  private index(lookup: AnyLookup, row: object): void {
    const index = this.found.get(lookup) ?? new Map<string, string>();
    this.found.set(lookup, index);
    const key = lookup.key(row);
    const before = index.get(key);
    const rival = before === undefined ? undefined : this.get(lookup.table, before);
    index.set(key, lookup.table.key(rival ? lookup.prefers(rival, row) : row));
  }

  private rowsOf(table: AnyTable): Map<string, object> {
    let rows = this.rows.get(table);
    if (!rows) {
      rows = new Map();
      this.rows.set(table, rows);
    }
    return rows;
  }
}
