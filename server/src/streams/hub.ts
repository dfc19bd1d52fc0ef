import {
  type Counts,
  type EventKind,
  events as eventKinds,
  mayEmbed,
  type Site,
  WATCH_LIMIT,
} from '@deskbell/contract';
import {
  type AgentRow,
  agentForAgents,
  agents,
  loadAgents,
  seesEveryInbox,
} from '../accounts/index.ts';
import { type ContactRow, contacts } from '../contacts/index.ts';
import {
  type ConversationRow,
  conversationForAgents,
  conversations,
  type EntryRow,
  entryForAgents,
  entryKey,
  timeline,
} from '../conversations/index.ts';
import {
  type InboxRow,
  inboxes,
  inboxForAgents,
  loadInboxes,
  siteForContacts,
} from '../inboxes/index.ts';
import { ConversationCounts, readBuckets, type VisibleInboxes } from '../lists/index.ts';
import type { FeedBatch } from '../platform/feed/feed.ts';
import type { LogEvent } from '../platform/log/log.ts';
import { readHead } from '../platform/log/log.ts';
import type { Pool, Queries } from '../platform/store/connect.ts';
import type { AgentStream } from './agent-stream.ts';
import { CardLane } from './card-lane.ts';
import { Contacts } from './contact-lane.ts';
import { changesFrame, frame } from './frames.ts';
import type { AgentDoor } from './parts.ts';
import { Throttle } from './throttle.ts';
import { noticeOf, type Told } from './told.ts';
import { WORKSPACE_COLUMNS, type WorkspaceRow } from './workspace.ts';

/** Counts are sent at most this often, in ms. */
const COUNTS_EVERY_MS = 500;
const MINUTE = 60_000;

interface Options {
  pool: Pool;
  workspaceId: string;
  /** Says it to the other servers of this workspace; of those with one name only the newest counts. */
  share(notice: object, name: string): void;
  onTrouble(error: unknown, what: string): void;
}

/**
 * All streams of one workspace on this server. Folds the log into what is held in memory (agents,
 * inboxes, counts) and hands each change to those who may see it: timelines at once to the desks that
 * watch them and to the contact, cards a few times a second to everybody who sees the inbox.
 */
export class Hub implements AgentDoor {
  readonly agentStreams = new Set<AgentStream>();
  readonly contacts = new Contacts();
  private readonly options: Options;
  private readonly agents = new Map<string, AgentRow>();
  private readonly inboxes = new Map<string, InboxRow>();
  private readonly watchers = new Map<string, Set<AgentStream>>();
  private readonly counts = new ConversationCounts();
  private readonly cards: CardLane;
  private readonly countsThrottle = new Throttle(COUNTS_EVERY_MS, () => this.sendAllCounts());
  private workspace: WorkspaceRow | undefined;
  private online: readonly string[] = [];
  private usualAnswerMs: number | null = null;
  private early: FeedBatch[] | null = [];

  constructor(options: Options) {
    this.options = options;
    this.cards = new CardLane({ ...options, streams: this.agentStreams });
  }

  /** Loads what is held in memory, at a position not before the feed's. */
  async load(): Promise<void> {
    const { pool, workspaceId } = this.options;
    const position = await pool.begin(
      'isolation level repeatable read read only',
      async (transaction) => {
        const sql = transaction as unknown as Queries;
        const { position } = await readHead(sql, workspaceId);
        for (const row of await loadAgents(sql, workspaceId)) this.agents.set(row.id, row);
        for (const row of await loadInboxes(sql, workspaceId)) this.inboxes.set(row.id, row);
        this.counts.load(await readBuckets(sql, workspaceId));
        const [workspace] = await sql.unsafe<WorkspaceRow>(
          `select ${WORKSPACE_COLUMNS} from workspaces where id = $1`,
          [workspaceId],
        );
        this.workspace = workspace;
        return position;
      },
    );
    this.cards.head = position as number;
    const early = this.early ?? [];
    this.early = null;
    for (const batch of early)
      this.apply({
        ...batch,
        events: batch.events.filter((event) => event.position > (position as number)),
      });
  }

  /** Takes in the next events of the log. */
  apply(batch: FeedBatch): void {
    if (this.early) {
      this.early.push(batch);
      return;
    }
    const opened = new Set<string>();
    const entries = new Map<AgentStream, string[]>();
    const moved = new Set<string>();
    for (const event of batch.events) {
      if (event.kind === 'conversation.opened') opened.add(event.id);
      if (event.entity === 'conversation') this.applyConversation(event, { batch, entries, moved });
      else this.applyReference(event, batch);
    }
    for (const [stream, texts] of entries) stream.send(changesFrame({ entries: texts }));
    this.countMoved(batch, { moved, opened });
    this.cards.head = batch.events.at(-1)?.position ?? this.cards.head;
    this.contacts.flush();
    this.cards.plan();
  }

  agentOf(id: string): AgentRow | undefined {
    return this.agents.get(id);
  }

  inboxOf(id: string): InboxRow | undefined {
    return this.inboxes.get(id);
  }

  site(inboxId: string): Site | undefined {
    const inbox = this.inboxes.get(inboxId);
    if (!inbox) return undefined;
    const { usualAnswerMs } = this;
    return siteForContacts(inbox, { isOnline: this.isInboxOnline(inbox), usualAnswerMs });
  }

  /** Everything up to here has been taken in. */
  get position(): number {
    return this.cards.head;
  }

  countsOf(agentId: string, inboxes: VisibleInboxes): Counts {
    return this.counts.of(agentId, inboxes);
  }

  enter(stream: AgentStream): void {
    this.grant(stream);
    this.agentStreams.add(stream);
  }

  leave(stream: AgentStream): void {
    this.agentStreams.delete(stream);
    for (const id of stream.watched) this.unwatch(stream, id);
  }

  watch(stream: AgentStream, conversationId: string): void {
    // Last in line, though it may have stood there before.
    stream.watched.delete(conversationId);
    stream.watched.add(conversationId);
    const [eldest] = stream.watched;
    if (stream.watched.size > WATCH_LIMIT && eldest) this.unwatch(stream, eldest);
    const watchers = this.watchers.get(conversationId) ?? new Set();
    this.watchers.set(conversationId, watchers.add(stream));
  }

  unwatch(stream: AgentStream, conversationId: string): void {
    stream.watched.delete(conversationId);
    const watchers = this.watchers.get(conversationId);
    watchers?.delete(stream);
    if (watchers?.size === 0) this.watchers.delete(conversationId);
  }

  watchersOf(conversationId: string): ReadonlySet<AgentStream> {
    return this.watchers.get(conversationId) ?? new Set();
  }

  sendCounts(stream: AgentStream): void {
    const text = JSON.stringify(this.countsOf(stream.agentId, stream.inboxes));
    if (text === stream.lastCounts) return;
    stream.lastCounts = text;
    stream.send(`{"t":"counts","counts":${text}}`);
  }

  sendPresence(stream: AgentStream): void {
    stream.send(frame({ t: 'presence', online: this.online }));
  }

  setOnline(online: readonly string[]): void {
    const before = new Map(
      [...this.inboxes.values()].map((inbox) => [inbox.id, this.isInboxOnline(inbox)]),
    );
    this.online = online;
    for (const stream of this.agentStreams) this.sendPresence(stream);
    for (const inbox of this.inboxes.values()) {
      const isOnline = this.isInboxOnline(inbox);
      if (isOnline !== before.get(inbox.id))
        this.contacts.toInbox(inbox.id, frame({ t: 'site', isOnline }));
    }
  }

  /** Tells what isn't logged to those who may see it, here and on other servers, but not to who said it. */
  tell(told: Told, by?: unknown): void {
    this.hear(told, by);
    const { notice, name } = noticeOf(told);
    this.options.share(notice, name);
  }

  /** The same, of what another server told. */
  hear(told: Told, by?: unknown): void {
    if (told.t === 'mark') return this.toDevices(told.agentId, { marks: [told.mark] }, by);
    if (told.t === 'draft') return this.toDevices(told.agentId, { drafts: [told.draft] }, by);
    const text =
      told.t === 'typing'
        ? frame({
            t: 'typing',
            conversationId: told.place.id,
            by: told.by,
            isTyping: told.isTyping,
          })
        : frame({ t: 'changes', entities: { receipts: [told.receipt] } });
    for (const stream of this.watchersOf(told.place.id)) if (stream !== by) stream.send(text);
    if (told.t === 'receipt' || told.by.kind === 'agent') this.contacts.toContact(told.place, text);
  }

  hasDeviceOf(agentId: string): boolean {
    for (const stream of this.agentStreams) if (stream.agentId === agentId) return true;
    return false;
  }

  /** in ms. */
  setUsualAnswer(ms: number | null): void {
    // To the minute, so that it isn't told anew with every answer.
    const usualAnswerMs = ms === null ? null : Math.max(1, Math.round(ms / MINUTE)) * MINUTE;
    if (usualAnswerMs === this.usualAnswerMs) return;
    this.usualAnswerMs = usualAnswerMs;
    for (const id of this.inboxes.keys())
      this.contacts.toInbox(id, frame({ t: 'site', usualAnswerMs }));
  }

  references(): object {
    return {
      workspaces: this.workspace ? [this.workspace] : [],
      agents: [...this.agents.values()].map(agentForAgents),
      inboxes: [...this.inboxes.values()].map(inboxForAgents),
    };
  }

  bye(code: string, detail: string): void {
    for (const stream of this.agentStreams) stream.bye(code, detail);
    this.contacts.bye(code, detail);
    this.countsThrottle.stop();
    this.cards.stop();
  }

  private toDevices(agentId: string, entities: object, but: unknown): void {
    const text = frame({ t: 'changes', entities });
    for (const stream of this.agentStreams)
      if (stream.agentId === agentId && stream !== but) stream.send(text);
  }

  private applyConversation(
    event: LogEvent,
    into: { batch: FeedBatch; entries: Map<AgentStream, string[]>; moved: Set<string> },
  ): void {
    const row = into.batch.row(conversations, event.id);
    if (!row) return;
    const entry = into.batch.row(timeline, entryKey(event.id, event.version));
    const isMessage = event.kind === 'message.added';
    if (!isMessage) into.moved.add(event.id);
    this.tellWatchers(row, { entry, isMessage }, into.entries);
    if (isForContact(event.kind))
      this.contacts.collect(row, { entry, isMessage, seq: event.version });
    this.cards.add(row);
  }

  private tellWatchers(
    row: ConversationRow,
    what: { entry: EntryRow | undefined; isMessage: boolean },
    entries: Map<AgentStream, string[]>,
  ): void {
    const watchers = this.watchers.get(row.id);
    if (!watchers) return;
    const text = what.entry ? JSON.stringify(entryForAgents(what.entry)) : null;
    const card = what.isMessage
      ? null
      : changesFrame({ conversations: [JSON.stringify(conversationForAgents(row))] });
    for (const stream of watchers) {
      if (!stream.sees(row.inboxId)) continue;
      if (text) append(entries, stream, text);
      if (card) stream.send(card);
    }
  }

  private countMoved(
    batch: FeedBatch,
    { moved, opened }: { moved: Set<string>; opened: Set<string> },
  ): void {
    let isChanged = false;
    for (const id of moved) {
      const row = batch.row(conversations, id);
      if (row && this.counts.apply(row, opened.has(id))) isChanged = true;
    }
    if (isChanged) this.countsThrottle.call();
  }

  private applyReference(event: LogEvent, batch: FeedBatch): void {
    if (event.entity === 'agent') this.applyAgent(batch.row(agents, event.id));
    if (event.entity === 'inbox') this.applyInbox(batch.row(inboxes, event.id));
    if (event.entity === 'contact') this.applyContact(batch.row(contacts, event.id));
  }

  private applyAgent(row: AgentRow | undefined): void {
    if (!row) return;
    const before = this.agents.get(row.id);
    this.agents.set(row.id, row);
    if (before?.name !== row.name) this.contacts.renewFace(row.id);
    this.toAgents(changesFrame({ agents: [JSON.stringify(agentForAgents(row))] }));
    for (const stream of this.agentStreams)
      if (stream.agentId === row.id) this.regrant(stream, row);
  }

  private applyInbox(row: InboxRow | undefined): void {
    if (!row) return;
    const before = JSON.stringify(this.site(row.id));
    this.inboxes.set(row.id, row);
    const site = this.site(row.id);
    if (JSON.stringify(site) !== before)
      this.contacts.toInbox(row.id, frame({ t: 'site', ...site }));
    this.contacts.dismissFrom(row.id, (origin) => mayEmbed(row.domains, origin));
    this.toAgents(changesFrame({ inboxes: [JSON.stringify(inboxForAgents(row))] }));
  }

  private applyContact(row: ContactRow | undefined): void {
    if (row) this.cards.addContact(row);
  }

  /** Rights changed: the stream ends here and begins again with a snapshot. */
  private regrant(stream: AgentStream, row: AgentRow): void {
    if (!row.isActive) return stream.bye('session-ended', 'You no longer belong to this workspace');
    const before = stream.rights;
    this.grant(stream);
    if (stream.rights === before) return;
    for (const id of [...stream.watched]) this.unwatch(stream, id);
    stream.begin({}).catch((error: unknown) => {
      this.options.onTrouble(error, 'a snapshot after rights changed');
      stream.bye('unavailable', 'Come back in a moment');
    });
  }

  private grant(stream: AgentStream): void {
    const agent = this.agents.get(stream.agentId);
    if (!agent) return;
    const own = [...this.inboxes.values()]
      .filter((inbox) => inbox.memberIds.includes(agent.id))
      .map((inbox) => inbox.id);
    stream.grant(agent, seesEveryInbox(agent) ? null : own);
  }

  private toAgents(text: string): void {
    for (const stream of this.agentStreams) stream.send(text);
  }

  private sendAllCounts(): void {
    for (const stream of this.agentStreams) this.sendCounts(stream);
  }

  private isInboxOnline(inbox: InboxRow): boolean {
    return this.online.some((id) => inbox.memberIds.includes(id));
  }
}

const isForContact = (kind: EventKind) => eventKinds[kind].contact;

function append(texts: Map<AgentStream, string[]>, stream: AgentStream, text: string): void {
  const own = texts.get(stream);
  if (own) own.push(text);
  else texts.set(stream, [text]);
}
