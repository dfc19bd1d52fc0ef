import type { ClientFrame, ConversationId } from '@deskbell/contract';

type Send = (frame: ClientFrame) => boolean;

/** Whoever types says so at most this often, in ms … */
const TYPING_AGAIN_MS = 3_000;
/** … and has stopped this long after the last letter, in ms. */
const TYPING_ENDS_MS = 5_000;

/** Tells the other side that one is typing: seldom, and that it ended even when nobody says so. */
export class TypingSignal {
  private readonly send: Send;
  private readonly running = new Map<
    ConversationId,
    { saidAt: number; end: ReturnType<typeof setTimeout> }
  >();

  constructor(send: Send) {
    this.send = send;
  }

  /** Call it with each letter, and with `false` when the message is sent or the field is empty. */
  set(conversationId: ConversationId, isTyping: boolean): void {
    const before = this.running.get(conversationId);
    clearTimeout(before?.end);
    if (!isTyping) {
      this.running.delete(conversationId);
      if (before) this.send({ t: 'typing', conversationId, isTyping: false });
      return;
    }
    const isDue = !before || Date.now() - before.saidAt >= TYPING_AGAIN_MS;
    if (isDue) this.send({ t: 'typing', conversationId, isTyping: true });
    const saidAt = isDue ? Date.now() : before.saidAt;
    const end = setTimeout(() => this.set(conversationId, false), TYPING_ENDS_MS);
    this.running.set(conversationId, { saidAt, end });
  }

  stop(): void {
    for (const { end } of this.running.values()) clearTimeout(end);
    this.running.clear();
  }
}

/** A watermark that rises all the time is told this often, in ms. */
const WATERMARK_MS = 500;

/** How far one has received or read. Told when it grows, and again after a break until the server shows it. */
export class Watermark {
  private readonly t: 'read' | 'delivered';
  private readonly send: Send;
  private readonly raised = new Map<ConversationId, number>();
  private readonly unconfirmed = new Map<ConversationId, number>();
  private readonly pauses = new Map<ConversationId, ReturnType<typeof setTimeout>>();

  constructor(t: 'read' | 'delivered', send: Send) {
    this.t = t;
    this.send = send;
  }

  /** True: further than ever before. */
  raise(conversationId: ConversationId, seq: number): boolean {
    if (seq <= (this.raised.get(conversationId) ?? 0)) return false;
    this.raised.set(conversationId, seq);
    this.unconfirmed.set(conversationId, seq);
    if (!this.pauses.has(conversationId)) this.tell(conversationId);
    return true;
  }

  /** The server shows that it knows. */
  confirm(conversationId: ConversationId, seq: number): void {
    if (seq >= (this.unconfirmed.get(conversationId) ?? 0)) this.unconfirmed.delete(conversationId);
  }

  /** The connection is live again. */
  repeat(): void {
    for (const conversationId of this.unconfirmed.keys()) this.tell(conversationId);
  }

  /** Tells at once what still waits. */
  stop(): void {
    for (const pause of this.pauses.values()) clearTimeout(pause);
    this.pauses.clear();
    for (const [conversationId, seq] of this.unconfirmed)
      this.send({ t: this.t, conversationId, seq });
    this.unconfirmed.clear();
  }

  private tell(conversationId: ConversationId): void {
    const told = this.unconfirmed.get(conversationId);
    if (told === undefined) return;
    this.send({ t: this.t, conversationId, seq: told });
    clearTimeout(this.pauses.get(conversationId));
    const pause = setTimeout(() => {
      this.pauses.delete(conversationId);
      if ((this.unconfirmed.get(conversationId) ?? 0) > told) this.tell(conversationId);
    }, WATERMARK_MS);
    this.pauses.set(conversationId, pause);
  }
}

/** A draft leaves this long after the last letter, in ms. */
const DRAFT_MS = 800;
/** A draft is not acknowledged; one that left this shortly before a break, in ms, is sent once more. */
const DRAFT_DOUBT_MS = 120_000;

interface KeptDraft {
  frame: Extract<ClientFrame, { t: 'draft' }>;
  timer: ReturnType<typeof setTimeout>;
  /** When it was written to the socket; null: not yet. */
  sentAt: number | null;
}

/** Keeps unsent text on the server, for the agent's other devices. */
export class DraftKeeper {
  private readonly send: Send;
  private readonly latest = new Map<ConversationId, KeptDraft>();

  constructor(send: Send) {
    this.send = send;
  }

  save(draft: { id: ConversationId; text: string; version: number }): void {
    const { id: conversationId, text, version } = draft;
    clearTimeout(this.latest.get(conversationId)?.timer);
    const frame = { t: 'draft', conversationId, text, version } as const;
    // A field that was emptied says so at once: what was sent must not stand there again after a reload.
    const timer = setTimeout(() => this.give(kept), text === '' ? 0 : DRAFT_MS);
    const kept: KeptDraft = { frame, timer, sentAt: null };
    this.latest.set(conversationId, kept);
  }

  /** The connection is live again. */
  repeat(): void {
    for (const [id, kept] of this.latest)
      if (kept.sentAt === null || Date.now() - kept.sentAt < DRAFT_DOUBT_MS) this.give(kept);
      else this.latest.delete(id);
  }

  /** Sends at once what still waits for its pause. */
  stop(): void {
    for (const kept of this.latest.values()) {
      clearTimeout(kept.timer);
      if (kept.sentAt === null) this.give(kept);
    }
    this.latest.clear();
  }

  private give(kept: KeptDraft): void {
    clearTimeout(kept.timer);
    if (this.send(kept.frame)) kept.sentAt = Date.now();
  }
}
