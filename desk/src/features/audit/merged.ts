import type { AuditEntry } from '@deskbell/contract';

/**
 * What is held of the audit log with what has come: each entry once, as it came last, in the server's order.
 * Whatever came first, a further page or what was changed meanwhile.
 */
export function merged(held: readonly AuditEntry[], come: readonly AuditEntry[]): AuditEntry[] {
  const byId = new Map([...held, ...come].map((entry) => [entry.id, entry]));
  return [...byId.values()].sort(newestFirst);
}

/** Whether nothing lies between what is held and a page that begins at the newest. */
export function reaches(held: readonly AuditEntry[], page: readonly AuditEntry[]): boolean {
  const ids = new Set(held.map(({ id }) => id));
  return held.length === 0 || page.some(({ id }) => ids.has(id));
}

const newestFirst = (left: AuditEntry, right: AuditEntry) =>
  right.at - left.at || (right.id < left.id ? -1 : 1);
