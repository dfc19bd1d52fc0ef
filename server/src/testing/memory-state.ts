import { handlers } from '../capabilities.ts';
import type { Command, Context, Handler, Outcome } from '../platform/pipeline/command.ts';
import { isRefusal } from '../platform/pipeline/command.ts';
import type { Group, Lookup, Put, State, Table } from '../platform/pipeline/table.ts';

type AnyTable = Table<object>;

/** Rows in memory, so that what commands decide can be tried thousands of times without a database. */
export class MemoryState implements State {
  private readonly tables = new Map<AnyTable, Map<string, object>>();

  get<Row extends object>(table: Table<Row>, key: string): Row | undefined {
    return this.rowsOf(table).get(key);
  }

  find<Row extends object>(lookup: Lookup<Row>, key: string): Row | undefined {
    let found: Row | undefined;
    for (const row of this.all(lookup.table))
      if (lookup.key(row) === key) found = found ? lookup.prefers(found, row) : row;
    return found;
  }

  group<Row extends object>(group: Group<Row>, key: string): Row[] {
    return [...this.all(group.table)]
      .filter((row) => group.key(row) === key)
      .sort(group.compare)
      .slice(0, group.limit);
  }

  all<Row extends object>(table: Table<Row>): Iterable<Row> {
    return this.rowsOf(table).values();
  }

  set<Row extends object>(table: Table<Row>, row: Row): void {
    this.rowsOf(table).set(table.key(row), row);
  }

  apply(puts: readonly Put[]): void {
    for (const { table, row } of puts) this.set(table as unknown as AnyTable, row);
  }

  /** A copy to try something on. Rows themselves are never changed in place. */
  fork(): MemoryState {
    const copy = new MemoryState();
    for (const [table, rows] of this.tables) copy.tables.set(table, new Map(rows));
    return copy;
  }

  private rowsOf<Row extends object>(table: Table<Row>): Map<string, Row> {
    const key = table as unknown as AnyTable;
    const rows = this.tables.get(key) ?? new Map<string, object>();
    this.tables.set(key, rows);
    return rows as Map<string, Row>;
  }
}

const byKind = new Map<string, Handler>(handlers.map((each) => [each.kind, each]));

/** Decides a command as the pipeline would, and takes its rows over unless it was refused. */
export function decideOn(state: MemoryState, command: Command, context: Context): Outcome {
  const handler = byKind.get(command.kind);
  if (!handler) throw new Error(`nothing handles ${command.kind}`);
  const outcome = handler.decide(state, command, context);
  if (!isRefusal(outcome)) state.apply(outcome.puts);
  return outcome;
}
