import { randomUUID } from 'node:crypto';
import type { Committed } from '../pipeline/pipeline.ts';
import type { Pool } from '../store/connect.ts';
import type { Writers } from '../store/writers.ts';
import { type Reader, type ReaderParts, readOn } from './reader.ts';
import { findBehind, returnLeases } from './sql.ts';

/** Every server looks this often for workspaces where a reader is behind: after a lost pulse, or another server's end. */
const POLL_MS = 1_000;
/** Between full pieces, so that a reader that is far behind leaves the database to others. */
const PAUSE_MS = 50;

interface Options {
  pool: Pool;
  writers: Writers;
  readers: readonly Reader[];
  onTrouble(error: unknown, what: string): void;
  pollMs?: number | undefined;
}

/** All readers on this server. Each reads a workspace on one server at a time, whichever has the lease. */
export class Readers {
  private readonly options: Options;
  private readonly parts: ReaderParts;
  private readonly running = new Map<string, Promise<void>>();
  private readonly planned = new Map<string, NodeJS.Timeout>();
  /** Under way; one that reads for long keeps nobody else waiting. */
  private readonly looks = new Set<Promise<void>>();
  private readonly timer: NodeJS.Timeout;
  private isClosed = false;

  constructor(options: Options) {
    this.options = options;
    const { pool, writers, onTrouble } = options;
    this.parts = { pool, writers, onTrouble, serverId: randomUUID() };
    this.timer = setInterval(() => this.look(), options.pollMs ?? POLL_MS);
    this.timer.unref();
  }

  /** This was committed there. Who waits for none of it moves on with the next look. */
  wake({ workspaceId, events }: Pick<Committed, 'workspaceId' | 'events'>): void {
    for (const reader of this.options.readers)
      if (events.some(({ kind }) => reader.kinds.includes(kind))) this.plan(reader, workspaceId);
  }

  /** Looks for what is behind, and reads it. Resolves when this server has read what it could. */
  async poll(): Promise<void> {
    const { pool, readers, onTrouble } = this.options;
    try {
      for (const reader of readers) {
        if (this.isClosed) return;
        const behind = await findBehind(pool, {
          reader: reader.name,
          serverId: this.parts.serverId,
        });
        await Promise.all(behind.map((workspaceId) => this.read(reader, workspaceId)));
      }
    } catch (error) {
      onTrouble(error, 'looking where readers are behind');
    }
  }

  async close(): Promise<void> {
    this.isClosed = true;
    clearInterval(this.timer);
    for (const timer of this.planned.values()) clearTimeout(timer);
    await Promise.all(this.looks);
    await Promise.all(this.running.values());
    const { pool, onTrouble } = this.options;
    // Otherwise they end by themselves.
    await returnLeases(pool, this.parts.serverId).catch((error: unknown) =>
      onTrouble(error, 'returning the leases of readers'),
    );
  }

  private look(): void {
    const look = this.poll().finally(() => this.looks.delete(look));
    this.looks.add(look);
  }

  private plan(reader: Reader, workspaceId: string): void {
    const key = keyOf(reader, workspaceId);
    if (this.isClosed || this.planned.has(key)) return;
    const timer = setTimeout(() => {
      this.planned.delete(key);
      void this.read(reader, workspaceId);
    }, reader.delayMs);
    timer.unref();
    this.planned.set(key, timer);
  }

  private read(reader: Reader, workspaceId: string): Promise<void> {
    const key = keyOf(reader, workspaceId);
    const under = this.running.get(key);
    if (under || this.isClosed) return under ?? Promise.resolve();
    const reading = this.readToTheEnd(reader, workspaceId).finally(() => this.running.delete(key));
    this.running.set(key, reading);
    return reading;
  }

  private async readToTheEnd(reader: Reader, workspaceId: string): Promise<void> {
    try {
      while (!this.isClosed && (await readOn(reader, workspaceId, this.parts)) === 'more')
        await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    } catch (error) {
      this.options.onTrouble(error, `reader ${reader.name}`);
    }
  }
}

const keyOf = (reader: Reader, workspaceId: string) => `${reader.name} ${workspaceId}`;
