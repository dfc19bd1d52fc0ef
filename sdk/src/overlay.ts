import type { Entry, Refused } from '@deskbell/contract';
import type { Outbox } from './outbox.ts';
import type { Answer, OutboxItem } from './outbox-storage.ts';
import type { Timeline } from './timeline.ts';

/** `sending`: on its way, or waiting for the line. `sent`: stored, its entry is about to come. `failed`, `expired`: a person must decide. */
export type PendingState = 'sending' | 'sent' | 'failed' | 'expired';

/** A message of one's own that the server's timeline doesn't show yet. */
export interface PendingMessage {
  state: PendingState;
  /** Equal to that of the entry which will replace it, so that a screen keeps the same element. */
  key: string;
  clientId: string;
  text: string;
  /** When it was written here, in ms since 1970. */
  at: number;
  /** Why it failed. */
  refusal: Refused | null;
}

/** One line of a timeline on a screen: stored by the server, or still one's own. */
export type TimelineItem = { state: 'stored'; key: string; entry: Entry } | PendingMessage;

const storedItems = new WeakMap<Entry, TimelineItem>();
const pendingMessages = new WeakMap<OutboxItem, PendingMessage>();

/**
 * A stored entry as a line, the same object each time. The key of a message is its sender's id for it,
 * where there is one.
 */
export function storedItem(entry: Entry): TimelineItem {
  const known = storedItems.get(entry);
  if (known) return known;
  const key = entry.kind === 'message' && entry.clientId ? entry.clientId : entry.id;
  const item: TimelineItem = { state: 'stored', key, entry };
  storedItems.set(entry, item);
  return item;
}

/** Messages that were sent in one lane of the outbox, until their entries are in the timeline. */
export class Overlay {
  private readonly outbox: Pick<Outbox, 'inLane'>;
  private readonly kind: string;
  /** Acknowledged, but not seen yet; by lane. */
  private readonly sent = new Map<string, { message: PendingMessage; seq: number }[]>();

  /** `kind`: of the commands that are messages. */
  constructor(outbox: Pick<Outbox, 'inLane'>, kind: string) {
    this.outbox = outbox;
    this.kind = kind;
  }

  /** The server stored a message that the timeline may not show yet. */
  acknowledged(lane: string, item: OutboxItem, answer: Answer): void {
    const seq = seqOf(answer);
    if (item.kind !== this.kind || seq === null) return;
    const message = { ...pending(item), state: 'sent' as const };
    this.sent.set(lane, [...(this.sent.get(lane) ?? []), { message, seq }]);
  }

  /** What stands below the stored entries of a lane. Lets go of what has come in a timeline meanwhile. */
  below(lane: string, timeline: Pick<Timeline, 'has' | 'isBefore'>): PendingMessage[] {
    const sent = this.settle(lane, timeline);
    const waiting = this.outbox
      .inLane(lane)
      .filter((item) => item.kind === this.kind && !timeline.has(item.clientId))
      .map(pending);
    return [...sent, ...waiting];
  }

  /** Forgets what was acknowledged in a lane that nobody looks at. */
  forget(lane: string): void {
    this.sent.delete(lane);
  }

  private settle(
    lane: string,
    timeline: Pick<Timeline, 'has' | 'isBefore'>,
  ): readonly PendingMessage[] {
    const before = this.sent.get(lane);
    if (!before) return [];
    const kept = before.filter(
      ({ message, seq }) => !timeline.has(message.clientId) && !timeline.isBefore(seq),
    );
    if (kept.length > 0) this.sent.set(lane, kept);
    else this.sent.delete(lane);
    return kept.map(({ message }) => message);
  }
}

function pending(item: OutboxItem): PendingMessage {
  const known = pendingMessages.get(item);
  if (known) return known;
  const { clientId, createdAt, state, refusal } = item;
  const message: PendingMessage = {
    state: state === 'failed' || state === 'expired' ? state : 'sending',
    key: clientId,
    clientId,
    text: textOf(item.input),
    at: createdAt,
    refusal: refusal ?? null,
  };
  pendingMessages.set(item, message);
  return message;
}

function textOf(input: unknown): string {
  return typeof input === 'object' && input !== null && 'text' in input ? String(input.text) : '';
}

function seqOf(answer: Answer): number | null {
  if ('code' in answer || typeof answer.answer !== 'object' || answer.answer === null) return null;
  return 'seq' in answer.answer && typeof answer.answer.seq === 'number' ? answer.answer.seq : null;
}
