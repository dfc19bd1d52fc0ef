/** Strings that outlive the page, in the page's own storage; where there is none, as long as the page lives. */
export interface Kept {
  get(key: string): string | undefined;
  /** Null forgets it. */
  set(key: string, value: string | null): void;
  all(): Record<string, string>;
  /** Other tabs see it too. */
  isShared: boolean;
}

/** `onChange`: another tab kept something else, null where it is gone. */
export function keepUnder(
  prefix: string,
  onChange: (key: string, value: string | null) => void,
): Kept {
  const memory: Record<string, string> = {};
  // Denied storage throws at the mere word, a full one when it is written to.
  const storage =
    attempt(() => {
      localStorage[prefix] = '';
      delete localStorage[prefix];
      return localStorage as Record<string, string>;
    }) ?? memory;
  addEventListener('storage', ({ key, newValue }) => {
    if (key?.startsWith(prefix)) onChange(key.slice(prefix.length), newValue);
  });
  return {
    isShared: storage !== memory,
    get: (key) => storage[prefix + key],
    set: (key, value) =>
      void attempt(() => {
        if (value === null) delete storage[prefix + key];
        else storage[prefix + key] = value;
      }),
    all() {
      const own = Object.keys(storage).filter((key) => key.startsWith(prefix));
      return Object.fromEntries(own.map((key) => [key.slice(prefix.length), storage[key] ?? '']));
    },
  };
}

/** What the browser may forbid. */
export function attempt<Result>(act: () => Result): Result | undefined {
  try {
    return act();
  } catch {
    return undefined;
  }
}
