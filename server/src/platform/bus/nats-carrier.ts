import { setTimeout as delay } from 'node:timers/promises';
import {
  type ConnectionOptions,
  connect,
  type NatsConnection,
  wsconnect,
} from '@nats-io/transport-node';
import { type Carrier, type Ears, type Letter, RETRY_MS } from './carrier.ts';

const PREFIX = 'deskbell.';
/** A dead peer is noticed after two of these, in ms. */
const PING_MS = 5_000;

/** Core NATS: subjects, at most once. The client finds its server again by itself. */
export class NatsCarrier implements Carrier {
  readonly name = 'nats';
  private readonly url: URL;
  private readonly ears: Ears;
  private readonly topics = new Set<string>();
  private readonly closing = new AbortController();
  private readonly kept: Promise<void>;
  private connection: NatsConnection | null = null;
  /** False while the client looks for its server again. */
  private isConnected = false;

  constructor(url: string, ears: Ears) {
    this.url = new URL(url);
    this.ears = ears;
    this.kept = this.keep();
  }

  async send(letters: readonly Letter[]): Promise<void> {
    for (const { topic, text } of letters) this.open().publish(PREFIX + topic, text);
  }

  async listen(topic: string): Promise<void> {
    if (this.topics.has(topic)) return;
    this.topics.add(topic);
    try {
      if (!this.connection) return;
      this.subscribe(this.connection, topic);
      await this.isTaken(this.connection);
    } catch (error) {
      // Just closed: the next connection listens to it with all others.
      this.ears.down(error);
    }
  }

  async close(): Promise<void> {
    this.closing.abort();
    // What was just said still has to leave.
    await this.connection?.flush().catch(() => undefined);
    await this.connection?.close();
    await this.kept;
  }

  private open(): NatsConnection {
    if (!this.connection) throw new Error('the bus has no connection');
    return this.connection;
  }

  private subscribe(connection: NatsConnection, topic: string): void {
    connection.subscribe(PREFIX + topic, {
      callback: (error, message) => {
        if (error) this.ears.down(error);
        else this.ears.heard({ topic, text: message.string() });
      },
    });
  }

  /**
   * Whether the server has what it was told so far. Not when the connection breaks: the client then tells it all
   * subscriptions again; nor when it takes too long, which the client's pings find out.
   */
  private async isTaken(connection: NatsConnection): Promise<boolean> {
    if (!this.isConnected) return false;
    const patience = new AbortController();
    const { signal } = patience;
    return Promise.race([
      connection.flush().then(() => true),
      connection.closed().then(() => false),
      delay(PING_MS, false, { signal }),
    ])
      .catch(() => false)
      .finally(() => patience.abort());
  }

  /** A connection for as long as the client keeps it; another one when it gave up. Resolves when closed. */
  private async keep(): Promise<void> {
    const { signal } = this.closing;
    for (let attempt = 0; !signal.aborted; attempt += 1) {
      try {
        const connection = await this.dial();
        if (signal.aborted) return void (await connection.close());
        this.connection = connection;
        this.isConnected = true;
        attempt = 0;
        for (const topic of this.topics) this.subscribe(connection, topic);
        void this.watch(connection);
        if (await this.isTaken(connection)) this.ears.up();
        const reason = await connection.closed();
        if (signal.aborted) return;
        throw reason ?? new Error('NATS has closed the connection');
      } catch (error) {
        this.connection = null;
        this.ears.down(error);
        await delay(RETRY_MS[Math.min(attempt, RETRY_MS.length - 1)], null, { signal }).catch(
          () => undefined,
        );
      }
    }
  }

  private async watch(connection: NatsConnection): Promise<void> {
    for await (const { type } of connection.status()) {
      if (type === 'disconnect') {
        this.isConnected = false;
        this.ears.down(new Error('the connection to NATS broke'));
      } else if (type === 'reconnect') {
        this.isConnected = true;
        if (await this.isTaken(connection)) this.ears.up();
      }
    }
  }

  private dial(): Promise<NatsConnection> {
    const { protocol, host, username, password } = this.url;
    const options: ConnectionOptions = {
      servers: protocol.startsWith('ws') ? `${protocol}//${host}` : host,
      name: 'deskbell',
      maxReconnectAttempts: -1,
      reconnectTimeWait: 250,
      reconnectJitter: 100,
      pingInterval: PING_MS,
      timeout: PING_MS,
      ...credentials(decodeURIComponent(username), decodeURIComponent(password)),
      ...(protocol === 'tls:' ? { tls: {} } : {}),
    };
    return protocol.startsWith('ws') ? wsconnect(options) : connect(options);
  }
}

/** As NATS writes them in an address: `user:password@`, or a token alone. */
function credentials(user: string, pass: string) {
  if (user === '') return {};
  return pass === '' ? { token: user } : { user, pass };
}
