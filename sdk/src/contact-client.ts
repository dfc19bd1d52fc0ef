import type {
  AgentFace,
  ContactEntities,
  ConversationId,
  Entry,
  OpeningInput,
  Refused,
  ServerFrame,
} from '@deskbell/contract';
import type { BackoffOptions } from './backoff.ts';
import { Connection, type ConnectionState, type Socket } from './connection.ts';
import { ContactStore } from './contact-store.ts';
import { Outbox } from './outbox.ts';
import { memoryStorage, type OutboxStorage } from './outbox-storage.ts';
import { Overlay } from './overlay.ts';
import { TypingSignal, Watermark } from './pulses.ts';
import { Rest } from './rest.ts';
import { type SendOutcome, typedOutcome } from './send-outcome.ts';
import { type TabLock, webLock } from './tab-lock.ts';

const PAGE = 50;

type EntryPage = { entries: Entry[]; agents: AgentFace[]; hasEarlier: boolean };

export interface ContactClientOptions {
  /** Where the server is, `https://chat.example.org`. */
  baseUrl: string;
  /** The inbox's public key, as it stands in the script tag. */
  inbox: string;
  /** The secret that this browser made: 32 to 128 characters. It is the contact's identity. */
  token: string;
  /** Where unanswered messages wait through a reload. Without: in memory. */
  storage?: OutboxStorage | undefined;
  /** Tabs that share the storage: the Web Lock by which one at a time sends. */
  lockName?: string | undefined;
  /** Instead of `lockName`: another way to take turns, for a frame whose tabs share through the page around it. */
  lock?: ((onChange: (isHeld: boolean) => void) => TabLock) | undefined;
  webSocket?: ((url: string) => Socket) | undefined;
  fetch?: typeof fetch | undefined;
  /** The default spreads widgets that lost the server together over 10 s, then 30 s; whoever writes comes back at once. */
  backoff?: BackoffOptions | undefined;
  heartbeatMs?: number | undefined;
  now?: (() => number) | undefined;
}

/** Connects a widget, or anything else that speaks for a contact. Runs until `stop()`. */
export function createContactClient(options: ContactClientOptions): ContactClient {
  return new ContactClient(options);
}

export class ContactClient {
  readonly store: ContactStore;
  readonly outbox: Outbox;
  private readonly options: ContactClientOptions;
  private readonly connection: Connection;
  private readonly typing: TypingSignal;
  private readonly reads: Watermark;
  private readonly deliveries: Watermark;
  private readonly rest: Rest;

  constructor(options: ContactClientOptions) {
    this.options = options;
    const { inbox, token, storage = memoryStorage(), lockName, now } = options;
    const send = (frame: Parameters<Connection['send']>[0]) => this.connection.send(frame);
    this.outbox = new Outbox({
      storage,
      send,
      now,
      lock:
        options.lock ??
        (lockName === undefined ? undefined : (onChange) => webLock(lockName, onChange)),
      onChange: (item, answer) => {
        if (answer) overlay.acknowledged('', item, answer);
        this.store.changed();
      },
    });
    const overlay = new Overlay(this.outbox, 'message.receive');
    this.store = new ContactStore(overlay);
    this.typing = new TypingSignal(send);
    this.reads = new Watermark('read', send);
    this.deliveries = new Watermark('delivered', send);
    const headers = { 'x-deskbell-inbox': inbox, authorization: `Bearer ${token}` };
    this.rest = new Rest({ baseUrl: options.baseUrl, headers, fetch: options.fetch });
    this.connection = new Connection({
      ...options,
      backoff: options.backoff ?? { firstMs: 10_000 },
      hello: () => this.hello(),
      onFrames: (frames) => this.store.batch(() => this.hear(frames)),
      onState: (state) => this.store.batch(() => this.turn(state)),
    });
    this.connection.start();
  }

  get state(): ConnectionState {
    return this.connection.state;
  }

  /** As `useSyncExternalStore` wants it: the store's changes, and the connection's. */
  get subscribe(): ContactStore['subscribe'] {
    return this.store.subscribe;
  }

  /** Shows the message at once and sends it, also after breaks and reloads. Resolves when the server has answered. `opening`: counts where it opens a conversation. */
  async sendMessage(text: string, opening?: OpeningInput): Promise<SendOutcome<'message.receive'>> {
    const input = { text, ...(opening && { opening }) };
    const { outcome } = this.outbox.add('message.receive', input);
    this.setTyping(false);
    this.connection.hurry();
    return typedOutcome(await outcome);
  }

  /** Ends the chat. */
  async end(): Promise<SendOutcome<'conversation.end'>> {
    const { outcome } = this.outbox.add('conversation.end', {});
    this.connection.hurry();
    return typedOutcome(await outcome);
  }

  /** Call it with each letter; it ends by itself. Before the first message there is nobody to tell. */
  setTyping(isTyping: boolean): void {
    const { current } = this.store;
    if (current) this.typing.set(current.id, isTyping);
  }

  /** The contact has read everything that is shown. */
  markRead(): void {
    const newest = this.newest('contactRead');
    if (newest && this.reads.raise(newest.conversationId, newest.seq)) this.expectRead(newest);
  }

  /** Everything held has reached this device. Done by itself whenever something comes. */
  markDelivered(): void {
    const newest = this.newest('contactDelivered');
    if (newest) this.deliveries.raise(newest.conversationId, newest.seq);
  }

  /** Loads the contact's earlier conversations into the store. The refusal where that fails, else null. */
  async loadConversations(): Promise<Refused | null> {
    const page = await this.rest.get<ContactEntities>('/widget/conversations');
    if ('code' in page) return page;
    this.store.put(page);
    return null;
  }

  /** Loads the page before the first entry held of a conversation, or its newest page. */
  async loadEarlier(id: ConversationId): Promise<Refused | null> {
    const timeline = this.store.timelines.get(id);
    const before = timeline?.earlierThan ?? null;
    if (timeline?.isLoaded && before === null) return null;
    const page = await this.rest.get<EntryPage>(`/widget/conversations/${id}/timeline`, {
      before: before ?? undefined,
      limit: PAGE,
    });
    if ('code' in page) return page;
    this.store.batch(() => {
      this.store.put({ agents: page.agents });
      this.store.applyEarlier(id, { before, ...page });
    });
    return null;
  }

  /** Dials now, where it waits for its next attempt; also after the server had sent the client away. */
  reconnect(): void {
    if (this.state.name === 'stopped') this.connection.start();
    else this.connection.hurry();
  }

  /** Hangs up. What is unanswered stays in the storage. */
  stop(): void {
    this.typing.stop();
    this.reads.stop();
    this.deliveries.stop();
    this.outbox.stop();
    this.connection.stop();
    this.store.stop();
  }

  private hello() {
    const { inbox, token } = this.options;
    const { through } = this.store;
    return {
      t: 'hello',
      protocol: 1,
      contact: { inbox, token },
      ...(through === undefined ? {} : { through }),
    } as const;
  }

  private hear(frames: ServerFrame[]): void {
    for (const frame of frames) {
      if (frame.t === 'ack' || frame.t === 'refused') this.outbox.answered(frame);
      else this.store.apply(frame);
      for (const receipt of ('entities' in frame && frame.entities.receipts) || []) {
        this.reads.confirm(receipt.id, receipt.contactRead);
        this.deliveries.confirm(receipt.id, receipt.contactDelivered);
      }
    }
    if (frames.some((frame) => 'entities' in frame)) this.markDelivered();
  }

  private turn(state: ConnectionState): void {
    const isLive = state.name === 'live';
    this.outbox.connected(isLive);
    if (isLive) {
      this.reads.repeat();
      this.deliveries.repeat();
    }
    this.store.changed();
  }

  /** The newest message of our side, where the server's watermark lies before it. */
  private newest(side: 'contactRead' | 'contactDelivered'): Entry | undefined {
    const { current } = this.store;
    if (!current) return undefined;
    const newest = this.store
      .entries(current.id)
      .findLast(({ kind, author }) => kind === 'message' && author.kind !== 'contact');
    const told = this.store.receipts.get(current.id)?.[side] ?? 0;
    return newest && newest.seq > told ? newest : undefined;
  }

  /** Shows one's own reading before the server confirms it. */
  private expectRead({ conversationId: id, seq: contactRead }: Entry): void {
    const nothing = { id, contactDelivered: 0, oursRead: 0 };
    const receipt = { ...nothing, ...this.store.receipts.get(id), contactRead };
    this.store.put({ receipts: [receipt] });
  }
}
