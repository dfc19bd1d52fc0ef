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
    await this.announce(workspaceId);
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
      await this.announce(connection.workspaceId);
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
      for (const workspaceId of new Set([...this.own.values()].map((each) => each.workspaceId)))
        await this.announce(workspaceId);
    } catch (error) {
      this.options.onTrouble(error, 'renewing desk connections');
    }
  }

  private async announce(workspaceId: string): Promise<void> {
    const online = (await findOnline(this.options.pool, workspaceId)).sort();
    const before = this.known.get(workspaceId);
    this.known.set(workspaceId, online.join());
    if (before !== online.join()) this.options.onChange(workspaceId, online);
  }
}
