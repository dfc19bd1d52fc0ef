import type { AuditChange, AuditKind } from '@deskbell/contract';

/**
 * What somebody changed about how the workspace is set up, for its audit log. Said by whoever
 * makes the change, and written with it or not at all. Never holds a secret: neither password nor token.
 */
export interface AuditNote {
  what: AuditKind;
  /** What was changed, with its name now: it may have another one later, or be gone. */
  subject: Named;
  /** The agent or the team that it concerns besides: who was let into the inbox. */
  whom?: Named | undefined;
  /** See {@link differences}. */
  changes?: AuditChange[] | undefined;
}

export interface Named {
  id: string;
  name: string;
}

/** Longer texts are remembered by their beginning. */
const TEXT_LIMIT = 1_000;

/**
 * The fields in which two records differ, with their values before and after. Records within are gone
 * into (`look.position`); lists are values. Versions aren't told: they count, and mean nothing.
 */
export function differences(before: object, after: object): AuditChange[] {
  return [...differing('', before, after)];
}

function* differing(path: string, before: object, after: object): Generator<AuditChange> {
  const fields = new Set([...Object.keys(before), ...Object.keys(after)]);
  for (const name of fields) {
    if (path === '' && name === 'version') continue;
    const field = path === '' ? name : `${path}.${name}`;
    const [old, now] = [fieldOf(before, name), fieldOf(after, name)];
    if (isRecord(old) && isRecord(now)) yield* differing(field, old, now);
    else if (JSON.stringify(old) !== JSON.stringify(now))
      yield { field, before: shortened(old), after: shortened(now) };
  }
}

const fieldOf = (record: object, name: string): unknown =>
  Object.entries(record).find(([key]) => key === name)?.[1];

const isRecord = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

function shortened(value: unknown): unknown {
  if (typeof value !== 'string' || value.length <= TEXT_LIMIT) return value;
  return `${value.slice(0, TEXT_LIMIT).toWellFormed()}…`;
}
