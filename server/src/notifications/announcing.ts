import type { Announcement } from '@deskbell/contract';
import { conversations } from '../conversations/index.ts';
import type { Pool } from '../platform/store/connect.ts';
import { findNews } from './news.ts';
import { announcementOf } from './present.ts';
import {
  FIRST_TO_COME,
  findNoticesAfter,
  forgetNotices,
  type NoticeView,
  readNoticeHeadBefore,
  readNoticeHeads,
  takeUnshown,
} from './sql.ts';

/** What one agent is told now. */
export interface Told {
  agentId: string;
  rows: readonly NoticeView[];
  announcements: readonly Announcement[];
}

interface Options {
  pool: Pool;
  /** Where somebody here may want to be told. */
  workspacesHere(): Iterable<string>;
  /** Hands it to the agent's desks here; an announcement to its device alone. */
  tell(workspaceId: string, told: Told): void;
  /** A device of this agent with a desk here. */
  deviceHere(workspaceId: string, agentId: string): Promise<string | null>;
  onTrouble(error: unknown, what: string): void;
  pollMs?: number | undefined;
}

/** A word of the bus may be lost, so every server also looks by itself. */
const POLL_MS = 1_000;
const FORGET_EVERY_MS = 3_600_000;
/** What is older than this is no longer announced, in ms: somebody comes back to their desk, and sees it there. */
const FRESH_MS = 60_000;

/** Hands what a reader wrote down to the desks of this server, wherever it was written. */
export class Announcing {
  private readonly options: Options;
  /** Up to where it was told here, by workspace. */
  private readonly through = new Map<string, number>();
  private readonly telling = new Map<string, Promise<void>>();
  private readonly timers: NodeJS.Timeout[];

  constructor(options: Options) {
    this.options = options;
    this.timers = [
      setInterval(() => void this.poll(), options.pollMs ?? POLL_MS),
      setInterval(() => void this.forget(), FORGET_EVERY_MS),
    ];
    for (const timer of this.timers) timer.unref();
  }

  /** Something was written there. One look at a time; who asks meanwhile is served by one more. */
  note(workspaceId: string): Promise<void> {
    const before = this.telling.get(workspaceId) ?? Promise.resolve();
    const next = before.then(() => this.tellNew(workspaceId));
    this.telling.set(workspaceId, next);
    void next.then(() => {
      if (this.telling.get(workspaceId) === next) this.telling.delete(workspaceId);
    });
    return next;
  }

  /** What a device was to announce while it was on its way here. */
  async unshown(workspaceId: string, of: { agentId: string; deviceId: string }): Promise<Told> {
    const { agentId } = of;
    const { pool } = this.options;
    const notices = await takeUnshown(pool, workspaceId, { ...of, sinceMs: FRESH_MS });
    const news = await findNews(pool, workspaceId, { agentId, notices });
    const rows = news.map(({ notice }) => notice);
    return { agentId, rows, announcements: await this.announced(workspaceId, rows) };
  }

  async poll(): Promise<void> {
    const { pool, workspacesHere, onTrouble } = this.options;
    const here = [...workspacesHere()];
    if (here.length === 0) return;
    try {
      for (const { workspaceId, position } of await readNoticeHeads(pool, here))
        if (position > (this.through.get(workspaceId) ?? 0)) await this.note(workspaceId);
    } catch (error) {
      onTrouble(error, 'looking for new notifications');
    }
  }

  async close(): Promise<void> {
    for (const timer of this.timers) clearInterval(timer);
    await Promise.all(this.telling.values());
  }

  private async tellNew(workspaceId: string): Promise<void> {
    const { pool, tell, deviceHere, onTrouble } = this.options;
    try {
      const after =
        this.through.get(workspaceId) ?? (await readNoticeHeadBefore(pool, workspaceId, FRESH_MS));
      const rows = await findNoticesAfter(pool, workspaceId, after);
      this.through.set(workspaceId, rows.at(-1)?.position ?? after);
      const announcements = await this.announced(workspaceId, rows);
      for (const [agentId, own] of Map.groupBy(rows, (row) => row.agentId)) {
        const ids = new Set<string>(own.map(({ id }) => id));
        tell(workspaceId, {
          agentId,
          rows: own,
          announcements: announcements.filter(({ id }) => ids.has(id)),
        });
        // It came while this was being written.
        const deviceId = own.some((row) => row.deviceId === FIRST_TO_COME)
          ? await deviceHere(workspaceId, agentId)
          : null;
        if (deviceId !== null)
          tell(workspaceId, await this.unshown(workspaceId, { agentId, deviceId }));
      }
    } catch (error) {
      onTrouble(error, 'telling of new notifications');
    }
  }

  private async announced(
    workspaceId: string,
    rows: readonly NoticeView[],
  ): Promise<Announcement[]> {
    const live = rows.filter(({ deviceId, shownAt }) => deviceId !== null && shownAt === null);
    if (live.length === 0) return [];
    const ids = [...new Set(live.map(({ conversationId }) => conversationId))];
    const texts = new Map(
      (await conversations.load(this.options.pool, workspaceId, ids)).map((row) => [
        row.id,
        row.lastText ?? '',
      ]),
    );
    return live.map((row) => announcementOf(row, texts.get(row.conversationId) ?? ''));
  }

  private async forget(): Promise<void> {
    try {
      await forgetNotices(this.options.pool);
    } catch (error) {
      this.options.onTrouble(error, 'forgetting old notifications');
    }
  }
}
