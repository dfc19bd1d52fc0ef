import { createHash } from 'node:crypto';
import type { Random } from '../random.ts';
import type { Account } from './ledger.ts';
import { type Frame, Link } from './link.ts';
import type { Pace } from './orders.ts';
import { Outbox } from './outbox.ts';
import { Screen, type WireEntry } from './screen.ts';
import { wordsOf } from './words.ts';

/** As many messages may be under way at once. */
const WINDOW = 6;
/** How often, per message, a visitor ends the chat first. */
const ENDS = 0.01;

interface Seat {
  index: number;
  token: string;
  workspaceId: string;
  inboxKey: string;
  addresses: readonly string[];
  random: Random;
  pace: Pace;
}

/** A visitor who writes, watches their own conversation, and goes on after every break. */
export class Visitor {
  readonly outbox = new Outbox();
  readonly link: Link;
  private readonly seat: Seat;
  private readonly name: string;
  private readonly screens = new Map<string, Screen>();
  private latest: Screen | null = null;
  private through: string | undefined;
  private isHushed = false;
  private resumes = 0;
  private snapshots = 0;

  constructor(seat: Seat) {
    this.seat = seat;
    this.name = `visitor ${seat.index}`;
    this.link = new Link(
      {
        hello: () => this.hello(),
        unanswered: () => this.outbox.unanswered(),
        hear: (frame) => this.hear(frame),
      },
      seat,
    );
    this.writeSoon();
  }

  hush(): void {
    this.isHushed = true;
  }

  /** Writes, whether hushed or not. */
  write(): void {
    const text = wordsOf(this.seat.random, this.name, this.outbox.sent.length);
    this.send('message.receive', text);
  }

  /** Whether this entry of the current conversation is shown. */
  shows(ends: ReadonlyMap<string, number>): boolean {
    const end = this.latest && ends.get(this.latest.conversationId);
    return !end || (this.latest?.has(end) ?? true);
  }

  account(): Account {
    const screens = [...this.screens.values()];
    return {
      who: 'visitor',
      name: this.name,
      id: contactIdOf(this.seat.workspaceId, this.seat.token),
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

  private writeSoon(): void {
    const { random, pace } = this.seat;
    setTimeout(
      () => {
        if (!this.isHushed && this.outbox.size < WINDOW) this.act();
        this.writeSoon();
      },
      random.between(0, pace.everyMs * 2),
    ).unref();
  }

  private act(): void {
    if (this.latest && this.seat.random.isLucky(ENDS)) this.send('conversation.end', null);
    this.write();
  }

  private send(kind: string, text: string | null): void {
    this.link.say(this.outbox.add({ kind, conversationId: null, text }));
  }

  private hello(): object {
    const { inboxKey: inbox, token } = this.seat;
    const contact = { inbox, token };
    return { t: 'hello', protocol: 1, contact, ...(this.through && { through: this.through }) };
  }

  private hear(frame: Frame): void {
    if (frame.t === 'snapshot') this.takeSnapshot(frame);
    if (frame.t === 'changes') this.takeChanges(frame);
    if (frame.t !== 'ack' && frame.t !== 'refused') return;
    if (this.outbox.answered(frame) === 'again') this.link.again();
  }

  private takeChanges(frame: Frame): void {
    for (const entry of entriesOf(frame)) this.screenOf(entry.conversationId).show(entry);
    if (typeof frame.through === 'string') this.follow(frame.through);
  }

  /** A snapshot has the last page of the latest conversation alone; what fell between was not promised. */
  private takeSnapshot(frame: Frame): void {
    this.snapshots += 1;
    const before = this.latest;
    const heldThrough = seqOf(this.through);
    const entries = entriesOf(frame);
    const [first] = entries;
    if (first) {
      const screen = this.screenOf(first.conversationId);
      const isSame = screen === before;
      screen.skip((isSame ? heldThrough : 0) + 1, first.seq - 1);
      if (!isSame && before) before.until = heldThrough;
    }
    this.takeChanges(frame);
  }

  private follow(through: string): void {
    const [conversationId] = through.split(':');
    if (conversationId) this.latest = this.screenOf(conversationId);
    this.through = through;
    this.resumes += 1;
  }

  private screenOf(conversationId: string): Screen {
    const screen = this.screens.get(conversationId) ?? new Screen(conversationId);
    this.screens.set(conversationId, screen);
    return screen;
  }
}

const entriesOf = (frame: Frame) =>
  (frame.entities as { entries?: WireEntry[] } | undefined)?.entries ?? [];
const seqOf = (through: string | undefined) => Number((through ?? '').split(':')[1] ?? 0);

/** The contact's id follows from workspace and secret, as UUIDv8: reckoned here again, not asked of the server. */
export function contactIdOf(workspaceId: string, token: string): string {
  const hash = createHash('sha256').update(workspaceId).update('\0').update(token).digest();
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x80;
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80;
  return hash.toString('hex', 0, 16).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
