import type { Site } from '@deskbell/contract';
import { type AgentRow, agentForContacts } from '../accounts/index.ts';
import {
  type ConversationRow,
  conversationForContact,
  type EntryRow,
  entryForContact,
  readTimeline,
} from '../conversations/index.ts';
import { readLatestOwn } from '../lists/index.ts';
import type { Connection } from '../platform/socket/connection.ts';
import { findReceipts } from '../reading/index.ts';
import { contactThrough, frame, parseContactThrough } from './frames.ts';
import type { StreamParts } from './parts.ts';

const PAGE = 50;
const CATCH_UP = 500;

interface Context {
  parts: StreamParts;
  site(): Site | undefined;
  agent(id: string): AgentRow | undefined;
}

/** One widget's stream: the contact's own conversation in one inbox, in that conversation's sequence. */
export class ContactStream {
  readonly contactId: string;
  readonly inboxId: string;
  /** Of the page that carries the widget; null: our own, or no browser. */
  readonly origin: string | null;
  /** The conversation whose sequence this stream follows. */
  conversationId: string | null = null;
  private held: { position: number; say: () => string }[] | null = [];
  /** The first frame was read after the log had come this far: nothing up to here is told again. */
  private toldThrough = 0;
  private readonly faces = new Map<string, number>();
  private readonly connection: Connection;
  private readonly context: Context;

  constructor(
    connection: Connection,
    who: { contactId: string; inboxId: string; origin: string | null },
    context: Context,
  ) {
    this.connection = connection;
    this.contactId = who.contactId;
    this.inboxId = who.inboxId;
    this.origin = who.origin;
    this.context = context;
  }

  send(text: string): void {
    this.tell(Number.POSITIVE_INFINITY, () => text);
  }

  /** `position`: of the last event that it speaks of. Another server's come late, after newer ones were read. */
  tell(position: number, say: () => string): void {
    if (this.held) this.held.push({ position, say });
    else if (position > this.toldThrough) this.connection.send(say());
  }

  sendAway(code: string, detail: string): void {
    this.connection.sendAway(code, detail);
  }

  bye(code: string, detail: string): void {
    this.connection.bye(code, detail);
  }

  /** Faces of agents that this stream hasn't been sent yet, or not in this version, as JSON texts. */
  newFaces(agentIds: readonly (string | null)[]): string[] {
    const fresh: string[] = [];
    for (const id of agentIds) {
      const row = id === null ? undefined : this.context.agent(id);
      if (!row || this.faces.get(row.id) === row.version) continue;
      this.faces.set(row.id, row.version);
      fresh.push(JSON.stringify(agentForContacts(row)));
    }
    return fresh;
  }

  knowsFace(agentId: string): boolean {
    return this.faces.has(agentId);
  }

  async begin(through: string | undefined): Promise<void> {
    const { pool, workspaceId } = this.context.parts;
    const { contactId, inboxId } = this;
    const latest = await readLatestOwn(pool, workspaceId, { contactId, inboxId });
    this.conversationId = latest?.id ?? null;
    this.toldThrough = latest?.head ?? 0;
    const place = parseContactThrough(through);
    const isResumable =
      latest !== undefined &&
      place?.conversationId === latest.id &&
      place.seq <= latest.seq &&
      latest.seq - place.seq <= CATCH_UP;
    const [entries, receipts] = latest
      ? await Promise.all([
          readTimeline(
            pool,
            workspaceId,
            isResumable
              ? { conversationId: latest.id, after: place.seq, limit: CATCH_UP * 2 }
              : { conversationId: latest.id, limit: PAGE },
          ),
          findReceipts(pool, workspaceId, [latest.id]),
        ])
      : [[], []];
    const held = this.held ?? [];
    this.held = null;
    this.connection.send(this.first({ latest, entries, receipts, isResume: isResumable }));
    // Has no events either: whether somebody is there may have changed in the break.
    if (isResumable) this.connection.send(frame({ t: 'site', ...this.context.site() }));
    for (const { position, say } of held) this.tell(position, say);
  }

  private first(state: {
    latest: ConversationRow | undefined;
    entries: EntryRow[];
    receipts: object[];
    isResume: boolean;
  }): string {
    const { latest, entries, receipts, isResume } = state;
    const seq = Math.max(entries.at(-1)?.seq ?? 0, latest?.seq ?? 0);
    const agentIds = [
      latest?.assigneeId ?? null,
      ...entries.map((entry) => (entry.authorKind === 'agent' ? entry.authorId : null)),
    ];
    const entities = {
      conversations: latest ? [conversationForContact(latest)] : [],
      entries: entries.flatMap((entry) => entryForContact(entry) ?? []),
      agents: this.newFaces(agentIds).map((text) => JSON.parse(text) as object),
      receipts,
    };
    const through = latest ? contactThrough(latest.id, seq) : '';
    if (isResume) return frame({ t: 'changes', entities, through });
    const me = { kind: 'contact', id: this.contactId };
    return frame({ t: 'snapshot', me, entities, through, rights: '', site: this.context.site() });
  }
}
