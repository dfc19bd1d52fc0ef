import type { Entry } from '@deskbell/contract';

export interface TimelinePage {
  entries: readonly Entry[];
  isReset: boolean;
  through: number;
}

/**
 * The entries of one conversation that are held, by their place in its sequence. An agent's sequence
 * is dense (1, 2, 3 …), so a hole means that something is missing; a contact's is not, since what is
 * internal is left out of it.
 */
export class Timeline {
  private readonly isDense: boolean;
  private held: Entry[] = [];
  private readonly clientIds = new Set<string>();
  /** Where what is known without a hole begins; null: no page has come yet. */
  private first: number | null = null;
  private through = 0;

  constructor(isDense: boolean) {
    this.isDense = isDense;
  }

  /** In order of their sequence. The same array until one comes. */
  get entries(): readonly Entry[] {
    return this.held;
  }

  /** A page has come; before that there may be single entries, without what lies before them. */
  get isLoaded(): boolean {
    return this.first !== null;
  }

  /** Everything from the first page's begin up to this sequence is here. 0: nothing is. */
  get completeThrough(): number {
    return this.through;
  }

  /** The sequence before which earlier ones may be asked for; null: this is the beginning. */
  get earlierThan(): number | null {
    return this.first !== null && this.first > 1 ? this.first : null;
  }

  has(clientId: string): boolean {
    return this.clientIds.has(clientId);
  }

  /** Whether something up to `version`, the conversation's own count, is missing. */
  isMissing(version: number): boolean {
    const last = this.held.at(-1)?.seq ?? 0;
    return this.isDense && this.isLoaded && this.through < Math.max(version, last);
  }

  /** Takes single entries in, in any order and as often as they come. True: at least one was new. */
  add(entries: readonly Entry[]): boolean {
    const fresh = entries.filter((entry) => this.isNew(entry));
    if (fresh.length === 0) return false;
    this.held = merged(this.held, fresh);
    for (const entry of fresh) this.remember(entry);
    this.advance();
    return true;
  }

  /**
   * Takes in a page that holds everything up to `through`. `isReset`: where more was missed than the page
   * brings, what lies before it is forgotten; what came live behind it stays.
   */
  addPage(page: TimelinePage): void {
    const from = page.entries[0]?.seq ?? page.through + 1;
    if (this.first === null || (page.isReset && from > this.through + 1)) this.beginAt(from);
    else if (page.through >= this.first - 1) this.first = Math.min(this.first, from);
    this.add(page.entries);
    this.advance();
  }

  /** Takes in the page that was asked for by {@link earlierThan}; one for another place is of no use any more. */
  addEarlier(page: { before: number; entries: readonly Entry[]; hasEarlier: boolean }): void {
    if (page.before !== this.first) return;
    this.first = page.hasEarlier ? (page.entries[0]?.seq ?? this.first) : 1;
    this.add(page.entries);
  }

  /** Whether an entry that isn't held would lie before what is. */
  isBefore(seq: number): boolean {
    return this.first !== null && seq < this.first;
  }

  private beginAt(seq: number): void {
    this.held = this.held.filter((entry) => entry.seq >= seq);
    this.clientIds.clear();
    for (const entry of this.held) this.remember(entry);
    this.first = seq;
    this.through = seq - 1;
  }

  private isNew(entry: Entry): boolean {
    // Before the known part only a page may add, else a hole would show.
    if (this.isBefore(entry.seq)) return false;
    return this.held[placeOf(this.held, entry.seq)]?.seq !== entry.seq;
  }

  private remember(entry: Entry): void {
    if (entry.kind === 'message' && entry.clientId) this.clientIds.add(entry.clientId);
  }

  private advance(): void {
    if (!this.isLoaded) return;
    let index = placeOf(this.held, this.through + 1);
    while (this.held[index] && (!this.isDense || this.held[index]?.seq === this.through + 1)) {
      this.through = this.held[index]?.seq ?? this.through;
      index++;
    }
  }
}

/** The index of the first entry that isn't before `seq`. */
function placeOf(entries: readonly Entry[], seq: number): number {
  let low = 0;
  let high = entries.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((entries[middle]?.seq ?? 0) < seq) low = middle + 1;
    else high = middle;
  }
  return low;
}

function merged(held: readonly Entry[], fresh: readonly Entry[]): Entry[] {
  const bySeq = new Map(fresh.map((entry) => [entry.seq, entry]));
  const added = [...bySeq.values()].sort((left, right) => left.seq - right.seq);
  const last = held.at(-1)?.seq ?? 0;
  if ((added[0]?.seq ?? 0) > last) return [...held, ...added];
  return [...held, ...added].sort((left, right) => left.seq - right.seq);
}
