import { createHash } from 'node:crypto';
import {
  type BulkJob,
  type Hello,
  type May,
  type Sight,
  type SightFacts,
  sees,
  WATCH_LIMIT,
} from '@deskbell/contract';
import { type AgentRow, mayOf } from '../accounts/index.ts';
import { jobForAgent, readProgress } from '../bulk/index.ts';
import { contactForAgents, contacts, findSeenContacts } from '../contacts/index.ts';
import {
  type ConversationRow,
  conversationForAgents,
  conversations,
  entryForAgents,
  factsIn,
  readTimeline,
} from '../conversations/index.ts';
import { findDrafts } from '../drafts/index.ts';
import { findVisible, takeSnapshot } from '../lists/index.ts';
import { type Announced, noticeForAgent, seesIt } from '../notifications/index.ts';
import { type LogEvent, readEvents, readHead } from '../platform/log/log.ts';
import type { Connection, Frame } from '../platform/socket/connection.ts';
import { readOwn } from '../profiles/index.ts';
import { findLiveMarks, findMarks, findReceipts } from '../reading/index.ts';
import { frame } from './frames.ts';
import { type AgentDoor, FRAME_EVENTS_LIMIT, type StreamParts } from './parts.ts';

const TIMELINE_PAGE = 50;
/** More missed entries than this are not caught up with one by one. */
const TIMELINE_CATCH_UP = 500;

/**
 * One desk's stream: what its agent may see of the workspace, in the log's order. While a snapshot is
 * being taken, what happens meanwhile waits here and follows it.
 */
export class AgentStream {
  readonly agentId: string;
  readonly watched = new Set<string>();
  sight: Sight;
  rights = '';
  private may: May = mayOf(undefined);
  private isBoardWanted = false;
  private lastBoard = '';
  /** Streams of one group serve the same, and are sent the same bytes. */
  group = '';
  lastCounts = '';
  /** How often something went out of sight: what was read before must not be sent after. */
  private losses = 0;
  private turns = 0;
  /** The browser that its desk is open in, once it has said so. */
  deviceId: string | null = null;
  private held: Frame[] | null = [];
  private readonly untold: Pick<Announced, 'rows' | 'announcements'>[] = [];
  private readonly connection: Connection;
  private readonly door: AgentDoor;
  private readonly parts: StreamParts;

  constructor(
    connection: Connection,
    agentId: string,
    context: { door: AgentDoor; parts: StreamParts },
  ) {
    this.connection = connection;
    this.agentId = agentId;
    this.sight = blind(agentId);
    this.door = context.door;
    this.parts = context.parts;
  }

  /** Takes over what the agent may see now. */
  grant(agent: AgentRow, sight: Sight): void {
    this.losses++;
    this.sight = sight;
    this.may = mayOf(agent);
    this.group = groupOf(sight);
    // An agent's row may come before the last of the places that its number speaks of: what is seen is named too.
    this.rights = `${agent.role}.${agent.rights}.${digest(this.group)}`;
  }

  sees(conversation: ConversationRow): boolean {
    return sees(this.sight, conversation as SightFacts);
  }

  /** Whether its agent may read the audit log. */
  get readsAudit(): boolean {
    return this.may.changeSettings;
  }

  /** Whether the live board is shown on it; to supervisors alone. */
  get watchesBoard(): boolean {
    return this.isBoardWanted && this.may.seeEveryInbox;
  }

  /** Begins or ends showing the live board. Those who may not see it are told so. */
  watchBoard(isWatched: boolean): void {
    this.isBoardWanted = isWatched;
    this.lastBoard = '';
    if (this.watchesBoard) this.door.sendBoard(this);
    else if (isWatched)
      this.send(
        frame({
          t: 'refused',
          id: null,
          code: 'forbidden',
          detail: 'The live board is for supervisors',
        }),
      );
  }

  showBoard(board: string): void {
    if (board === this.lastBoard) return;
    this.lastBoard = board;
    this.send(`{"t":"board","board":${board}}`);
  }

  /** A conversation that is no longer this agent's to see. */
  lose(conversationId: string): void {
    this.losses++;
    this.door.unwatch(this, conversationId);
    this.send(notHere(conversationId));
  }

  send(text: Frame): void {
    if (this.held) this.held.push(text);
    else this.connection.send(text);
  }

  /** Those that are for its device, of what it sees. */
  announce({ rows, announcements: all }: Pick<Announced, 'rows' | 'announcements'>): void {
    const seen = new Set<string>(rows.filter((row) => seesIt(this.sight, row)).map(({ id }) => id));
    const announcements = all.filter(
      ({ id, deviceId }) => deviceId === this.deviceId && seen.has(id),
    );
    if (announcements.length === 0) return;
    // No snapshot holds it: it outlasts also those that are begun anew.
    if (this.held) this.untold.push({ rows, announcements });
    else this.send(frame({ t: 'announced', announcements }));
  }

  /** New lines of the bell. */
  ring(rows: Announced['rows']): void {
    const notices = rows.filter(({ isKept }) => isKept);
    if (notices.length === 0) return;
    const entities = { notices: notices.map((row) => noticeForAgent(row, this.sight)) };
    this.send(frame({ t: 'changes', entities }));
  }

  sendAway(code: string, detail: string): void {
    this.connection.sendAway(code, detail);
  }

  bye(code: string, detail: string): void {
    this.connection.bye(code, detail);
  }

  /** Begins, or goes on after `hello.through` where nothing but time lies between. */
  async begin(hello: Pick<Hello, 'through' | 'rights' | 'timelines'>): Promise<void> {
    const turn = ++this.turns;
    // What waited so far is in what is read now.
    this.held = [];
    const resumed =
      hello.rights === this.rights ? await this.resume(Number(hello.through ?? Number.NaN)) : null;
    const first = resumed ?? (await this.snapshot());
    const timelines = await Promise.all(
      Object.entries(hello.timelines ?? {})
        .slice(0, WATCH_LIMIT)
        .map(async ([id, after]) => (await this.timeline(id, after)) ?? notHere(id)),
    );
    // Rights changed meanwhile: what was read by the old ones is nobody's, and another beginning is on its way.
    if (turn !== this.turns) return;
    const held = this.held ?? [];
    this.held = null;
    this.connection.send(first);
    for (const each of timelines) this.connection.send(each);
    for (const each of held) this.connection.send(each);
    for (const told of this.untold.splice(0)) this.announce(told);
    this.lastCounts = '';
    this.lastBoard = '';
    this.door.sendCounts(this);
    if (this.watchesBoard) this.door.sendBoard(this);
  }

  /** Holds a timeline live from now on, and sends what it has after `after` (null: its last page). */
  async watch(conversationId: string, after: number | null): Promise<void> {
    const { losses } = this;
    const text = await this.timeline(conversationId, after);
    if (losses !== this.losses) return this.watch(conversationId, after);
    this.connection.send(text ?? notHere(conversationId));
  }

  private async snapshot(): Promise<string> {
    const { pool, workspaceId } = this.parts;
    const [{ position, entities, lists }, bulkJobs] = await Promise.all([
      takeSnapshot(pool, { workspaceId, agentId: this.agentId, sight: this.sight }),
      this.jobs(),
    ]);
    const role = this.rights.split('.')[0];
    const me = { kind: 'agent', id: this.agentId, role, may: this.may };
    return frame({
      t: 'snapshot',
      me,
      entities: { ...entities, bulkJobs },
      lists,
      through: String(position),
      rights: this.rights,
    });
  }

  /** The entities changed since a position, as they are now; null when that is too long ago. */
  private async resume(after: number): Promise<string | null> {
    if (!Number.isSafeInteger(after)) return null;
    const { pool, workspaceId } = this.parts;
    const { position, floor } = await readHead(pool, workspaceId);
    if (after < floor || after > position || position - after > FRAME_EVENTS_LIMIT) return null;
    const events = await readEvents(pool, workspaceId, {
      after,
      until: position,
      limit: FRAME_EVENTS_LIMIT,
    });
    const changed = (entity: string) => [
      ...new Set(events.filter((event) => event.entity === entity).map((event) => event.id)),
    ];
    const moved = await conversations.load(pool, workspaceId, changed('conversation'));
    const rows = moved.filter((row) => this.sees(row));
    const conversationIds = rows.map((row) => row.id);
    const [people, others, marks, receipts, drafts, own, bulkJobs] = await Promise.all([
      contacts.load(pool, workspaceId, [...new Set(rows.map((row) => row.contactId))]),
      findSeenContacts(pool, workspaceId, { contactIds: changed('contact'), sight: this.sight }),
      findLiveMarks(pool, workspaceId, this.agentId),
      findReceipts(pool, workspaceId, conversationIds),
      findDrafts(pool, workspaceId, { agentId: this.agentId, isTakenBackToo: true }),
      readOwn(pool, workspaceId, this),
      this.jobs(),
    ]);
    const entities = {
      ...this.door.references(),
      conversations: rows.map(conversationForAgents),
      contacts: [...people, ...others].map(contactForAgents),
      // These have no events: what other devices did in the meantime is sent whole.
      marks,
      drafts,
      ...own,
      bulkJobs,
      receipts,
    };
    const gone = {
      conversations: this.lostAmong(events, new Set(conversationIds)),
      teams: changed('team').filter((id) => !this.door.hasTeam(id)),
    };
    return frame({ t: 'changes', entities, gone, through: String(position) });
  }

  /** What its agent does to many conversations: it moves without events, and is sent whole. */
  private async jobs(): Promise<BulkJob[]> {
    const { pool, workspaceId } = this.parts;
    return (await readProgress(pool, workspaceId, this)).map(jobForAgent);
  }

  /** What these events took out of this agent's sight. */
  private lostAmong(events: readonly LogEvent[], seen: ReadonlySet<string>): string[] {
    const lost = events.filter(
      ({ id, audienceBefore }) =>
        audienceBefore !== null && !seen.has(id) && sees(this.sight, factsIn(audienceBefore)),
    );
    return [...new Set(lost.map(({ id }) => id))];
  }

  private async timeline(conversationId: string, after: number | null): Promise<string | null> {
    const { pool, workspaceId } = this.parts;
    // Live first, then what was before: nothing can fall between.
    this.door.watch(this, conversationId);
    const row = await findVisible(pool, workspaceId, { conversationId, sight: this.sight });
    if (!row) {
      this.door.unwatch(this, conversationId);
      return null;
    }
    const isReset = after === null || row.seq - after > TIMELINE_CATCH_UP;
    const [entries, people, marks, receipts] = await Promise.all([
      readTimeline(
        pool,
        workspaceId,
        isReset
          ? { conversationId, limit: TIMELINE_PAGE }
          : { conversationId, after, limit: TIMELINE_CATCH_UP * 2 },
      ),
      contacts.load(pool, workspaceId, [row.contactId]),
      findMarks(pool, workspaceId, { agentId: this.agentId, conversationIds: [conversationId] }),
      findReceipts(pool, workspaceId, [conversationId]),
    ]);
    const entities = {
      conversations: [conversationForAgents(row)],
      contacts: people.map(contactForAgents),
      entries: entries.map(entryForAgents),
      marks,
      receipts,
    };
    const through = entries.at(-1)?.seq ?? after ?? 0;
    return frame({
      t: 'timeline',
      conversationId,
      entities,
      isReset,
      hasEarlier: (entries[0]?.seq ?? 1) > 1,
      through,
    });
  }
}

const blind = (agentId: string): Sight => {
  const none = new Set<string>();
  return { agentId, isSupervisor: false, inboxIds: none, teamIds: none, servedInboxIds: none };
};

const groupOf = ({ isSupervisor, inboxIds, teamIds, servedInboxIds }: Sight) =>
  isSupervisor
    ? '*'
    : [inboxIds, teamIds, servedInboxIds].map((ids) => [...ids].sort().join()).join('/');

const digest = (text: string) => createHash('sha256').update(text).digest('base64url').slice(0, 16);

/** "Not there" and "not yours" are one answer: the client takes it off its screen. */
const notHere = (conversationId: string) =>
  frame({ t: 'changes', entities: {}, gone: { conversations: [conversationId] } });
