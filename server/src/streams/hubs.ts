import type { Site } from '@deskbell/contract';
import { findInboxByKey } from '../inboxes/index.ts';
import type { Feed } from '../platform/feed/feed.ts';
import type { Pool } from '../platform/store/connect.ts';
import { Hub } from './hub.ts';

interface Options {
  pool: Pool;
  feed: Feed;
  findOnline(workspaceId: string): Promise<string[]>;
  onTrouble(error: unknown, what: string): void;
}

/** The hubs of the workspaces that have streams here, opened with their first. */
export class Hubs {
  readonly pool: Pool;
  private readonly options: Options;
  private readonly hubs = new Map<string, Promise<Hub>>();

  constructor(options: Options) {
    this.options = options;
    this.pool = options.pool;
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

  /** What the page that carries an inbox's key may know of it. */
  async siteOf(inboxKey: string): Promise<Site | undefined> {
    const inbox = await findInboxByKey(this.pool, inboxKey);
    return inbox && (await this.of(inbox.workspaceId)).site(inbox.id);
  }

  /** Tells the desks of a workspace who is online, if any are here. */
  async setOnline(workspaceId: string, online: readonly string[]): Promise<void> {
    const hub = await this.hubs.get(workspaceId);
    hub?.setOnline(online);
  }

  async bye(code: string, detail: string): Promise<void> {
    for (const hub of this.hubs.values()) (await hub).bye(code, detail);
  }

  private async open(workspaceId: string): Promise<Hub> {
    const { pool, feed, onTrouble, findOnline } = this.options;
    const hub = new Hub({ pool, workspaceId, onTrouble });
    try {
      await feed.open(workspaceId, (batch) => hub.apply(batch));
      await hub.load();
      hub.setOnline(await findOnline(workspaceId));
      return hub;
    } catch (error) {
      feed.close(workspaceId);
      throw error;
    }
  }
}
