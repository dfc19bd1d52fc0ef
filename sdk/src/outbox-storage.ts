import type { Refused } from '@deskbell/contract';

/** An answer of the server to a command: stored (agents are told at which position of the log), or refused. */
export type Answer = { position?: number; answer: unknown } | Refused;

/**
 * `waiting`: sent in its turn, again and again until it is answered. `failed`: refused, as `refusal`
 * says. `expired`: too old to be sent without being asked. `answered`: only in what other tabs are told.
 */
export interface OutboxItem {
  clientId: string;
  kind: string;
  input: unknown;
  /** When a person last asked for it, in ms since 1970. */
  createdAt: number;
  state: 'waiting' | 'failed' | 'expired' | 'answered';
  refusal?: Refused;
  answer?: Answer;
}

/** Where commands wait through a reload. None of its methods throws: what can't be kept is held in memory by the outbox. */
export interface OutboxStorage {
  load(): OutboxItem[];
  put(item: OutboxItem): void;
  remove(clientId: string): void;
  /** Tells of other tabs' items, null where one is gone. Absent where the storage isn't shared. Returns the way to stop. */
  listen?(tell: (clientId: string, item: OutboxItem | null) => void): () => void;
}

/** Forgets everything with the process. */
export function memoryStorage(): OutboxStorage {
  const items = new Map<string, OutboxItem>();
  return {
    load: () => [...items.values()],
    put: (item) => items.set(item.clientId, item),
    remove: (clientId) => items.delete(clientId),
  };
}

/**
 * Keeps each item under a key of its own (`name:clientId`), so that tabs which write at the same time
 * can't overwrite one another. Where the page may not store, or no more, the outbox lives in memory.
 */
export function localStorageStorage(name: string): OutboxStorage {
  const prefix = `${name}:`;
  return {
    load: () => attempt(() => Object.keys(localStorage).filter(isOwn).flatMap(read)) ?? [],
    put: (item) =>
      attempt(() => localStorage.setItem(prefix + item.clientId, JSON.stringify(item))),
    remove: (clientId) => attempt(() => localStorage.removeItem(prefix + clientId)),
    listen(tell) {
      const hear = ({ key, newValue }: StorageEvent) => {
        if (key && isOwn(key)) tell(key.slice(prefix.length), parse(newValue));
      };
      addEventListener('storage', hear);
      return () => removeEventListener('storage', hear);
    },
  };

  function isOwn(key: string): boolean {
    return key.startsWith(prefix);
  }
}

function read(key: string): OutboxItem[] {
  const item = parse(localStorage.getItem(key));
  return item ? [item] : [];
}

function parse(text: string | null): OutboxItem | null {
  const value: unknown = attempt(() => JSON.parse(text ?? 'null'));
  return isItem(value) ? value : null;
}

/** Others may write there too; what isn't ours in full is left alone. */
function isItem(value: unknown): value is OutboxItem {
  return (
    typeof value === 'object' &&
    value !== null &&
    'clientId' in value &&
    'kind' in value &&
    'createdAt' in value &&
    'state' in value
  );
}

function attempt<Result>(act: () => Result): Result | undefined {
  try {
    return act();
  } catch {
    return undefined;
  }
}
