import type { Random } from '../random.ts';
import type { Account, Sent } from './ledger.ts';
import { type Frame, Link } from './link.ts';
import type { Pace } from './orders.ts';
import { Outbox } from './outbox.ts';
import { Screen, type WireEntry } from './screen.ts';
import { wordsOf } from './words.ts';

/** The server lets the eldest go beyond 64. */
const WATCHES = 60;
const THINKING_MS = [100, 500] as const;
/** How often, each time they think, an agent changes the state of one of their conversations. */
const CHANGES = 0.04;

interface Seat {
  index: number;
  /** How many agents there are: each cares for their share of the contacts. */
  of: number;
  id: string;
  token: string;
  addresses: readonly string[];
  random: Random;
  pace: Pace;
}

interface Card {
  id: string;
  version: number;
  contactId: string;
  status: string;
  holder: string;
  assigneeId: string | null;
}

/** An agent at a desk: accepts their share of the queue, watches, replies, closes, reopens, leaves. */
export class Agent {
  readonly outbox = new Outbox();
  readonly link: Link;
  private readonly seat: Seat;
  private readonly name: string;
  private readonly cards = new Map<string, Card>();
  private readonly screens = new Map<string, Screen>();
  private through: string | undefined;
  private rights: string | undefined;
  private isHushed = false;
  private resumes = 0;
  private snapshots = 0;

  constructor(seat: Seat) {
    this.seat = seat;
    this.name = `agent ${seat.index}`;
    this.link = new Link(
      {
        hello: () => this.hello(),
        unanswered: () => this.outbox.unanswered(),
        hear: (frame) => this.hear(frame),
      },
      seat,
    );
    this.thinkSoon();
  }

  hush(): void {
    this.isHushed = true;
  }

  /** Whether every timeline held is shown to its end. */
  shows(ends: ReadonlyMap<string, number>): boolean {
    return this.held().every((screen) => screen.through >= (ends.get(screen.conversationId) ?? 0));
  }

  account(): Account {
    const screens = [...this.screens.values()];
    return {
      who: 'agent',
      name: this.name,
      id: this.seat.id,
      sent: this.outbox.sent,
      screens: screens.map((screen) => screen.state()),
      contradictions: [
        ...this.outbox.contradictions,
        ...screens.flatMap((screen) => screen.contradictions),
      ],
      connects: this.link.connects,
      resumes: this.resumes,
      snapshots: this.snapshots,
    };
  }

  private hello(): object {
    const timelines = Object.fromEntries(
      this.held().map((screen) => [screen.conversationId, screen.through]),
    );
    const { token } = this.seat;
    const { through, rights } = this;
    return { t: 'hello', protocol: 1, token, timelines, ...(through && { through, rights }) };
  }

  private hear(frame: Frame): void {
    if (frame.t === 'ack' || frame.t === 'refused') return this.answered(frame);
    if (frame.t === 'snapshot') {
      this.snapshots += 1;
      this.rights = String(frame.rights);
    }
    if (frame.t === 'timeline') this.takeTimeline(frame);
    const { conversations = [], entries = [] } = (frame.entities ?? {}) as {
      conversations?: Card[];
      entries?: WireEntry[];
    };
    for (const card of conversations) this.hold(card);
    for (const entry of entries) this.show(entry);
    if (frame.t !== 'timeline' && typeof frame.through === 'string') {
      this.through = frame.through;
      this.resumes += 1;
    }
  }

  private hold(card: Card): void {
    const before = this.cards.get(card.id);
    if (!before || before.version < card.version) this.cards.set(card.id, card);
  }

  private show(entry: WireEntry): void {
    const screen = this.screens.get(entry.conversationId);
    if (!screen?.show(entry) || this.isHushed) return;
    const isAsked = entry.kind === 'message' && entry.author.kind === 'contact';
    if (
      isAsked &&
      this.isMine(entry.conversationId) &&
      this.seat.random.isLucky(this.seat.pace.replies)
    )
      this.reply(entry.conversationId);
  }

  /** Too far behind: the server sends its last page alone. */
  private takeTimeline(frame: Frame): void {
    const screen = this.screens.get(String(frame.conversationId));
    const [first] = (frame.entities as { entries?: WireEntry[] }).entries ?? [];
    if (!screen || !frame.isReset || !first) return;
    screen.skip(screen.through + 1, first.seq - 1);
    screen.through = Math.max(screen.through, first.seq - 1);
  }

  private answered(frame: Frame): void {
    const answer = this.outbox.answered(frame);
    if (answer === 'again') return this.link.again();
    if (!answer?.isNews || answer.sent.kind !== 'conversation.accept') return;
    this.accepted(answer.sent);
  }

  private accepted({ conversationId, state }: Sent): void {
    if (conversationId === null) return;
    if (state === 'acknowledged') this.watch(conversationId);
  }

  private watch(conversationId: string): void {
    if (this.screens.has(conversationId)) return;
    this.makeRoom();
    this.screens.set(conversationId, new Screen(conversationId));
    this.link.say({ t: 'watch', conversationId, after: 0 });
  }

  private makeRoom(): void {
    const held = this.held();
    const [eldest] = held;
    if (held.length < WATCHES || !eldest) return;
    eldest.until = eldest.through;
    this.link.say({ t: 'unwatch', conversationId: eldest.conversationId });
  }

  private held(): Screen[] {
    return [...this.screens.values()].filter((screen) => screen.until === null);
  }

  private thinkSoon(): void {
    setTimeout(
      () => {
        if (!this.isHushed) this.think();
        this.thinkSoon();
      },
      this.seat.random.between(...THINKING_MS),
    ).unref();
  }

  private think(): void {
    for (const card of this.cards.values())
      if (this.isForMe(card))
        this.send('conversation.accept', { conversationId: card.id, text: null });
    if (this.seat.random.isLucky(CHANGES)) this.changeSomething();
  }

  /** Each contact is somebody's: the last digits of their id choose. */
  private isForMe(card: Card): boolean {
    const share = Number.parseInt(card.contactId.slice(-6), 16) % this.seat.of;
    return share === this.seat.index && card.status === 'open' && card.holder === 'nobody';
  }

  private isMine(conversationId: string): boolean {
    const card = this.cards.get(conversationId);
    return card?.assigneeId === this.seat.id && card.status === 'open';
  }

  private changeSomething(): void {
    const own = [...this.cards.values()].filter((card) => card.assigneeId === this.seat.id);
    if (own.length === 0) return;
    const { random } = this.seat;
    const { id, status } = random.pick(own);
    const kinds =
      status === 'closed'
        ? ['conversation.reopen']
        : ['conversation.close', 'conversation.leave', 'conversation.mark-pending'];
    this.send(random.pick(kinds), { conversationId: id, text: null });
  }

  private reply(conversationId: string): void {
    const text = wordsOf(this.seat.random, this.name, this.outbox.sent.length);
    this.send('message.send', { conversationId, text });
  }

  /**
   * One after the other within a conversation: a command may be refused for what the one before brings
   * about, and, sent once more, be taken; what was said after it must not stand before it then.
   */
  private send(kind: string, what: { conversationId: string; text: string | null }): void {
    if (this.outbox.isBusyWith(what.conversationId)) return;
    this.link.say(this.outbox.add({ kind, ...what }));
  }
}
