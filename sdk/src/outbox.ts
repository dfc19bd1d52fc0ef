import type { ClientFrame, ErrorCode, Refused, ServerFrame } from '@deskbell/contract';
import { Backoff } from './backoff.ts';
import { ClientIds } from './client-ids.ts';
import type { Answer, OutboxItem, OutboxStorage } from './outbox-storage.ts';
import { noLock, type TabLock } from './tab-lock.ts';

/** The server remembers a command for 30 days; past this age, in ms, it is not sent by itself. */
const EXPIRY_MS = 25 * 24 * 3_600_000;

/** The codes with `retry: true` in the catalogue, listed here because the catalogue itself would be 1 kB. */
export const RETRIED: readonly string[] = ['busy', 'unavailable', 'too-many'] satisfies ErrorCode[];

/** The answer to a command, or that a person took it back before there was one. */
export type Outcome = Answer | { code: 'dropped'; detail: string };

export interface OutboxOptions {
  storage: OutboxStorage;
  /** Sends a frame on the live connection; false: it did not leave. */
  send(frame: ClientFrame): boolean;
  /** An item came, changed or went. `answer` where the server has just spoken. */
  onChange(item: OutboxItem, answer?: Answer): void;
  /** Among tabs that share the storage: which one sends. */
  lock?: ((onChange: (isHeld: boolean) => void) => TabLock) | undefined;
  now?: (() => number) | undefined;
  /** The first wait after `busy` lies between nothing and this, in ms. */
  retryMs?: number | undefined;
}

/** Commands of one conversation, which must keep their order; what belongs to none shares a lane. */
interface Lane {
  items: OutboxItem[];
  /** Sent on this connection, and not answered yet. */
  inFlight: OutboxItem | null;
  isPaused: boolean;
  backoff: Backoff;
}

/**
 * Commands that wait for their answer. Each is sent again, under the same id, until the server has
 * answered it; one after the other within a conversation, so that none overtakes another.
 */
export class Outbox {
  private readonly options: OutboxOptions;
  private readonly now: () => number;
  private readonly ids: ClientIds;
  private readonly lanes = new Map<string, Lane>();
  private readonly known = new Map<string, OutboxItem>();
  private readonly waiters = new Map<string, ((outcome: Outcome) => void)[]>();
  private readonly lock: TabLock;
  private readonly unlisten: (() => void) | undefined;
  private isLive = false;
  private isOurTurn = false;

  constructor(options: OutboxOptions) {
    this.options = options;
    this.now = options.now ?? Date.now;
    this.ids = new ClientIds(this.now);
    this.lock = (options.lock ?? noLock)((isHeld) => this.turn(isHeld));
    for (const item of options.storage.load()) this.take(item);
    this.unlisten = options.storage.listen?.((clientId, item) => this.hear(clientId, item));
  }

  /** Puts a command in. The promise is kept as soon as the server has answered, however often the line breaks until then. */
  add(kind: string, input: unknown): { clientId: string; outcome: Promise<Outcome> } {
    const clientId = this.ids.next();
    const item: OutboxItem = { clientId, kind, input, createdAt: this.now(), state: 'waiting' };
    const outcome = this.outcomeOf(clientId);
    this.place(item);
    this.options.storage.put(item);
    this.options.onChange(item);
    this.sendFrom(item);
    return { clientId, outcome };
  }

  /** What waits, failed or expired in one lane, in order: a conversation's id, or '' for all that belongs to none. */
  inLane(lane: string): readonly OutboxItem[] {
    return this.lanes.get(lane)?.items ?? [];
  }

  /** All of it, in order. */
  all(): OutboxItem[] {
    return [...this.known.values()].sort(byId);
  }

  /** The connection went live (true) or was lost (false): then everything unanswered goes out again. */
  connected(isLive: boolean): void {
    this.isLive = isLive;
    if (isLive) this.lock.ask(false);
    else this.lock.release();
  }

  /** Takes in an `ack` or `refused` frame. */
  answered(frame: Extract<ServerFrame, { t: 'ack' | 'refused' }>): void {
    const item = frame.id === null ? undefined : this.known.get(frame.id);
    if (!item) return;
    const lane = this.laneOf(item);
    if (lane.inFlight?.clientId === item.clientId) lane.inFlight = null;
    if (frame.t === 'refused' && RETRIED.includes(frame.code))
      return this.pause(lane, frame.retryAfterMs);
    lane.backoff.reset();
    if (frame.t === 'ack') this.settle(item, answerOf(frame));
    else this.fail(item, refusalOf(frame));
    this.flush(lane);
  }

  /** A person wants a failed or expired one sent after all; under its old id, since it may have been stored. */
  retry(clientId: string): Promise<Outcome> {
    const item = this.known.get(clientId);
    if (!item) return Promise.resolve(dropped);
    const outcome = this.outcomeOf(clientId);
    const { refusal: _, ...rest } = item;
    this.replace({ ...rest, state: 'waiting', createdAt: this.now() });
    this.sendFrom(item);
    return outcome;
  }

  /** A person gives one up. (It may have been stored, if it was sent and the answer was lost.) */
  drop(clientId: string): void {
    const item = this.known.get(clientId);
    if (!item) return;
    this.remove(item);
    this.resolve(clientId, dropped);
    this.options.onChange(item);
    this.flush(this.laneOf(item));
  }

  /** Sends no more; what waits stays in the storage. */
  stop(): void {
    this.connected(false);
    this.unlisten?.();
  }

  private sendFrom(item: OutboxItem): void {
    // The tab that somebody writes in goes first.
    if (this.isLive && !this.isOurTurn) this.lock.ask(true);
    else this.flush(this.laneOf(item));
  }

  private turn(isOurs: boolean): void {
    if (isOurs === this.isOurTurn) return;
    this.isOurTurn = isOurs;
    for (const lane of this.lanes.values()) {
      lane.inFlight = null;
      lane.isPaused = false;
      if (isOurs) this.flush(lane);
    }
  }

  /** Sends the lane's first waiting item, unless one is under way. */
  private flush(lane: Lane): void {
    if (!this.isOurTurn || lane.inFlight || lane.isPaused) return;
    const item = lane.items.find((each) => each.state === 'waiting' && !this.expires(each));
    if (!item) return;
    const { clientId, kind, input } = item;
    // The id was made here, or read from a storage that only outboxes write.
    const frame = { t: 'command', id: clientId, kind, input } as ClientFrame;
    if (this.options.send(frame)) lane.inFlight = item;
  }

  private expires(item: OutboxItem): boolean {
    if (this.now() - item.createdAt < EXPIRY_MS) return false;
    this.replace({ ...item, state: 'expired' });
    return true;
  }

  private pause(lane: Lane, ms = lane.backoff.next()): void {
    lane.isPaused = true;
    setTimeout(() => {
      lane.isPaused = false;
      this.flush(lane);
    }, ms);
  }

  private settle(item: OutboxItem, answer: Answer): void {
    // Other tabs learn the answer before they learn that the item is gone.
    if (this.options.storage.listen)
      this.options.storage.put({ ...item, state: 'answered', answer });
    this.remove(item);
    this.options.onChange(item, answer);
    this.resolve(item.clientId, answer);
  }

  private fail(item: OutboxItem, refusal: Refused): void {
    this.replace({ ...item, state: 'failed', refusal }, refusal);
    this.resolve(item.clientId, refusal);
  }

  private replace(item: OutboxItem, answer?: Answer): void {
    this.place(item);
    this.options.storage.put(item);
    this.options.onChange(item, answer);
  }

  private remove(item: OutboxItem): void {
    this.removeFromLane(item);
    this.options.storage.remove(item.clientId);
  }

  private removeFromLane(item: OutboxItem): void {
    const lane = this.laneOf(item);
    lane.items = lane.items.filter((each) => each.clientId !== item.clientId);
    if (lane.inFlight?.clientId === item.clientId) lane.inFlight = null;
    this.known.delete(item.clientId);
    if (lane.items.length === 0 && !lane.isPaused) this.lanes.delete(laneName(item.input));
  }

  /** What another tab wrote. */
  private hear(clientId: string, item: OutboxItem | null): void {
    const known = this.known.get(clientId);
    if (item && item.state !== 'answered') {
      this.take(item);
      this.options.onChange(item, item.refusal);
      if (item.refusal) this.resolve(clientId, item.refusal);
      return this.flush(this.laneOf(item));
    }
    if (!known) return;
    this.removeFromLane(known);
    this.options.onChange(known, item?.answer);
    this.resolve(clientId, item?.answer ?? dropped);
    this.flush(this.laneOf(known));
  }

  private take(item: OutboxItem): void {
    this.ids.follow(item.clientId);
    if (item.state === 'answered') this.options.storage.remove(item.clientId);
    else this.place(item);
  }

  /** In its lane, by id, in place of an earlier state of itself. */
  private place(item: OutboxItem): void {
    this.known.set(item.clientId, item);
    const lane = this.laneOf(item);
    let index = lane.items.length;
    while (index > 0 && (lane.items[index - 1]?.clientId ?? '') >= item.clientId) index--;
    const isThere = lane.items[index]?.clientId === item.clientId;
    lane.items = lane.items.toSpliced(index, isThere ? 1 : 0, item);
  }

  private laneOf({ input }: OutboxItem): Lane {
    const name = laneName(input);
    let lane = this.lanes.get(name);
    if (!lane) {
      const backoff = new Backoff({ firstMs: this.options.retryMs ?? 1_000 });
      lane = { items: [], inFlight: null, isPaused: false, backoff };
      this.lanes.set(name, lane);
    }
    return lane;
  }

  private outcomeOf(clientId: string): Promise<Outcome> {
    return new Promise((resolve) => {
      this.waiters.set(clientId, [...(this.waiters.get(clientId) ?? []), resolve]);
    });
  }

  private resolve(clientId: string, outcome: Outcome): void {
    for (const resolve of this.waiters.get(clientId) ?? []) resolve(outcome);
    this.waiters.delete(clientId);
  }
}

const dropped = { code: 'dropped', detail: 'Taken back before it was answered' } as const;

const byId = (left: OutboxItem, right: OutboxItem) => (left.clientId < right.clientId ? -1 : 1);

/** The lane of a command: the conversation it speaks of. */
export function laneName(input: unknown): string {
  const isAbout = typeof input === 'object' && input !== null && 'conversationId' in input;
  return isAbout ? String(input.conversationId) : '';
}

function answerOf({ position, answer }: Extract<ServerFrame, { t: 'ack' }>): Answer {
  return position === undefined ? { answer } : { position, answer };
}

function refusalOf(frame: Extract<ServerFrame, { t: 'refused' }>): Refused {
  const { t: _, id: __, retryAfterMs: ___, ...refusal } = frame;
  // The code is one of the catalogue, or of a later release's; screens show `detail` for what they don't know.
  return refusal as Refused;
}
