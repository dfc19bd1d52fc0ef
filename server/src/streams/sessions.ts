import type { Connection } from '../platform/socket/connection.ts';

/** A session that was ended on another server, or has expired, is noticed this soon, in ms. */
const SWEEP_MS = 15_000;

interface Options {
  /** Those of the sessions that still stand. */
  findStanding(sessions: readonly string[]): Promise<string[]>;
  onTrouble(error: unknown, what: string): void;
}

/** The open streams of each sign-in session on this server, so that they end when it ends. */
export class Sessions {
  private readonly options: Options;
  private readonly open = new Map<string, Set<Connection>>();
  private readonly timer: NodeJS.Timeout;

  constructor(options: Options) {
    this.options = options;
    this.timer = setInterval(() => void this.sweep(), SWEEP_MS);
    this.timer.unref();
  }

  enter(session: string, connection: Connection): void {
    const connections = this.open.get(session) ?? new Set();
    this.open.set(session, connections.add(connection));
  }

  leave(session: string, connection: Connection): void {
    const connections = this.open.get(session);
    connections?.delete(connection);
    if (connections?.size === 0) this.open.delete(session);
  }

  end(session: string): void {
    for (const connection of this.open.get(session) ?? [])
      connection.bye('session-ended', 'This session has ended; sign in again');
    this.open.delete(session);
  }

  /** Ends the streams of sessions that no longer stand. */
  async sweep(): Promise<void> {
    const sessions = [...this.open.keys()];
    if (sessions.length === 0) return;
    try {
      const standing = new Set(await this.options.findStanding(sessions));
      for (const session of sessions) if (!standing.has(session)) this.end(session);
    } catch (error) {
      this.options.onTrouble(error, 'asking which sessions still stand');
    }
  }

  close(): void {
    clearInterval(this.timer);
  }
}
