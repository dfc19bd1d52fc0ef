import { type Hello, WATCH_LIMIT } from '@deskbell/contract';
import type { AgentRow } from '../accounts/index.ts';
import { contactForAgents, contacts } from '../contacts/index.ts';
import {
  conversationForAgents,
  conversations,
  entryForAgents,
  readTimeline,
} from '../conversations/index.ts';
import { findDrafts } from '../drafts/index.ts';
import { findVisible, takeSnapshot, type VisibleInboxes } from '../lists/index.ts';
import { readEvents, readHead } from '../platform/log/log.ts';
import type { Connection, Frame } from '../platform/socket/connection.ts';
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
  /** null: every inbox. */
  inboxes: VisibleInboxes = [];
  rights = '';
  /** Streams of one group see the same and are sent the same bytes. */
  group = '';
  lastCounts = '';
  private held: Frame[] | null = [];
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
    this.door = context.door;
    this.parts = context.parts;
  }

  /** Takes over what the agent may see now. */
  grant(agent: AgentRow, inboxes: VisibleInboxes): void {
    this.inboxes = inboxes;
    this.rights = `${agent.role}.${agent.rights}`;
    this.group = inboxes === null ? '*' : [...inboxes].sort().join();
  }

  sees(inboxId: string): boolean {
    return this.inboxes === null || this.inboxes.includes(inboxId);
  }

  send(text: Frame): void {
    if (this.held) this.held.push(text);
    else this.connection.send(text);
  }

  bye(code: string, detail: string): void {
    this.connection.bye(code, detail);
  }

  /** Begins, or goes on after `hello.through` where nothing but time lies between. */
  async begin(hello: Pick<Hello, 'through' | 'rights' | 'timelines'>): Promise<void> {
    this.held ??= [];
    const resumed =
      hello.rights === this.rights ? await this.resume(Number(hello.through ?? Number.NaN)) : null;
    const first = resumed ?? (await this.snapshot());
    const timelines = await Promise.all(
      Object.entries(hello.timelines ?? {})
        .slice(0, WATCH_LIMIT)
        .map(async ([id, after]) => (await this.timeline(id, after)) ?? notHere(id)),
    );
    const held = this.held ?? [];
    this.held = null;
    this.connection.send(first);
    for (const each of timelines) this.connection.send(each);
    for (const each of held) this.connection.send(each);
    this.lastCounts = '';
    this.door.sendCounts(this);
    this.door.sendPresence(this);
  }

  /** Holds a timeline live from now on, and sends what it has after `after` (null: its last page). */
  async watch(conversationId: string, after: number | null): Promise<void> {
    const text = await this.timeline(conversationId, after);
    this.connection.send(text ?? notHere(conversationId));
  }

  private async snapshot(): Promise<string> {
    const { pool, workspaceId } = this.parts;
    const { position, entities, lists } = await takeSnapshot(pool, {
      workspaceId,
      agentId: this.agentId,
      inboxes: this.inboxes,
    });
    const me = { kind: 'agent', id: this.agentId, role: this.rights.split('.')[0] };
    return frame({
      t: 'snapshot',
      me,
      entities,
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
    const rows = (await conversations.load(pool, workspaceId, changed('conversation'))).filter(
      (row) => this.sees(row.inboxId),
    );
    const conversationIds = rows.map((row) => row.id);
    const contactIds = [...new Set([...rows.map((row) => row.contactId), ...changed('contact')])];
    const [people, marks, receipts, drafts] = await Promise.all([
      contacts.load(pool, workspaceId, contactIds),
      findLiveMarks(pool, workspaceId, this.agentId),
      findReceipts(pool, workspaceId, conversationIds),
      findDrafts(pool, workspaceId, { agentId: this.agentId, isTakenBackToo: true }),
    ]);
    const entities = {
      ...this.door.references(),
      conversations: rows.map(conversationForAgents),
      contacts: people.map(contactForAgents),
      // These have no events: what other devices did in the meantime is sent whole.
      marks,
      drafts,
      receipts,
    };
    return frame({ t: 'changes', entities, through: String(position) });
  }

  private async timeline(conversationId: string, after: number | null): Promise<string | null> {
    const { pool, workspaceId } = this.parts;
    // Live first, then what was before: nothing can fall between.
    this.door.watch(this, conversationId);
    const row = await findVisible(pool, workspaceId, { conversationId, inboxes: this.inboxes });
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

/** "Not there" and "not yours" are one answer: the client takes it off its screen. */
const notHere = (conversationId: string) =>
  frame({ t: 'changes', entities: {}, gone: { conversations: [conversationId] } });
