import { mayEmbed } from '@deskbell/contract';
import type { Pool } from '../platform/store/connect.ts';
import { noteSighting } from './sightings.sql.ts';

/** The same site is noted again after this time, in ms, however many of its pages are open. */
const AGAIN_MS = 60_000;
/** Beyond this many sites remembered here all are forgotten, and noted anew. */
const REMEMBERED = 10_000;
/** Longer than any origin: 253 characters of host, scheme and port. */
const LONGEST_ORIGIN = 280;

interface Options {
  pool: Pool;
  onTrouble(error: unknown, what: string): void;
}

interface Inbox {
  id: string;
  workspaceId: string;
  domains: readonly string[];
}

/** Where widgets were seen, so that the settings can say whether the script tag works. */
export class Sightings {
  private readonly options: Options;
  private readonly noted = new Map<string, number>();

  constructor(options: Options) {
    this.options = options;
  }

  /** Whether a page of this origin may carry the inbox's widget; it was seen there in either case. */
  admits(inbox: Inbox, origin: string): boolean {
    const isAdmitted = mayEmbed(inbox.domains, origin);
    this.note(inbox, origin.slice(0, LONGEST_ORIGIN), !isAdmitted);
    return isAdmitted;
  }

  private note(inbox: Inbox, origin: string, isRefused: boolean): void {
    const key = `${inbox.id} ${isRefused} ${origin}`;
    const now = performance.now();
    if (now - (this.noted.get(key) ?? Number.NEGATIVE_INFINITY) < AGAIN_MS) return;
    if (this.noted.size >= REMEMBERED) this.noted.clear();
    this.noted.set(key, now);
    // The other word about this site is older now.
    this.noted.delete(`${inbox.id} ${!isRefused} ${origin}`);
    const seen = { inboxId: inbox.id, origin, isRefused };
    noteSighting(this.options.pool, inbox.workspaceId, seen).catch((error: unknown) => {
      this.noted.delete(key);
      this.options.onTrouble(error, 'noting where a widget was seen');
    });
  }
}
