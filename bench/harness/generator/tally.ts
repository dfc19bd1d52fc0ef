import { writeFileSync } from 'node:fs';
import type { LoadResult } from './orders.ts';

/** Counts one run of load. Delivered is what reached the agent, by distinct id of the message. */
export class Tally {
  sent = 0;
  acknowledged = 0;
  /** Delivered within the run's seconds; set when the end is called. */
  deliveredInTime = 0;
  private readonly ids = new Set<string>();
  private repeated = 0;
  private readonly refusals: Record<string, number> = {};

  reached(entryId: string): void {
    this.ids.add(entryId);
  }

  /** One that nobody waits for: seen before in this run, or of an earlier time. */
  unexpected(entryId: string): void {
    if (this.ids.has(entryId)) this.repeated += 1;
  }

  refused(code: string): void {
    this.refusals[code] = (this.refusals[code] ?? 0) + 1;
  }

  endTime(): void {
    this.deliveredInTime = this.ids.size;
  }

  result(seconds: number): LoadResult {
    return {
      seconds,
      sent: this.sent,
      acknowledged: this.acknowledged,
      delivered: this.deliveredInTime,
      deliveredInAll: this.ids.size,
      repeated: this.repeated,
      refused: this.refusals,
      missing: this.sent - this.ids.size,
    };
  }

  writeIds(file: string): void {
    writeFileSync(file, [...this.ids].join('\n'));
  }
}
