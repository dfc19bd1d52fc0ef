import { randomUUID } from 'node:crypto';
import postgres from 'postgres';
import type { Sabotage } from '../server/src/engine.ts';
import type { Submit } from '../server/src/platform/pipeline/submit.ts';

/** Ways to break a server on purpose; the kill test must come out red with each. `none`: only the bus is bad. */
export const breaks = ['none', 'ack-early', 'no-dedupe', 'skip-gap', 'lose-last-pulse'] as const;
export type Break = (typeof breaks)[number];

export const isBreak = (word: string): word is Break =>
  (breaks as readonly string[]).includes(word);

/** So many commits are not told to the server's own streams, and so much of what other servers say is not heard. */
const LOST_PULSES = 0.1;
const NEVER_MS = 2 ** 31 - 1;

const parts: Record<Break, Sabotage> = {
  none: {},
  'ack-early': { wrapSubmit: answeringEarly },
  'no-dedupe': { recall: async () => new Map() },
  'skip-gap': { readGap: async () => [] },
  'lose-last-pulse': { pollMs: NEVER_MS, isNoticeLost: () => true },
};

/** The replaced parts of a server that is broken that way. Its bus loses pulses in any case. */
export function sabotageFor(kind: Break): Sabotage {
  const isLost = () => Math.random() < LOST_PULSES;
  return { isPulseLost: isLost, isNoticeLost: isLost, ...parts[kind] };
}

/** Messages are acknowledged when they are heard, not when they are stored. */
function answeringEarly(submit: Submit): Submit {
  return (command, bytes) => {
    const result = submit(command, bytes);
    if (command.actor.kind === 'system' || !command.kind.startsWith('message.')) return result;
    return Promise.resolve({ position: 0, answer: { entryId: randomUUID(), seq: 0 } });
  };
}

/** Without dedupe the keys would still refuse the second one; a double must really come to be. */
export async function prepareDatabase(kind: Break, url: string): Promise<void> {
  if (kind !== 'no-dedupe') return;
  const sql = postgres(url, { max: 1, onnotice: () => undefined });
  await sql`alter table commands drop constraint if exists commands_pkey`;
  await sql`drop index if exists timeline_by_client_id`;
  await sql.end();
}
