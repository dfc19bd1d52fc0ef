import { randomUUID } from 'node:crypto';
import type { Pool } from '../platform/store/connect.ts';
import {
  type DeskConnection,
  deleteConnection,
  deleteVoidConnections,
  findOnline,
  RENEW_MS,
  renewConnections,
} from './sql.ts';

interface Options {
  pool: Pool;
  onTrouble(error: unknown, what: string): void;
  /** Called with a workspace's online agents when they may have changed. */
  onChange(workspaceId: string, online: string[]): void;
  /** Called when it was this server that changed them: others should look. */
  onOwnChange?(workspaceId: string): void;
  /** Where somebody here wants to know who is online, though no desk of it may be connected here. */
  workspacesHere?(): Iterable<string>;
}

/** Looks at who is online: one at a time, and one more for all who asked meanwhile. */
interface Looking {
  now: Promise<boolean>;
  next: Promise<boolean> | null;
}

/**
 * Who is online: an agent with a connected desk. Each connection is a row leased by its server, so
 * that the agents of a dead server go offline by themselves.
 */
export class Presence {
  readonly serverId = randomUUID();
  private readonly options: Options;
  private readonly own = new Map<string, DeskConnection>();
  private readonly known = new Map<string, string>();
  private readonly looking = new Map<string, Looking>();
  private readonly leaving = new Set<Promise<void>>();
  private readonly timer: NodeJS.Timeout;

  constructor(options: Options) {
    this.options = options;
    this.timer = setInterval(() => void this.renew(), RENEW_MS);
    this.timer.unref();
  }

  async enter(workspaceId: string, agentId: string): Promise<string> {
    const connection = { id: randomUUID(), workspaceId, agentId, serverId: this.serverId };
    this.own.set(connection.id, connection);
    await renewConnections(this.options.pool, [connection]);
    await this.announceOwn(workspaceId);
    return connection.id;
  }

  leave(id: string): Promise<void> {
    const left = this.takeOff(id).finally(() => this.leaving.delete(left));
    this.leaving.add(left);
    return left;
  }

  private async takeOff(id: string): Promise<void> {
    const connection = this.own.get(id);
    this.own.delete(id);
    if (!connection) return;
    try {
      await deleteConnection(this.options.pool, id);
      await this.announceOwn(connection.workspaceId);
    } catch (error) {
      // The lease ends by itself; agents are shown online up to 45 s longer.
      this.options.onTrouble(error, 'taking a desk connection off');
    }
  }

  async close(): Promise<void> {
    clearInterval(this.timer);
    for (const id of [...this.own.keys()]) void this.leave(id);
    await Promise.all(this.leaving);
  }

  private async renew(): Promise<void> {
    const { pool } = this.options;
    try {
      // Also enters those again that were swept while the database was out of reach.
      await renewConnections(pool, [...this.own.values()]);
      await deleteVoidConnections(pool);
    } catch (error) {
      this.options.onTrouble(error, 'renewing desk connections');
    }
    // Also where no desk is connected here: the agents of a server that died go without a word.
    await this.lookEverywhere();
  }

  /** What other servers told may have been lost. */
  async lookEverywhere(): Promise<void> {
    const own = [...this.own.values()].map((each) => each.workspaceId);
    const here = this.options.workspacesHere?.() ?? [];
    for (const workspaceId of new Set([...own, ...here])) await this.look(workspaceId);
  }

  /** Asks who is online, and tells it here if it has changed. */
  async look(workspaceId: string): Promise<void> {
    try {
      await this.announce(workspaceId);
    } catch (error) {
      this.options.onTrouble(error, 'asking who is online');
    }
  }

  private async announceOwn(workspaceId: string): Promise<void> {
    if (await this.announce(workspaceId)) this.options.onOwnChange?.(workspaceId);
  }

  /**
   * One after the other, lest an older answer overtake a newer one. What is returned began after the
   * call. True: it was not as known.
   */
  private announce(workspaceId: string): Promise<boolean> {
    const looking = this.looking.get(workspaceId);
    if (!looking) return this.begin(workspaceId, this.ask(workspaceId));
    const again = () => this.begin(workspaceId, this.ask(workspaceId));
    looking.next ??= looking.now.then(again, again);
    return looking.next;
  }

  private begin(workspaceId: string, now: Promise<boolean>): Promise<boolean> {
    const looking: Looking = { now, next: null };
    this.looking.set(workspaceId, looking);
    const end = () => {
      if (looking.next === null) this.looking.delete(workspaceId);
    };
    now.then(end, end);
    return now;
  }

  private async ask(workspaceId: string): Promise<boolean> {
    const online = (await findOnline(this.options.pool, workspaceId)).sort().join();
    const isNews = online !== this.known.get(workspaceId);
    this.known.set(workspaceId, online);
    if (isNews) this.options.onChange(workspaceId, online === '' ? [] : online.split(','));
    return isNews;
  }
}
