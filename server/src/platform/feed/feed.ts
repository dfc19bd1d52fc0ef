import type { LogEvent } from '../log/log.ts';
import { readEvents, readHead, readHeads } from '../log/log.ts';
import type { Committed } from '../pipeline/pipeline.ts';
import type { Table } from '../pipeline/table.ts';
import type { Pool } from '../store/connect.ts';

/** Every server asks for its workspaces' heads this often, so that a lost pulse heals. */
const POLL_MS = 1_000;
const GAP_EVENTS = 1_000;

/** Events in order without gaps, with the rows they speak of as they are now. */
export interface FeedBatch {
  events: LogEvent[];
  row<Row extends object>(table: Table<Row>, key: string): Row | undefined;
}

export type FeedListener = (batch: FeedBatch) => void;

/** A row that an event speaks of. */
export interface Reference {
  table: Table<never>;
  key: string;
}

export interface FeedOptions {
  pool: Pool;
  /** The rows to have at hand for an event that another server wrote. */
  referencesOf(event: LogEvent): Reference[];
  onTrouble(error: unknown, what: string): void;
  /** Replaced by the kill test, to prove that it notices. */
  readGap?: typeof readEvents | undefined;
  pollMs?: number | undefined;
}

/**
 * Hands each workspace's log to its listener, in order and whole. What this server commits comes with
 * its rows at once; what is missing before it, or was written elsewhere, is read from the log.
 */
export class Feed {
  private readonly options: FeedOptions;
  private readonly workspaces = new Map<string, WorkspaceFeed>();
  private readonly timer: NodeJS.Timeout;

  constructor(options: FeedOptions) {
    this.options = options;
    this.timer = setInterval(() => void this.poll(), options.pollMs ?? POLL_MS);
    this.timer.unref();
  }

  /** Begins to follow a workspace. Resolves with the position after which `listener` is told everything. */
  async open(workspaceId: string, listener: FeedListener): Promise<number> {
    const feed = new WorkspaceFeed(workspaceId, listener, this.options);
    this.workspaces.set(workspaceId, feed);
    const { position } = await readHead(this.options.pool, workspaceId);
    feed.begin(position);
    return position;
  }

  close(workspaceId?: string): void {
    if (workspaceId === undefined) clearInterval(this.timer);
    else this.workspaces.delete(workspaceId);
  }

  publish(committed: Committed): void {
    this.workspaces.get(committed.workspaceId)?.publish(committed);
  }

  /** Another server says that a log has grown so far; it is looked at at once. */
  hint(workspaceId: string, position: number): void {
    this.workspaces.get(workspaceId)?.hint(position);
  }

  /** Asks for the heads now. */
  async poll(): Promise<void> {
    const open = [...this.workspaces.keys()];
    if (open.length === 0) return;
    try {
      for (const { workspaceId, position } of await readHeads(this.options.pool, open))
        this.workspaces.get(workspaceId)?.reach(position);
    } catch (error) {
      this.options.onTrouble(error, 'asking for the heads of logs');
    }
  }
}

class WorkspaceFeed {
  private readonly workspaceId: string;
  private readonly listener: FeedListener;
  private readonly options: FeedOptions;
  private head = -1;
  private target = -1;
  private hinted = -1;
  private waiting: Committed[] = [];
  private isReading = false;

  constructor(workspaceId: string, listener: FeedListener, options: FeedOptions) {
    this.workspaceId = workspaceId;
    this.listener = listener;
    this.options = options;
  }

  begin(position: number): void {
    this.head = position;
    this.drain();
  }

  publish(committed: Committed): void {
    this.waiting.push(committed);
    this.drain();
  }

  /** The log is known to reach this far. */
  reach(position: number): void {
    this.target = Math.max(this.target, position);
    this.drain();
  }

  /** The log may reach this far: only what it really shows counts. */
  hint(position: number): void {
    this.hinted = Math.max(this.hinted, position);
    this.drain();
  }

  private drain(): void {
    if (this.head < 0 || this.isReading) return;
    while (this.waiting.length > 0) {
      const next = this.waiting[0];
      const first = next?.events[0]?.position;
      if (!next || first === undefined || first <= this.head) {
        this.waiting.shift();
        continue;
      }
      if (first > this.head + 1) {
        void this.readUpTo(first - 1);
        return;
      }
      this.waiting.shift();
      this.tell(next.events, (table, key) => next.rows.get(table.name)?.get(key) as never);
    }
    if (this.target > this.head) void this.readUpTo(this.target);
    else if (this.hinted > this.head) void this.readUpTo(this.hinted, true);
  }

  private async readUpTo(until: number, isHint = false): Promise<void> {
    this.isReading = true;
    try {
      const { pool, readGap = readEvents } = this.options;
      const events = await readGap(pool, this.workspaceId, {
        after: this.head,
        until,
        limit: GAP_EVENTS,
      });
      const rows = await this.loadRows(events);
      this.tell(events, (table, key) => rows.get(table.name)?.get(key) as never);
      // Positions that the log no longer holds, or never showed us: nobody waits for them again.
      if (events.length < GAP_EVENTS && !isHint) this.head = Math.max(this.head, until);
      if (events.length < GAP_EVENTS && this.hinted <= until) this.hinted = -1;
      this.isReading = false;
      this.drain();
    } catch (error) {
      // The next poll finds the same gap.
      this.isReading = false;
      this.hinted = -1;
      this.options.onTrouble(error, 'reading a gap of the log');
    }
  }

  private async loadRows(events: readonly LogEvent[]): Promise<Map<string, Map<string, object>>> {
    const wanted = new Map<Table<never>, Set<string>>();
    for (const event of events)
      for (const { table, key } of this.options.referencesOf(event))
        wanted.set(table, (wanted.get(table) ?? new Set()).add(key));
    const found = new Map<string, Map<string, object>>();
    for (const [table, keys] of wanted) {
      const rows: object[] = await table.load(this.options.pool, this.workspaceId, [...keys]);
      found.set(
        table.name,
        new Map(rows.map((row) => [(table as unknown as Table<object>).key(row), row])),
      );
    }
    return found;
  }

  private tell(events: LogEvent[], row: FeedBatch['row']): void {
    const last = events.at(-1);
    if (!last) return;
    this.head = last.position;
    try {
      this.listener({ events, row });
    } catch (error) {
      // Its own fault: neither the commit that told us nor what follows in the log may suffer for it.
      this.options.onTrouble(error, 'a listener of the log');
    }
  }
}
