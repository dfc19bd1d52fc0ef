import {
  type Counts,
  type EventKind,
  events as eventKinds,
  type Sight,
  sees,
} from '@deskbell/contract';
import {
  type AgentRow,
  agentForAgents,
  agents,
  type WorkspaceRow,
  workspaceForAgents,
  workspaces,
} from '../accounts/index.ts';
import { type ContactRow, contacts } from '../contacts/index.ts';
import {
  type ConversationRow,
  conversations,
  entryKey,
  factsIn,
  timeline,
} from '../conversations/index.ts';
import { type InboxRow, inboxes, inboxForAgents } from '../inboxes/index.ts';
import { type LabelRow, labelForAgents, labels } from '../labels/index.ts';
import { ConversationCounts, readBuckets } from '../lists/index.ts';
import type { Announced } from '../notifications/index.ts';
import type { FeedBatch } from '../platform/feed/feed.ts';
import type { LogEvent } from '../platform/log/log.ts';
import { readHead } from '../platform/log/log.ts';
import type { Pool, Queries } from '../platform/store/connect.ts';
import { type TeamRow, teamForAgents, teams } from '../teams/index.ts';
import type { AgentStream } from './agent-stream.ts';
import { AuditLane } from './audit-lane.ts';
import { BoardLane } from './board-lane.ts';
import { CardLane } from './card-lane.ts';
import { Contacts } from './contact-lane.ts';
import type { ContactStream } from './contact-stream.ts';
import { changesFrame, frame, typingFrame } from './frames.ts';
import type { AgentDoor } from './parts.ts';
import { References } from './references.ts';
import { Sites } from './sites.ts';
import { Throttle } from './throttle.ts';
import { noticeOf, type Told } from './told.ts';
import { sendEntries, Watchers } from './watchers.ts';

/** Counts are sent at most this often, in ms. */
const COUNTS_EVERY_MS = 500;

interface Options {
  pool: Pool;
  workspaceId: string;
  /** Says it to the other servers of this workspace; of those with one name only the newest counts. */
  share(notice: object, name: string): void;
  onTrouble(error: unknown, what: string): void;
}

/**
 * All streams of one workspace on this server. Folds the log into what is held in memory (agents,
 * inboxes, teams, counts) and hands each change to those who may see it: timelines at once to the desks
 * that watch them and to the contact, cards a few times a second to everybody who sees them.
 */
export class Hub implements AgentDoor {
  readonly agentStreams = new Set<AgentStream>();
  readonly contacts = new Contacts();
  readonly sites: Sites;
  private readonly options: Options;
  private readonly held = new References();
  private readonly watchers = new Watchers();
  private readonly counts = new ConversationCounts();
  private readonly board = new BoardLane(this.agentStreams);
  private readonly audit = new AuditLane(this.agentStreams);
  private readonly cards: CardLane;
  private readonly countsThrottle = new Throttle(COUNTS_EVERY_MS, () => this.sendAllCounts());
  private early: FeedBatch[] | null = [];
  /** What is to be announced, of what the log has not told here yet. */
  private readonly ahead: Announced[] = [];

  constructor(options: Options) {
    this.options = options;
    this.sites = new Sites(this.held, this.contacts);
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
        await this.held.load(sql, workspaceId);
        const buckets = await readBuckets(sql, workspaceId);
        this.counts.load(buckets);
        this.board.load(buckets.unclosed);
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
    for (const told of this.ahead.splice(0)) this.announce(told);
  }

  /** Takes in the next events of the log. */
  apply(batch: FeedBatch): void {
    if (this.early) {
      this.early.push(batch);
      return;
    }
    const entries = new Map<AgentStream, string[]>();
    const moved = new Map<string, LogEvent | null>();
    for (const event of batch.events) {
      if (event.entity === 'conversation') this.applyConversation(event, { batch, entries, moved });
      else this.applyReference(event, batch);
    }
    sendEntries(entries);
    this.countMoved(batch, moved);
    this.board.plan();
    this.audit.apply(batch.events);
    this.cards.head = batch.events.at(-1)?.position ?? this.cards.head;
    this.contacts.flush();
    this.cards.plan();
    for (const told of this.ahead.splice(0)) this.announce(told);
  }

  agentOf(id: string): AgentRow | undefined {
    return this.held.agents.get(id);
  }

  inboxOf(id: string): InboxRow | undefined {
    return this.held.inboxes.get(id);
  }

  /** Everything up to here has been taken in. */
  get position(): number {
    return this.cards.head;
  }

  countsOf(sight: Sight): Counts {
    return this.counts.of(sight);
  }

  /** How many conversations wait in the queue that this agent sees. */
  waitingFor(agentId: string): number {
    const agent = this.held.agents.get(agentId);
    return agent ? this.countsOf(this.held.sightOf(agent)).queue : 0;
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
    this.watchers.watch(stream, conversationId);
  }

  unwatch(stream: AgentStream, conversationId: string): void {
    this.watchers.unwatch(stream, conversationId);
  }

  sendCounts(stream: AgentStream): void {
    const text = JSON.stringify(this.countsOf(stream.sight));
    if (text === stream.lastCounts) return;
    stream.lastCounts = text;
    stream.send(`{"t":"counts","counts":${text}}`);
  }

  sendBoard(stream: AgentStream): void {
    this.board.send(stream);
  }

  /** Tells what isn't logged to those who may see it, here and on other servers, but not to who said it. */
  tell(told: Told, by?: unknown): void {
    this.hear(told, by);
    const { notice, name } = noticeOf(told);
    this.options.share(notice, name);
  }

  /** The same, of what another server told. */
  hear(told: Told, by?: unknown): void {
    if (told.t === 'audited') return this.audit.plan();
    if (told.t === 'mark') return this.toDevices(told.agentId, { marks: [told.mark] }, by);
    if (told.t === 'own') return this.toDevices(told.agentId, told.entities, by);
    if (told.t === 'draft') return this.toDevices(told.agentId, { drafts: [told.draft] }, by);
    const text =
      told.t === 'typing'
        ? typingFrame(told)
        : frame({ t: 'changes', entities: { receipts: [told.receipt] } });
    for (const stream of this.watchers.of(told.place.id)) if (stream !== by) stream.send(text);
    if (told.t === 'receipt' || told.by.kind === 'agent') this.contacts.toContact(told.place, text);
  }

  /**
   * The bell's new lines to all desks of an agent here, an announcement to those of its device. Not before what was
   * logged until then has been taken in: that may be by what they see it.
   */
  announce(told: Announced): void {
    if (told.rows.some(({ position }) => position > this.position)) {
      this.ahead.push(told);
      return;
    }
    for (const stream of this.agentStreams) {
      if (stream.agentId !== told.agentId) continue;
      stream.ring(told.rows);
      stream.announce(told);
    }
  }

  /** A device that has said so. */
  deviceOf(agentId: string): string | null {
    const all = [...this.agentStreams].filter((stream) => stream.agentId === agentId);
    return all.find(({ deviceId }) => deviceId !== null)?.deviceId ?? null;
  }

  hasDeviceOf(agentId: string): boolean {
    return this.sightHere(agentId) !== null;
  }

  /** What an agent with a desk here sees. */
  sightHere(agentId: string): Sight | null {
    for (const stream of this.agentStreams) if (stream.agentId === agentId) return stream.sight;
    return null;
  }

  hasTeam(id: string): boolean {
    return this.held.teams.has(id);
  }

  references(): object {
    return this.held.forAgents();
  }

  /** Those of agents first. */
  get streams(): (AgentStream | ContactStream)[] {
    return [...this.agentStreams, ...this.contacts.all];
  }

  get hasStreams(): boolean {
    return this.agentStreams.size > 0 || this.contacts.hasAny;
  }

  bye(code: string, detail: string): void {
    for (const stream of this.agentStreams) stream.bye(code, detail);
    this.contacts.bye(code, detail);
    this.countsThrottle.stop();
    this.board.stop();
    this.audit.stop();
    this.cards.stop();
  }

  private toDevices(agentId: string, entities: object, but: unknown): void {
    const text = frame({ t: 'changes', entities });
    for (const stream of this.agentStreams)
      if (stream.agentId === agentId && stream !== but) stream.send(text);
  }

  private applyConversation(
    event: LogEvent,
    into: {
      batch: FeedBatch;
      entries: Map<AgentStream, string[]>;
      moved: Map<string, LogEvent | null>;
    },
  ): void {
    const row = into.batch.row(conversations, event.id);
    if (!row) return;
    this.board.apply(row);
    const entry = into.batch.row(timeline, entryKey(event.id, event.version));
    const isMessage = event.kind === 'message.added';
    into.moved.set(event.id, into.moved.get(event.id) ?? (isMessage ? null : event));
    if (event.audienceBefore !== null) this.takeAway(row, event.audienceBefore);
    this.watchers.tell(row, { entry, isMessage }, into.entries);
    if (isForContact(event.kind)) this.contacts.collect(row, { entry, isMessage, event });
    this.cards.add(row);
  }

  /** Those who saw it before and don't any more lose it at once, also from their screens. */
  private takeAway(row: ConversationRow, audienceBefore: string): void {
    this.cards.takeBack(row.id);
    const before = factsIn(audienceBefore);
    for (const stream of this.agentStreams)
      if (sees(stream.sight, before) && !stream.sees(row)) stream.lose(row.id);
  }

  /** `moved`: the first event of each conversation that is more than a message; null: there were only messages. */
  private countMoved(batch: FeedBatch, moved: ReadonlyMap<string, LogEvent | null>): void {
    let isChanged = false;
    for (const [id, event] of moved) {
      const row = batch.row(conversations, id);
      if (!row) continue;
      const hasMoved = event
        ? this.counts.apply(row, () => closedBefore(event))
        : this.counts.applyMessage(row);
      if (hasMoved) isChanged = true;
    }
    if (isChanged) this.countsThrottle.call();
  }

  private applyReference(event: LogEvent, batch: FeedBatch): void {
    if (event.entity === 'workspace') this.applyWorkspace(batch.row(workspaces, event.id));
    if (event.entity === 'agent') this.applyAgent(batch.row(agents, event.id));
    if (event.entity === 'inbox') this.applyInbox(batch.row(inboxes, event.id));
    if (event.entity === 'label') this.applyLabel(batch.row(labels, event.id));
    if (event.entity === 'team') this.applyTeam(batch.row(teams, event.id));
    if (event.entity === 'contact') this.applyContact(batch.row(contacts, event.id));
  }

  private applyWorkspace(row: WorkspaceRow | undefined): void {
    if (!row) return;
    this.held.workspace = row;
    this.toAgents(changesFrame({ workspaces: [JSON.stringify(workspaceForAgents(row))] }));
  }

  private applyAgent(row: AgentRow | undefined): void {
    if (!row) return;
    const before = this.held.agents.get(row.id);
    this.sites.tellOpen(() => this.held.agents.set(row.id, row));
    if (before?.name !== row.name || before.picture !== row.picture)
      this.contacts.renewFace(row.id);
    this.toAgents(changesFrame({ agents: [JSON.stringify(agentForAgents(row))] }));
    for (const stream of this.agentStreams)
      if (stream.agentId === row.id) this.regrant(stream, row);
  }

  private applyInbox(row: InboxRow | undefined): void {
    if (!row) return;
    this.sites.apply(row);
    this.toAgents(changesFrame({ inboxes: [JSON.stringify(inboxForAgents(row))] }));
  }

  private applyLabel(row: LabelRow | undefined): void {
    if (!row) return;
    this.held.labels.set(row.id, row);
    this.toAgents(changesFrame({ labels: [JSON.stringify(labelForAgents(row))] }));
  }

  private applyTeam(row: TeamRow | undefined): void {
    if (!row) return;
    if (row.isDeleted) {
      this.sites.tellOpen(() => this.held.teams.delete(row.id));
      return this.toAgents(frame({ t: 'changes', entities: {}, gone: { teams: [row.id] } }));
    }
    this.sites.tellOpen(() => this.held.teams.set(row.id, row));
    this.toAgents(changesFrame({ teams: [JSON.stringify(teamForAgents(row))] }));
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
    const agent = this.held.agents.get(stream.agentId);
    if (agent) stream.grant(agent, this.held.sightOf(agent));
  }

  private toAgents(text: string): void {
    for (const stream of this.agentStreams) stream.send(text);
  }

  private sendAllCounts(): void {
    for (const stream of this.agentStreams) this.sendCounts(stream);
  }
}

/** As what a conversation stood closed, if it did, before the first that is told of it. */
const closedBefore = ({ kind, audience, audienceBefore }: LogEvent) =>
  kind === 'conversation.opened' ? null : factsIn(audienceBefore ?? audience);

const isForContact = (kind: EventKind) => eventKinds[kind].contact;
