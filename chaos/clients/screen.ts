import type { ScreenState, Shown } from './ledger.ts';

/** An entry as it comes over the wire. */
export interface WireEntry {
  id: string;
  conversationId: string;
  seq: number;
  kind: string;
  author: { kind: string; id?: string };
  text?: string;
  clientId?: string | null;
}

/** One conversation as a client shows it: entries by their sequence. */
export class Screen {
  readonly conversationId: string;
  /** Up to here nothing is missing, as far as numbers tell. */
  through = 0;
  from = 0;
  until: number | null = null;
  readonly contradictions: string[] = [];
  private readonly entries = new Map<number, Shown>();
  private readonly skipped: [number, number][] = [];

  constructor(conversationId: string) {
    this.conversationId = conversationId;
  }

  /** Tells whether it is new here. */
  show(entry: WireEntry): boolean {
    const shown: Shown = {
      seq: entry.seq,
      entryId: entry.id,
      clientId: entry.clientId ?? null,
      text: entry.text ?? null,
    };
    const before = this.entries.get(entry.seq);
    if (before && JSON.stringify(before) !== JSON.stringify(shown))
      this.contradictions.push(
        `${this.conversationId}: ${JSON.stringify(before)} became ${JSON.stringify(shown)}`,
      );
    if (before) return false;
    this.entries.set(entry.seq, shown);
    while (this.entries.has(this.through + 1)) this.through += 1;
    return true;
  }

  has(seq: number): boolean {
    return this.entries.has(seq);
  }

  /** A fresh page began here: what lies before it and isn't held was not promised. */
  skip(first: number, last: number): void {
    if (last >= first) this.skipped.push([first, last]);
  }

  state(): ScreenState {
    const { conversationId, from, until, skipped } = this;
    return { conversationId, entries: [...this.entries.values()], from, until, skipped };
  }
}
