import { randomUUID } from 'node:crypto';
import type { Pool } from '../platform/store/connect.ts';
import {
  type DeskConnection,
  deleteConnection,
  deleteVoidConnections,
  RENEW_MS,
  renewConnections,
} from './sql.ts';

interface Options {
  pool: Pool;
  onTrouble(error: unknown, what: string): void;
}

/** Whose desk it is, and the session that opened it, named by its token's hash. */
export type Desk = Pick<DeskConnection, 'workspaceId' | 'agentId' | 'session'>;

/**
 * The desks that are connected here. Each is a row leased by its server, so that those of a dead
 * server count no more, and their agents go offline by themselves.
 */
export class Presence {
  readonly serverId = randomUUID();
  private readonly options: Options;
  private readonly own = new Map<string, DeskConnection>();
  private readonly leaving = new Set<Promise<void>>();
  private readonly timer: NodeJS.Timeout;

  constructor(options: Options) {
    this.options = options;
    this.timer = setInterval(() => void this.renew(), RENEW_MS);
    this.timer.unref();
  }

  async enter(desk: Desk): Promise<string> {
    const connection = { ...desk, id: randomUUID(), serverId: this.serverId };
    this.own.set(connection.id, connection);
    await renewConnections(this.options.pool, [connection]);
    return connection.id;
  }

  leave(id: string): Promise<void> {
    const left = this.takeOff(id).finally(() => this.leaving.delete(left));
    this.leaving.add(left);
    return left;
  }

  async close(): Promise<void> {
    clearInterval(this.timer);
    for (const id of [...this.own.keys()]) void this.leave(id);
    await Promise.all(this.leaving);
  }

  async renew(): Promise<void> {
    const { pool } = this.options;
    try {
      // Also enters those again that were swept while the database was out of reach.
      await renewConnections(pool, [...this.own.values()]);
      await deleteVoidConnections(pool);
    } catch (error) {
      this.options.onTrouble(error, 'renewing desk connections');
    }
  }

  private async takeOff(id: string): Promise<void> {
    if (!this.own.delete(id)) return;
    try {
      await deleteConnection(this.options.pool, id);
    } catch (error) {
      // The lease ends by itself: the grace begins with its last renewal.
      this.options.onTrouble(error, 'taking a desk connection off');
    }
  }
}
