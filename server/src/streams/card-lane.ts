import { type ContactRow, contactForAgents, contacts } from '../contacts/index.ts';
import { type ConversationRow, conversationForAgents } from '../conversations/index.ts';
import type { Frame } from '../platform/socket/connection.ts';
import { textFrame } from '../platform/socket/text-frame.ts';
import type { Pool } from '../platform/store/connect.ts';
import type { AgentStream } from './agent-stream.ts';
import { changesFrame } from './frames.ts';
import { Throttle } from './throttle.ts';

/** A card that changes a thousand times a second is sent this often, in ms; after a quiet time at once. */
const CARDS_EVERY_MS = 250;
const CONTACTS_KEPT = 20_000;
const LARGE_BYTES = 4_096;

interface Options {
  pool: Pool;
  workspaceId: string;
  streams: ReadonlySet<AgentStream>;
  onTrouble(error: unknown, what: string): void;
}

/**
 * Cards to every desk that sees their inbox. What changed since the last sending goes out as it is
 * now, once, with the position that it covers; desks that see the same get the same bytes.
 */
export class CardLane {
  /** Everything up to here has been taken in. */
  head = 0;
  private readonly options: Options;
  private readonly throttle = new Throttle(CARDS_EVERY_MS, () => this.flushInTurn());
  /** One after the other: a later position must not overtake the cards of an earlier one. */
  private flushing: Promise<void> = Promise.resolve();
  private readonly known = new Map<string, ContactRow>();
  private changed = new Map<string, ConversationRow>();
  private changedContacts = new Map<string, ContactRow>();
  private sentThrough = 0;

  constructor(options: Options) {
    this.options = options;
  }

  add(row: ConversationRow): void {
    this.changed.set(row.id, row);
  }

  addContact(row: ContactRow): void {
    this.remember(row);
    this.changedContacts.set(row.id, row);
  }

  plan(): void {
    this.throttle.call();
  }

  stop(): void {
    this.throttle.stop();
  }

  private flushInTurn(): void {
    this.flushing = this.flushing.then(() => this.flush());
  }

  private async flush(): Promise<void> {
    if (this.head === this.sentThrough) return;
    const cards = [...this.changed.values()];
    const people = this.changedContacts;
    const { head } = this;
    this.sentThrough = head;
    this.changed = new Map();
    this.changedContacts = new Map();
    const streams = [...this.options.streams];
    if (streams.length === 0) return;
    const missing = [...new Set(cards.map((card) => card.contactId))].filter(
      (id) => !this.known.has(id),
    );
    if (missing.length > 0) await this.learn(missing);
    const frames = new Map<string, Frame>();
    for (const stream of streams) {
      // By what the desk may see by now.
      let frame = frames.get(stream.group);
      if (frame === undefined) {
        // As bytes: encoding some hundred cards anew for each desk held everybody else up.
        frame = textFrame(this.frameFor(stream, { cards, people, head }));
        frames.set(stream.group, frame);
      }
      stream.send(frame);
      // Many cards for many desks are some MB: messages pass in between.
      if (frame.length > LARGE_BYTES) await new Promise(setImmediate);
    }
  }

  private frameFor(
    stream: AgentStream,
    news: { cards: ConversationRow[]; people: Map<string, ContactRow>; head: number },
  ): string {
    const seen = news.cards.filter((card) => stream.sees(card.inboxId));
    const people = new Map(news.people);
    for (const card of seen) {
      const contact = this.known.get(card.contactId);
      if (contact) people.set(contact.id, contact);
    }
    return changesFrame(
      {
        contacts: [...people.values()].map((row) => JSON.stringify(contactForAgents(row))),
        conversations: seen.map((row) => JSON.stringify(conversationForAgents(row))),
      },
      String(news.head),
    );
  }

  private async learn(ids: string[]): Promise<void> {
    try {
      for (const row of await contacts.load(this.options.pool, this.options.workspaceId, ids))
        this.remember(row);
    } catch (error) {
      // The cards go out without names; the next change of each brings them.
      this.options.onTrouble(error, 'loading contacts for cards');
    }
  }

  private remember(row: ContactRow): void {
    if (this.known.size > CONTACTS_KEPT) this.known.clear();
    this.known.set(row.id, row);
  }
}
