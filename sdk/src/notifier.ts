/** Tells listeners that something changed, once for all that changes together. */
export class Notifier {
  private readonly listeners = new Set<() => void>();
  private depth = 0;
  private isChanged = false;

  /** As `useSyncExternalStore` wants it. Returns the way to stop listening. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Something changed: listeners hear of it now, or at the end of the batch. */
  changed(): void {
    this.isChanged = true;
    if (this.depth === 0) this.tell();
  }

  /** Everything that changes within is told together. */
  batch(act: () => void): void {
    this.depth++;
    try {
      act();
    } finally {
      this.depth--;
      if (this.depth === 0 && this.isChanged) this.tell();
    }
  }

  private tell(): void {
    this.isChanged = false;
    for (const listener of [...this.listeners]) listener();
  }
}

/**
 * Calls `listener` whenever what `select` answers is another value than before (by `Object.is`).
 * For bots and tests; React has `useSyncExternalStore`. Returns the way to stop.
 */
export function onSelected<T>(
  subscribe: Notifier['subscribe'],
  select: () => T,
  listener: (value: T) => void,
): () => void {
  let before = select();
  return subscribe(() => {
    const value = select();
    if (Object.is(value, before)) return;
    before = value;
    listener(value);
  });
}
