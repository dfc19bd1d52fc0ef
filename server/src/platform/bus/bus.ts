import { randomBytes } from 'node:crypto';
import type { Carrier, Ears, Letter } from './carrier.ts';
import { Outbox, opened } from './outbox.ts';
import { BEAT_MS, Peers } from './peers.ts';

/** What is published meanwhile leaves together: so long after the letters before, in ms. */
const PACE_MS = 5;
/** Where servers tell one another that they are there. */
const SERVERS = 'servers';

export type BusListener = (message: unknown) => void;

export interface BusOptions {
  open(ears: Ears): Carrier;
  /** Told once, until it is up again. */
  onDown(error: unknown): void;
  /** Whatever was said in the meantime is lost. Told at the first time too. */
  onUp(): void;
  /** A bug: nothing that long may be said. */
  onTooLong(topic: string): void;
  /** Replaced by the kill test: nothing may rest on the bus. */
  isLost?: (() => boolean) | undefined;
  beatMs?: number | undefined;
}

/** For the health page. `others`: how many other servers are there. */
export interface BusState {
  carrier: Carrier['name'];
  isUp: boolean;
  others: number;
}

/**
 * Between the servers of one database: what is small and worth nothing later (that a log has grown,
 * that somebody types). It may lose anything, for the log is the truth and everybody asks for its
 * end each second. A server that is alone says nothing but, every 15 s, that it is there.
 */
export class Bus {
  private readonly id = randomBytes(6).toString('base64url');
  private readonly options: BusOptions;
  private readonly carrier: Carrier;
  private readonly listeners = new Map<string, BusListener>();
  private readonly outbox = new Outbox();
  private readonly peers = new Peers();
  private readonly beating: NodeJS.Timeout;
  private isUp = false;
  private isToldDown = false;
  private isClosed = false;
  /** Our own last word hasn't come back yet. */
  private awaitsEcho = false;
  private isSending = false;
  private sentAt = 0;

  constructor(options: BusOptions) {
    this.options = options;
    this.carrier = options.open({
      heard: (letter) => this.hear(letter),
      up: () => this.beat('hello'),
      down: (error) => this.down(error),
    });
    this.beating = setInterval(() => this.beat('here'), options.beatMs ?? BEAT_MS);
    this.beating.unref();
  }

  get state(): BusState {
    return { carrier: this.carrier.name, isUp: this.isUp, others: this.peers.count };
  }

  /** Hears what other servers say in this workspace; resolves when it does, or when the bus is down. */
  subscribe(workspaceId: string, listener: BusListener): Promise<void> {
    this.listeners.set(workspaceId, listener);
    return this.carrier.listen(workspaceId);
  }

  /** Tells the other servers that listen. `name`: only the newest message of this name is worth saying. */
  publish(workspaceId: string, message: object, name?: string): void {
    if (!this.isUp || this.peers.count === 0) return;
    if (!this.outbox.put(workspaceId, message, name)) this.options.onTooLong(workspaceId);
    else this.plan();
  }

  async close(): Promise<void> {
    this.isClosed = true;
    clearInterval(this.beating);
    if (this.isUp) {
      const last = [...this.outbox.take(this.id), this.word('bye')];
      // Who misses it forgets us a little later.
      await this.carrier.send(last).catch(() => undefined);
    }
    await this.carrier.close();
  }

  private plan(): void {
    if (this.isSending) return;
    this.isSending = true;
    const wait = this.sentAt + PACE_MS - performance.now();
    if (wait <= 0) setImmediate(() => void this.flush());
    else setTimeout(() => void this.flush(), wait);
  }

  private async flush(): Promise<void> {
    this.sentAt = performance.now();
    try {
      if (!this.isClosed) await this.carrier.send(this.outbox.take(this.id));
    } catch (error) {
      this.down(error);
    }
    this.isSending = false;
    if (!this.outbox.isEmpty) this.plan();
  }

  private beat(word: 'hello' | 'here'): void {
    if (this.isClosed) return;
    this.peers.sweep(performance.now());
    if (word === 'here' && this.awaitsEcho)
      this.down(new Error('what is said on the bus does not come back'));
    this.awaitsEcho = true;
    this.carrier.listen(SERVERS).then(
      () => this.say(word),
      (error: unknown) => this.down(error),
    );
  }

  private say(word: 'hello' | 'here' | 'bye'): void {
    this.carrier.send([this.word(word)]).catch((error: unknown) => this.down(error));
  }

  private word(t: 'hello' | 'here' | 'bye'): Letter {
    return { topic: SERVERS, text: JSON.stringify([this.id, { t }]) };
  }

  private hear({ topic, text }: Letter): void {
    const letter = opened(text);
    if (!letter || this.isClosed) return;
    const { from, messages } = letter;
    if (topic === SERVERS) return this.hearServer(from, messages[0]);
    if (from === this.id || this.options.isLost?.()) return;
    // Somebody speaks whom we hadn't heard of: so they shall hear of us.
    if (this.peers.see(from, performance.now())) this.say('here');
    for (const message of messages) this.listeners.get(topic)?.(message);
  }

  private hearServer(from: string, message: unknown): void {
    if (from === this.id) return this.up();
    const t = typeof message === 'object' && message !== null && 't' in message ? message.t : null;
    if (t === 'bye') return this.peers.part(from);
    const isNew = this.peers.see(from, performance.now());
    if (t === 'hello' || isNew) this.say('here');
  }

  /** Only what came back proves that others can hear us: a pooler between us and PostgreSQL swallows notices. */
  private up(): void {
    this.awaitsEcho = false;
    if (this.isUp) return;
    this.isUp = true;
    this.isToldDown = false;
    this.options.onUp();
  }

  private down(error: unknown): void {
    this.isUp = false;
    this.outbox.clear();
    if (this.isToldDown || this.isClosed) return;
    this.isToldDown = true;
    this.options.onDown(error);
  }
}
