import type { Connection } from '../platform/socket/connection.ts';
import type { Ended } from './told.ts';

/** A session that was ended on another server without our hearing of it, or has expired, is noticed this soon, in ms. */
const SWEEP_MS = 15_000;

export const SESSION_ENDED = 'This session has ended; sign in again';

/** A session, named by its token's hash, in one of its workspaces. */
export interface Stood {
  session: string;
  workspaceId: string;
}

interface Options {
  /** Those that still stand. */
  findStanding(asked: readonly Stood[]): Promise<Stood[]>;
  onTrouble(error: unknown, what: string): void;
}

/** The open streams of each sign-in session on this server, so that they end when it ends. */
export class Sessions {
  private readonly options: Options;
  private readonly open = new Map<string, Map<Connection, string>>();
  private readonly timer: NodeJS.Timeout;

  constructor(options: Options) {
    this.options = options;
    this.timer = setInterval(() => void this.sweep(), SWEEP_MS);
    this.timer.unref();
  }

  /** From now on it ends with its session. Answers whether that still stands: it may have ended unheard just before. */
  async enter({ session, workspaceId }: Stood, connection: Connection): Promise<boolean> {
    const connections = this.open.get(session) ?? new Map();
    this.open.set(session, connections.set(connection, workspaceId));
    return (await this.options.findStanding([{ session, workspaceId }])).length > 0;
  }

  leave(session: string, connection: Connection): void {
    const connections = this.open.get(session);
    connections?.delete(connection);
    if (connections?.size === 0) this.open.delete(session);
  }

  /** Ends its streams: those in one workspace, or all. */
  end({ session, workspaceId }: Ended): void {
    for (const [connection, where] of this.open.get(session) ?? [])
      if (workspaceId === null || workspaceId === where) {
        connection.bye('session-ended', SESSION_ENDED);
        this.leave(session, connection);
      }
  }

  /** Ends the streams of sessions that no longer stand. */
  async sweep(): Promise<void> {
    const asked = [...this.open].flatMap(([session, connections]) =>
      [...new Set(connections.values())].map((workspaceId) => ({ session, workspaceId })),
    );
    if (asked.length === 0) return;
    try {
      const standing = new Set((await this.options.findStanding(asked)).map(nameOf));
      for (const each of asked) if (!standing.has(nameOf(each))) this.end(each);
    } catch (error) {
      this.options.onTrouble(error, 'asking which sessions still stand');
    }
  }

  close(): void {
    clearInterval(this.timer);
  }
}

const nameOf = ({ session, workspaceId }: Stood) => `${session} ${workspaceId}`;
