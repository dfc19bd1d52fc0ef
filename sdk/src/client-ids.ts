import type { ClientId } from '@deskbell/contract';

const COUNTS = 4096;

/**
 * Makes UUIDv7 (RFC 9562): ids that sort by when they were made, also within one millisecond and when
 * the clock is turned back. (`crypto.randomUUID` is missing on pages without TLS; `getRandomValues` isn't.)
 */
export class ClientIds {
  private ms = 0;
  private count = 0;
  private readonly now: () => number;

  constructor(now: () => number = Date.now) {
    this.now = now;
  }

  next(): ClientId {
    const random = crypto.getRandomValues(new Uint8Array(10));
    const ms = this.now();
    if (ms > this.ms) {
      this.ms = ms;
      // The counter begins in the lower half of its range, so that it seldom runs over.
      this.count = (random[8] ?? 0) * 8;
    } else if (++this.count === COUNTS) {
      this.ms++;
      this.count = 0;
    }
    return format(this.ms, this.count, random);
  }

  /** Ids made from now on sort behind this one, which may be another tab's. */
  follow(id: string): void {
    const ms = Number.parseInt(id.slice(0, 8) + id.slice(9, 13), 16);
    const count = Number.parseInt(id.slice(15, 18), 16);
    if (!(ms >= this.ms)) return;
    this.count = ms > this.ms ? count : Math.max(this.count, count);
    this.ms = ms;
  }
}

function format(ms: number, count: number, random: Uint8Array): ClientId {
  const time = hex(ms, 12);
  const tail = Array.from(random.subarray(0, 8), (byte) => hex(byte, 2)).join('');
  const variant = hex(8 + (Number.parseInt(tail.slice(0, 1), 16) & 3), 1);
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(count, 3)}-${variant}${tail.slice(1, 4)}-${tail.slice(4)}` as ClientId;
}

const hex = (value: number, digits: number) => value.toString(16).padStart(digits, '0');
