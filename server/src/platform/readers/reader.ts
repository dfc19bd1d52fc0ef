import type { EventKind } from '@deskbell/contract';
import { idFrom } from '../ids.ts';
import { type LogEvent, readEvents, readHead } from '../log/log.ts';
import { classify } from '../pipeline/failure.ts';
import type { Pool, Queries } from '../store/connect.ts';
import { inTransaction, type Writers } from '../store/writers.ts';
import { countFailure, holdPlace, movePlace, park, type Seat, takeLease } from './sql.ts';

/** Something that follows the log with a position of its own: notifications, webhooks, statistics. */
export interface Reader {
  /** Kept with its position; another name begins anew. */
  name: string;
  /** What it wants to see; of everything else only the position is told. */
  kinds: readonly EventKind[];
  /** How long after a commit it may begin, in ms, so that a busy log is read in large pieces. */
  delayMs: number;
  /** How many positions it reads in one go; absent: 1,000. More, where it does once what many events ask. */
  atOnce?: number;
  /**
   * Takes events in, in order. What it writes with `sql` holds together with its position or not at
   * all. Commands it sends outlive a transaction that fails: their `commandId` makes them safe to repeat.
   */
  handle(events: readonly LogEvent[], context: ReaderContext): Promise<void>;
  /** Called when what `handle` wrote is committed. */
  afterwards?(workspaceId: string): void;
}

export interface ReaderContext {
  /** The transaction that also moves the reader. */
  sql: Queries;
  workspaceId: string;
  /** The id for the command that this reader sends because of an event. */
  commandId(event: LogEvent): string;
}

/** An event that fails this often is put aside. */
const PATIENCE = 5;
const BATCH_POSITIONS = 1_000;

export interface ReaderParts {
  pool: Pool;
  /** Of their own: one that waits for a command must not hold a connection which that command needs. */
  writers: Writers;
  serverId: string;
  onTrouble(error: unknown, what: string): void;
}

/** `more`: there is further to read. `end`: nothing new, or another server reads here. `failed`: later again. */
export type Progress = 'more' | 'end' | 'failed';

/** Reads the next piece of one workspace's log, if the lease can be had. */
export async function readOn(
  reader: Reader,
  workspaceId: string,
  parts: ReaderParts,
): Promise<Progress> {
  const seat: Seat = { reader: reader.name, workspaceId, serverId: parts.serverId };
  const place = await takeLease(parts.pool, seat);
  if (!place) return 'end';
  const head = await readHead(parts.pool, workspaceId);
  const after = Math.max(place.position, head.floor);
  if (after > place.position)
    parts.onTrouble(
      new Error(`positions ${place.position + 1} to ${after} are no longer held`),
      `reader ${reader.name}`,
    );
  if (head.position <= place.position) return 'end';
  const longest = Math.min(
    head.position - after,
    place.failures > 0 ? 1 : (reader.atOnce ?? BATCH_POSITIONS),
  );
  // A piece that fails is halved, until the event at fault is alone.
  for (let length = longest; ; length = Math.ceil(length / 2)) {
    const until = after + length;
    const outcome = await take(reader, { seat, from: place.position, after, until }, parts);
    if (outcome === 'failed' && length > 1) continue;
    return outcome === 'more' && until === head.position ? 'end' : outcome;
  }
}

interface Piece {
  seat: Seat;
  /** Where the reader stands. */
  from: number;
  after: number;
  until: number;
}

async function take(reader: Reader, piece: Piece, parts: ReaderParts): Promise<Progress> {
  const { seat, from, after, until } = piece;
  const { workspaceId } = seat;
  try {
    const events = await readEvents(parts.pool, workspaceId, {
      after,
      until,
      limit: until - after,
    });
    const wanted = events.filter((event) => reader.kinds.includes(event.kind));
    const progress = await inTransaction(parts.writers, async (sql): Promise<Progress> => {
      if (!(await holdPlace(sql, seat, from))) return 'end';
      const commandId = ({ position }: LogEvent) => commandIdOf(reader.name, workspaceId, position);
      if (wanted.length > 0) await reader.handle(wanted, { sql, workspaceId, commandId });
      await movePlace(sql, seat, until);
      return 'more';
    });
    if (progress === 'more' && wanted.length > 0) reader.afterwards?.(workspaceId);
    return progress;
  } catch (error) {
    parts.onTrouble(error, `reader ${reader.name}, positions ${after + 1} to ${until}`);
    // The database's absence is nobody's fault: it is tried again for as long as it takes.
    if (classify(error) !== 'guilty') throw error;
    if (until - after === 1) await blame(piece, error, parts);
    return 'failed';
  }
}

async function blame({ seat, from, until }: Piece, error: unknown, parts: ReaderParts) {
  const failures = await countFailure(parts.pool, seat, from);
  if (failures < PATIENCE) return;
  await park(parts.pool, seat, { position: until, error: String(error).slice(0, 1_000) });
  parts.onTrouble(error, `reader ${seat.reader}: position ${until} was put aside`);
}

/** Follows from reader and position alone, so that a command sent again is the same. */
export const commandIdOf = (reader: string, workspaceId: string, position: number): string =>
  idFrom(reader, workspaceId, position);
