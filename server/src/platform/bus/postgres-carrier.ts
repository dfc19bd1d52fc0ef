import { setTimeout as delay } from 'node:timers/promises';
import { textColumn } from '../store/columns.ts';
import { connectForNotices, type NoticeConnection } from '../store/notices.ts';
import { type Carrier, type Ears, type Letter, RETRY_MS } from './carrier.ts';

/** An answer that takes longer will not come: the machine at the other end is gone. */
const PATIENCE_MS = 5_000;
const PREFIX = 'deskbell_';

/**
 * LISTEN and NOTIFY on a connection of their own. Never within the transaction that writes: NOTIFY
 * takes a lock of the whole database until the commit is on disk, so that commits would queue up.
 */
export class PostgresCarrier implements Carrier {
  readonly name = 'postgres';
  private readonly url: string;
  private readonly ears: Ears;
  private readonly topics = new Set<string>();
  private readonly closing = new AbortController();
  private readonly kept: Promise<void>;
  private connection: NoticeConnection | null = null;

  constructor(url: string, ears: Ears) {
    this.url = url;
    this.ears = ears;
    this.kept = this.keep();
  }

  async send(letters: readonly Letter[]): Promise<void> {
    if (letters.length === 0) return;
    const channels = textColumn(letters, ({ topic }) => PREFIX + topic);
    const texts = textColumn(letters, ({ text }) => text);
    await this.ask(
      'select pg_notify(channel, said) from unnest($1::text[], $2::text[]) as letters(channel, said)',
      [channels, texts],
    );
  }

  async listen(topic: string): Promise<void> {
    if (this.topics.has(topic)) return;
    this.topics.add(topic);
    // Where it fails, the next connection listens to it with all others.
    if (this.connection)
      await this.ask(listenTo([topic])).catch((error: unknown) => this.ears.down(error));
  }

  async close(): Promise<void> {
    this.closing.abort();
    await this.connection?.end();
    await this.kept;
  }

  /** One connection after another. Resolves when closed. */
  private async keep(): Promise<void> {
    for (let attempt = 0; !this.closing.signal.aborted; attempt += 1) {
      const connection = connectForNotices(this.url, (channel, text) =>
        this.ears.heard({ topic: channel.slice(PREFIX.length), text }),
      );
      try {
        this.connection = connection;
        await this.ask(`select 1;${listenTo([...this.topics])}`);
        attempt = 0;
        this.ears.up();
        await connection.ended;
        throw new Error('the connection of the bus has ended');
      } catch (error) {
        this.connection = null;
        if (this.closing.signal.aborted) return;
        this.ears.down(error);
        await connection.end();
        await delay(RETRY_MS[Math.min(attempt, RETRY_MS.length - 1)], null, {
          signal: this.closing.signal,
        }).catch(() => undefined);
      }
    }
  }

  private async ask(text: string, parameters: (string | null)[] = []): Promise<void> {
    const { connection } = this;
    if (!connection) throw new Error('the bus has no connection');
    const patience = new AbortController();
    const tooLong = delay(PATIENCE_MS, true, { signal: patience.signal }).catch(() => false);
    const isTooLong = await Promise.race([
      connection.ask(text, parameters).then(() => false),
      tooLong,
    ]).finally(() => patience.abort());
    if (!isTooLong) return;
    await connection.end();
    throw new Error(`PostgreSQL did not answer the bus within ${PATIENCE_MS} ms`);
  }
}

const listenTo = (topics: readonly string[]) =>
  topics.map((topic) => `listen "${PREFIX}${topic}"`).join(';');
