interface Entity {
  id: string;
}

/**
 * Entities of one kind by id. Which of two states is newer is told by `isNewer`; an older one never
 * overwrites. Each object stays the same until its entity changes.
 */
export class Versioned<T extends Entity> {
  private readonly byId = new Map<string, T>();
  private readonly merge: (held: T, given: T) => T;
  private list: readonly T[] | null = null;

  /** `merge`: what is held after `given` came; `held` itself where it brings nothing new. */
  constructor(merge: (held: T, given: T) => T) {
    this.merge = merge;
  }

  get(id: string): T | undefined {
    return this.byId.get(id);
  }

  /** All of them, in the order in which they came. The same array until one changes. */
  all(): readonly T[] {
    this.list ??= [...this.byId.values()];
    return this.list;
  }

  /** Takes one in; false: nothing new. */
  put(given: T): boolean {
    const held = this.byId.get(given.id);
    const next = held ? this.merge(held, given) : given;
    if (next === held) return false;
    this.byId.set(given.id, next);
    this.list = null;
    return true;
  }

  delete(id: string): boolean {
    this.list = null;
    return this.byId.delete(id);
  }

  /** Forgets all that `isKept` doesn't want. */
  retain(isKept: (id: string) => boolean): void {
    for (const id of this.byId.keys()) if (!isKept(id)) this.delete(id);
  }
}

/** The higher version wins. */
export function newerOf<T extends { version: number }>(held: T, given: T): T {
  return given.version > held.version ? given : held;
}
