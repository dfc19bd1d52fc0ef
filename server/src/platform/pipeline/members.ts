import type { Group } from './table.ts';

type AnyGroup = Group<object>;

/** A group that was asked for: whole, or only up to its last row. */
interface Asked {
  upTo: object | null;
}

/**
 * Which of the rows in memory stand in which group. What was loaded of a group is a beginning: rows
 * that are put enter and leave it. Of a group with a limit only the rows up to the last one loaded are
 * known; when some of them have left, it is asked for again.
 */
export class Members {
  readonly group: AnyGroup;
  private readonly byKey = new Map<string, Map<string, object>>();
  private readonly asked = new Map<string, Asked>();

  constructor(group: AnyGroup) {
    this.group = group;
  }

  /** Takes in how a row stands now. */
  hold(rowKey: string, row: object, before: object | undefined): void {
    const key = this.group.key(row);
    const keyBefore = before ? this.group.key(before) : null;
    if (keyBefore !== null && keyBefore !== key) {
      const rows = this.byKey.get(keyBefore);
      rows?.delete(rowKey);
      if (rows?.size === 0) this.byKey.delete(keyBefore);
    }
    if (key === null) return;
    const rows = this.byKey.get(key);
    if (rows) rows.set(rowKey, row);
    else this.byKey.set(key, new Map([[rowKey, row]]));
  }

  /** The rows that the database told of a key: as many as it has, or as the limit allows. */
  learn(key: string, loaded: readonly object[]): void {
    const { limit, compare } = this.group;
    const isWhole = limit === undefined || loaded.length < limit;
    const upTo = isWhole ? null : (loaded.toSorted(compare).at(-1) ?? null);
    this.asked.set(key, { upTo });
  }

  holds(key: string): boolean {
    const asked = this.asked.get(key);
    if (!asked) return false;
    return asked.upTo === null || this.rows(key).length >= (this.group.limit ?? 0);
  }

  rows(key: string): object[] {
    const { compare } = this.group;
    const upTo = this.asked.get(key)?.upTo ?? null;
    const rows = [...(this.byKey.get(key)?.values() ?? [])].sort(compare);
    return upTo === null ? rows : rows.filter((row) => compare(row, upTo) <= 0);
  }

  forget(): void {
    this.byKey.clear();
    this.asked.clear();
  }
}
