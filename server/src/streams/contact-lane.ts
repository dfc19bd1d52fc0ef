import {
  type ConversationRow,
  conversationForContact,
  type EntryRow,
  entryForContact,
} from '../conversations/index.ts';
import type { LogEvent } from '../platform/log/log.ts';
import type { ContactStream } from './contact-stream.ts';
import { changesFrame, contactThrough } from './frames.ts';

interface News {
  row: ConversationRow;
  /** The conversation itself changed, not only its timeline. */
  isMoved: boolean;
  entries: string[];
  authorIds: Set<string>;
  seq: number;
  /** Of its last event in the log. */
  position: number;
}

/** What the console of a page says that may not carry a widget. */
export const strangeOrigin = (origin: string) =>
  `${origin} is not among the domains of this inbox; an admin adds it in the desk under Settings, Inboxes, Domains`;

/** The streams of contacts, and what the current batch brings them: one frame each. */
export class Contacts {
  private readonly streams = new Map<string, Set<ContactStream>>();
  private news = new Map<string, News>();

  enter(stream: ContactStream): void {
    const own = this.streams.get(stream.contactId) ?? new Set();
    this.streams.set(stream.contactId, own.add(stream));
  }

  leave(stream: ContactStream): void {
    const own = this.streams.get(stream.contactId);
    own?.delete(stream);
    if (own?.size === 0) this.streams.delete(stream.contactId);
  }

  collect(
    row: ConversationRow,
    what: { entry: EntryRow | undefined; isMessage: boolean; event: LogEvent },
  ): void {
    if (!this.streams.has(row.contactId)) return;
    const news = this.news.get(row.id) ?? {
      row,
      isMoved: false,
      entries: [],
      authorIds: new Set<string>(),
      seq: 0,
      position: 0,
    };
    this.news.set(row.id, news);
    news.row = row;
    news.seq = what.event.version;
    news.position = what.event.position;
    if (!what.isMessage) news.isMoved = true;
    const entry = what.entry ? entryForContact(what.entry) : null;
    if (entry) news.entries.push(JSON.stringify(entry));
    if (entry?.author.kind === 'agent') news.authorIds.add(entry.author.id);
  }

  flush(): void {
    if (this.news.size === 0) return;
    const { news } = this;
    this.news = new Map();
    for (const each of news.values())
      for (const stream of this.streamsOf(each.row)) this.tell(stream, each);
  }

  /** A pulse to the widgets of one conversation's contact. */
  toContact(row: Pick<ConversationRow, 'contactId' | 'inboxId'>, text: string): void {
    for (const stream of this.streamsOf(row)) stream.send(text);
  }

  toInbox(inboxId: string, text: string): void {
    for (const own of this.streams.values())
      for (const stream of own) if (stream.inboxId === inboxId) stream.send(text);
  }

  /** Ends the streams of an inbox on pages that may no longer carry its widget. */
  dismissFrom(inboxId: string, mayStay: (origin: string) => boolean): void {
    for (const own of this.streams.values())
      for (const stream of own)
        if (stream.inboxId === inboxId && stream.origin !== null && !mayStay(stream.origin))
          stream.bye('wrong-origin', strangeOrigin(stream.origin));
  }

  /** Tells those who have seen an agent what they are called and look like now. */
  renewFace(agentId: string): void {
    for (const own of this.streams.values())
      for (const stream of own)
        if (stream.knowsFace(agentId))
          stream.send(changesFrame({ agents: stream.newFaces([agentId]) }));
  }

  get hasAny(): boolean {
    return this.streams.size > 0;
  }

  get all(): ContactStream[] {
    return [...this.streams.values()].flatMap((own) => [...own]);
  }

  bye(code: string, detail: string): void {
    for (const own of this.streams.values()) for (const stream of own) stream.bye(code, detail);
  }

  private tell(stream: ContactStream, news: News): void {
    const { row, isMoved, entries, authorIds, seq, position } = news;
    stream.tell(position, () => {
      stream.conversationId = row.id;
      const agents = stream.newFaces([isMoved ? row.assigneeId : null, ...authorIds]);
      const conversations = isMoved ? [JSON.stringify(conversationForContact(row))] : [];
      return changesFrame({ agents, conversations, entries }, contactThrough(row.id, seq));
    });
  }

  private *streamsOf(row: Pick<ConversationRow, 'contactId' | 'inboxId'>): Iterable<ContactStream> {
    for (const stream of this.streams.get(row.contactId) ?? [])
      if (stream.inboxId === row.inboxId) yield stream;
  }
}
