import { randomUUID } from 'node:crypto';
import type { Sent } from './ledger.ts';
import type { Frame } from './link.ts';

/** Refusals after which the same command is sent again as it is. */
const retryable = new Set(['too-many', 'busy', 'unavailable']);

type Draft = Pick<Sent, 'kind' | 'conversationId' | 'text'>;

/** Everything that one client sent, and what is unanswered of it, in order. */
export class Outbox {
  readonly sent: Sent[] = [];
  readonly contradictions: string[] = [];
  /** Messages; changes of state are not counted. */
  acknowledged = 0;
  private readonly byId = new Map<string, Sent>();
  private readonly waiting = new Map<string, Sent>();

  get size(): number {
    return this.waiting.size;
  }

  /** Whether something about this conversation is unanswered. */
  isBusyWith(conversationId: string): boolean {
    for (const sent of this.waiting.values())
      if (sent.conversationId === conversationId) return true;
    return false;
  }

  /** Enters a command; what it returns goes over the wire. */
  add(draft: Draft): object {
    const sent: Sent = {
      id: randomUUID(),
      order: this.sent.length,
      ...draft,
      state: 'waiting',
      tries: 0,
      postponed: [],
      position: null,
      seq: null,
      code: null,
    };
    this.sent.push(sent);
    this.byId.set(sent.id, sent);
    this.waiting.set(sent.id, sent);
    return frameOf(sent);
  }

  /** The frames to say again on a new connection, in order, under their old ids. */
  unanswered(): object[] {
    return [...this.waiting.values()].map(frameOf);
  }

  /** Takes an `ack` or `refused` in; `again`: only a new connection keeps the order now. */
  answered(frame: Frame): { sent: Sent; isNews: boolean } | 'again' | null {
    const sent = this.byId.get(String(frame.id));
    if (!sent) return null;
    if (frame.t === 'refused' && retryable.has(String(frame.code))) {
      sent.postponed.push(String(frame.code));
      return 'again';
    }
    const isNews = this.waiting.delete(sent.id);
    const { seq = null } = (frame.answer ?? {}) as { seq?: number | null };
    // Contacts are told no position: it would tell them of the whole workspace's traffic.
    const position = typeof frame.position === 'number' ? frame.position : null;
    const answer =
      frame.t === 'ack'
        ? { state: 'acknowledged' as const, position, seq, code: null }
        : { state: 'refused' as const, position: null, seq: null, code: String(frame.code) };
    if (!isNews) this.compare(sent, answer);
    else if (answer.state === 'acknowledged' && sent.text !== null) this.acknowledged += 1;
    if (isNews) Object.assign(sent, answer);
    return { sent, isNews };
  }

  private compare(sent: Sent, answer: Pick<Sent, 'state' | 'position' | 'seq' | 'code'>): void {
    const { state, position, seq, code } = sent;
    const before = JSON.stringify({ state, position, seq, code });
    if (JSON.stringify(answer) !== before)
      this.contradictions.push(`${sent.id}: first ${before}, then ${JSON.stringify(answer)}`);
  }
}

function frameOf(sent: Sent): object {
  sent.tries += 1;
  const { id, kind, conversationId, text } = sent;
  const input = {
    ...(conversationId === null ? {} : { conversationId }),
    ...(text === null ? {} : { text }),
  };
  return { t: 'command', id, kind, input };
}
