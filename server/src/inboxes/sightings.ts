import { mayEmbed } from '@deskbell/contract';
import { Allowance, subscriberOf } from '../platform/http/allowance.ts';
import type { Pool } from '../platform/store/connect.ts';
import { noteSighting } from './sightings.sql.ts';

/** The same site is noted again after this time, in ms, however many of its pages are open. */
const AGAIN_MS = 60_000;
/** Beyond this many sites remembered here all are forgotten, and noted anew. */
const REMEMBERED = 10_000;
/** A site: what else a browser or a program says (`null`, an extension, any text) is none. At most 253 characters of host. */
const SITE = /^https?:\/\/[^/?#\s]{1,260}$/;
/**
 * Sites that were not seen here before, of one inbox from one address: who asks may say any origin. An office builds no
 * more in an hour than the list holds.
 */
const NEW_TERMS = { burst: 20, perMs: 3_600_000 };

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
  private readonly strange = new Allowance(NEW_TERMS);

  constructor(options: Options) {
    this.options = options;
  }

  /** Whether a page of this origin may carry the inbox's widget; it was seen there in either case. */
  admits(inbox: Inbox, { origin, address }: { origin: string; address: string }): boolean {
    const isAdmitted = mayEmbed(inbox.domains, origin);
    if (SITE.test(origin) && this.isNews(inbox, { origin, address, isRefused: !isAdmitted }))
      this.note(inbox, origin, !isAdmitted);
    return isAdmitted;
  }

  private isNews(
    inbox: Inbox,
    seen: { origin: string; address: string; isRefused: boolean },
  ): boolean {
    const now = performance.now();
    const last = this.noted.get(keyOf(inbox, seen));
    if (last !== undefined) return now - last >= AGAIN_MS;
    const isKnown = this.noted.has(keyOf(inbox, { ...seen, isRefused: !seen.isRefused }));
    return isKnown || this.strange.spend(`${inbox.id} ${subscriberOf(seen.address)}`, now) === 0;
  }

  private note(inbox: Inbox, origin: string, isRefused: boolean): void {
    const key = keyOf(inbox, { origin, isRefused });
    if (this.noted.size >= REMEMBERED) this.noted.clear();
    this.noted.set(key, performance.now());
    // The other word about this site is older now.
    this.noted.delete(keyOf(inbox, { origin, isRefused: !isRefused }));
    const seen = { inboxId: inbox.id, origin, isRefused };
    noteSighting(this.options.pool, inbox.workspaceId, seen).catch((error: unknown) => {
      this.noted.delete(key);
      this.options.onTrouble(error, 'noting where a widget was seen');
    });
  }
}

const keyOf = (inbox: Inbox, { origin, isRefused }: { origin: string; isRefused: boolean }) =>
  `${inbox.id} ${isRefused} ${origin}`;
