import { setTimeout as delay } from 'node:timers/promises';
import type { Site } from '@deskbell/contract';
import { findDrafts } from '../drafts/index.ts';
import { findInboxByKey, type InboxRow } from '../inboxes/index.ts';
import type { Announced } from '../notifications/index.ts';
import type { Bus } from '../platform/bus/bus.ts';
import type { Feed } from '../platform/feed/feed.ts';
import type { Pool } from '../platform/store/connect.ts';
import { readOwn } from '../profiles/index.ts';
import { Hub } from './hub.ts';
import { type Notice, noticeOf, readNotice } from './told.ts';

interface Options {
  pool: Pool;
  feed: Feed;
  bus: Pick<Bus, 'subscribe' | 'publish'>;
  /** Another server says that somebody is to be told something. */
  onNoticed(workspaceId: string): void;
  /** Another server says that a job is further. */
  onMoved(job: { workspaceId: string; agentId: string; id: string }): void;
  findUsualAnswer(workspaceId: string): Promise<number | null>;
  onTrouble(error: unknown, what: string): void;
}

/** How many are sent to other servers at once, and how often, in ms. */
const MOVED_AT_ONCE = 200;
const MOVE_EVERY_MS = 100;
/** Who has not gone so long after the last was told, in ms, is let go. */
const MOVE_MS = 5_000;

/** The usual time to a first answer moves slowly. */
const USUAL_EVERY_MS = 5 * 60_000;

/** The hubs of the workspaces that have streams here, opened with their first. */
export class Hubs {
  readonly pool: Pool;
  private readonly options: Options;
  private readonly hubs = new Map<string, Promise<Hub>>();
  private readonly places = new Map<string, { workspaceId: string; id: string }>();
  private readonly timer: NodeJS.Timeout;

  constructor(options: Options) {
    this.options = options;
    this.pool = options.pool;
    this.timer = setInterval(() => void this.refresh(), USUAL_EVERY_MS);
    this.timer.unref();
  }

  /** Asks for the usual time to a first answer, and tells the widgets where it is another one now. */
  async refresh(): Promise<void> {
    const { findUsualAnswer, onTrouble } = this.options;
    for (const [workspaceId, hub] of this.hubs)
      await Promise.all([hub, findUsualAnswer(workspaceId)]).then(
        ([opened, ms]) => opened.sites.setUsualAnswer(ms),
        (error: unknown) => onTrouble(error, 'asking for the usual time to an answer'),
      );
  }

  /** The workspaces that have streams here. */
  get workspaceIds(): Iterable<string> {
    return this.hubs.keys();
  }

  of(workspaceId: string): Promise<Hub> {
    let hub = this.hubs.get(workspaceId);
    if (!hub) {
      hub = this.open(workspaceId);
      this.hubs.set(workspaceId, hub);
      // A failed opening is tried again by the next to come.
      hub.catch(() => this.hubs.delete(workspaceId));
    }
    return hub;
  }

  /** An inbox as it is now, by the key in its script tag. Keys never change, so each is looked up once. */
  async inboxOf(inboxKey: string): Promise<{ inbox: InboxRow; site: Site } | undefined> {
    const place = this.places.get(inboxKey) ?? (await findInboxByKey(this.pool, inboxKey));
    if (!place) return undefined;
    const { workspaceId, id } = place;
    this.places.set(inboxKey, { workspaceId, id });
    const hub = await this.of(workspaceId);
    const [inbox, site] = [hub.inboxOf(id), hub.sites.of(id)];
    return inbox && site && { inbox, site };
  }

  /** Hands on what an agent is told, to their desks here. */
  async announce(workspaceId: string, told: Announced): Promise<void> {
    (await this.hubs.get(workspaceId))?.announce(told);
  }

  /** A device of this agent with a desk here. */
  async deviceOf(workspaceId: string, agentId: string): Promise<string | null> {
    return (await this.hubs.get(workspaceId))?.deviceOf(agentId) ?? null;
  }

  /** What one device of an agent did, to all of them, on every server. */
  async tellDevices(workspaceId: string, agentId: string, entities: object): Promise<void> {
    (await this.of(workspaceId)).tell({ t: 'own', agentId, entities });
  }

  /** Whether an agent has a desk here. */
  async hasDeviceOf(workspaceId: string, agentId: string): Promise<boolean> {
    return (await this.hubs.get(workspaceId))?.hasDeviceOf(agentId) ?? false;
  }

  /** To an agent's desks here alone. */
  async tellDevicesHere(
    workspaceId: string,
    { agentId, entities }: { agentId: string; entities: object },
  ): Promise<void> {
    (await this.hubs.get(workspaceId))?.hear({ t: 'own', agentId, entities });
  }

  /** The audit log has an entry that no event tells of; to those who may read it, on every server. */
  async tellAudited(workspaceId: string): Promise<void> {
    const told = { t: 'audited' } as const;
    const { notice, name } = noticeOf(told);
    this.options.bus.publish(workspaceId, notice, name);
    (await this.hubs.get(workspaceId))?.hear(told);
  }

  /**
   * Sends every client to another server, so many at a time that those keep up, and serves each until it has gone:
   * nobody is without a line in between.
   */
  async sendAway(code: string, detail: string): Promise<void> {
    const hubs = await this.opened();
    const streams = hubs.flatMap((hub) => hub.streams);
    for (let told = 0; told < streams.length; told += MOVED_AT_ONCE) {
      for (const stream of streams.slice(told, told + MOVED_AT_ONCE)) stream.sendAway(code, detail);
      await delay(MOVE_EVERY_MS);
    }
    const end = performance.now() + MOVE_MS;
    while (performance.now() < end && hubs.some((hub) => hub.hasStreams))
      await delay(MOVE_EVERY_MS);
  }

  async bye(code: string, detail: string): Promise<void> {
    clearInterval(this.timer);
    for (const hub of await this.opened()) hub.bye(code, detail);
  }

  /** Without those that could not be opened: their clients come again by themselves. */
  private async opened(): Promise<Hub[]> {
    const opened = await Promise.allSettled(this.hubs.values());
    return opened.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []));
  }

  private async open(workspaceId: string): Promise<Hub> {
    const { pool, feed, bus, onTrouble, findUsualAnswer } = this.options;
    const share = (notice: object, name: string) => bus.publish(workspaceId, notice, name);
    const hub = new Hub({ pool, workspaceId, share, onTrouble });
    try {
      await bus.subscribe(workspaceId, (message) => this.hear(hub, workspaceId, message));
      await feed.open(workspaceId, (batch) => hub.apply(batch));
      await hub.load();
      hub.sites.setUsualAnswer(await findUsualAnswer(workspaceId));
      return hub;
    } catch (error) {
      feed.close(workspaceId);
      throw error;
    }
  }

  /** What another server says. Nothing of it is believed where rows can be asked. */
  private hear(hub: Hub, workspaceId: string, message: unknown): void {
    const notice = readNotice(message);
    if (!notice) return;
    if (notice.t === 'reached') return this.options.feed.hint(workspaceId, notice.position);
    if (notice.t === 'noticed') return this.options.onNoticed(workspaceId);
    if (notice.t === 'moved')
      return this.options.onMoved({ workspaceId, agentId: notice.agentId, id: notice.jobId });
    if (notice.t === 'owned') return this.renewOwn(hub, workspaceId, notice.agentId);
    if (notice.t !== 'drafted') return hub.hear(notice);
    this.renewDrafts(hub, workspaceId, notice).catch((error: unknown) =>
      this.options.onTrouble(error, 'reading a draft that another server told of'),
    );
  }

  private renewOwn(hub: Hub, workspaceId: string, agentId: string): void {
    const sight = hub.sightHere(agentId);
    if (!sight) return;
    readOwn(this.pool, workspaceId, { agentId, sight }).then(
      (entities) => hub.hear({ t: 'own', agentId, entities }),
      (error: unknown) =>
        this.options.onTrouble(error, 'reading what another server told an agent'),
    );
  }

  private async renewDrafts(
    hub: Hub,
    workspaceId: string,
    { agentId }: Extract<Notice, { t: 'drafted' }>,
  ): Promise<void> {
    if (!hub.hasDeviceOf(agentId)) return;
    const drafts = await findDrafts(this.pool, workspaceId, { agentId, isTakenBackToo: true });
    for (const draft of drafts) hub.hear({ t: 'draft', agentId, draft });
  }
}
