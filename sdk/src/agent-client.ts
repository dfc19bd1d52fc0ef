import type {
  AgentEntities,
  Announcement,
  ClientFrame,
  CommandInput,
  CommandKind,
  ContactId,
  Conversation,
  ConversationId,
  Entry,
  Hello,
  List,
  Refused,
  ServerFrame,
  WorkspaceId,
} from '@deskbell/contract';
import { addressOf, type ListQuery, usualQuery } from '@deskbell/contract/views/filter';
import { AgentStore, type TimelineView } from './agent-store.ts';
import type { BackoffOptions } from './backoff.ts';
import { Connection, type ConnectionState, type Socket } from './connection.ts';
import { queryKey } from './list-windows.ts';
import { Outbox } from './outbox.ts';
import { memoryStorage, type OutboxStorage } from './outbox-storage.ts';
import { Overlay } from './overlay.ts';
import { DraftKeeper, TypingSignal, Watermark } from './pulses.ts';
import { Rest } from './rest.ts';
import { type SendOutcome, typedOutcome } from './send-outcome.ts';
import { webLock } from './tab-lock.ts';
import { Watches } from './watches.ts';

/** Rows of a page, of lists and of earlier entries alike; whoever goes on down a list gets more at once, as many as the server gives. */
const PAGE = 50;
const FURTHER_PAGE = 100;

export interface AgentClientOptions {
  /** Where the server is, `https://chat.example.org`. */
  baseUrl: string;
  /** A session's token, for clients that are no browser; a browser's cookie goes by itself. */
  token?: string | undefined;
  /** Which of several workspaces; without, the session's own. */
  workspaceId?: WorkspaceId | undefined;
  /** Where unanswered commands wait through a reload. Without: in memory. */
  storage?: OutboxStorage | undefined;
  /** Tabs that share the storage: the Web Lock by which one at a time sends. One name per agent and storage. */
  lockName?: string | undefined;
  /** false: listens only, and doesn't keep its agent online. */
  isPresent?: boolean | undefined;
  webSocket?: ((url: string) => Socket) | undefined;
  fetch?: typeof fetch | undefined;
  backoff?: BackoffOptions | undefined;
  heartbeatMs?: number | undefined;
  now?: (() => number) | undefined;
}

export interface History {
  conversations: Conversation[];
  hasMore: boolean;
}

export type Attention = Omit<Extract<ClientFrame, { t: 'attention' }>, 't'>;

/** One conversation's timeline, live for as long as somebody holds it. */
export interface TimelineHandle {
  readonly conversationId: ConversationId;
  view(): TimelineView;
  /** Loads the page before the first entry. The refusal where that fails; null when it is there. */
  loadEarlier(): Promise<Refused | null>;
  /** Lets go of it. It stays at hand for a while, so that coming back shows it at once. */
  close(): void;
}

/** Connects a desk, or a bot that answers as an agent. Runs until `stop()`. */
export function createAgentClient(options: AgentClientOptions): AgentClient {
  return new AgentClient(options);
}

export class AgentClient {
  readonly store: AgentStore;
  readonly outbox: Outbox;
  private readonly options: AgentClientOptions;
  private readonly connection: Connection;
  private readonly overlay: Overlay;
  private readonly watches: Watches;
  private readonly rest: Rest;
  private readonly typing: TypingSignal;
  private readonly drafts: DraftKeeper;
  private readonly reads: Watermark;
  private readonly loading = new Map<string, Promise<Refused | null>>();
  private attention: Attention | null = null;
  /** How many screens show the live board. */
  private boardScreens = 0;
  private readonly hearers = new Set<(all: readonly Announcement[]) => void>();

  constructor(options: AgentClientOptions) {
    this.options = options;
    const { token, workspaceId, storage = memoryStorage(), lockName, now } = options;
    const send = (frame: Parameters<Connection['send']>[0]) => this.connection.send(frame);
    this.outbox = new Outbox({
      storage,
      send,
      now,
      lock: lockName === undefined ? undefined : (onChange) => webLock(lockName, onChange),
      onChange: (item, answer) => {
        const { conversationId = '' } = Object(item.input) as { conversationId?: string };
        // Where nobody looks there is nothing to cover until the entry comes.
        if (answer && this.store.held.has(conversationId as ConversationId))
          this.overlay.acknowledged(conversationId, item, answer);
        this.store.touch(conversationId);
      },
    });
    this.overlay = new Overlay(this.outbox, 'message.send');
    this.store = new AgentStore(this.overlay);
    this.watches = new Watches(this.store, send);
    this.typing = new TypingSignal(send);
    this.drafts = new DraftKeeper(send);
    this.reads = new Watermark('read', send);
    const headers = {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(workspaceId === undefined ? {} : { 'x-deskbell-workspace': workspaceId }),
    };
    this.rest = new Rest({ baseUrl: options.baseUrl, headers, fetch: options.fetch });
    this.connection = new Connection({
      ...options,
      backoff: options.backoff ?? { firstMs: 1_000 },
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
  get subscribe(): AgentStore['subscribe'] {
    return this.store.subscribe;
  }

  /** Puts a command in the outbox. Resolves when the server has answered, however often the line breaks until then. */
  async send<Kind extends CommandKind>(
    kind: Kind,
    input: CommandInput<Kind>,
  ): Promise<SendOutcome<Kind>> {
    const { outcome } = this.outbox.add(kind, input);
    if (kind === 'message.send' && 'conversationId' in input)
      this.typing.set(input.conversationId, false);
    this.connection.hurry();
    return typedOutcome(await outcome);
  }

  /** Holds a conversation's timeline live. */
  watch(conversationId: ConversationId): TimelineHandle {
    const close = this.watches.open(conversationId);
    return {
      conversationId,
      view: () => this.store.timeline(conversationId),
      loadEarlier: () => this.loadEarlier(conversationId),
      close,
    };
  }

  /** The agent has read up to `seq`; without, up to the newest. Shown at once, told to the server, also after a break. */
  markRead(conversationId: ConversationId, seq?: number): void {
    const conversation = this.store.entities.conversations.get(conversationId);
    const until = seq ?? conversation?.version ?? 0;
    const mark = this.store.entities.marks.get(conversationId);
    if (mark && mark.version >= until) return;
    if (!this.reads.raise(conversationId, until) || !conversation) return;
    if (until >= conversation.version) {
      const { contactMessages } = conversation;
      this.store.put({ marks: [{ id: conversationId, version: until, contactMessages }] });
    }
  }

  /** Call it with each letter; it ends by itself. */
  setTyping(conversationId: ConversationId, isTyping: boolean): void {
    this.typing.set(conversationId, isTyping);
  }

  /** Keeps unsent text for the agent's other devices; blank text takes it back. */
  saveDraft(conversationId: ConversationId, text: string): void {
    const before = this.store.entities.drafts.get(conversationId);
    if ((before?.text ?? '') === text) return;
    const version = Math.max(Date.now(), (before?.version ?? 0) + 1);
    const draft = { id: conversationId, text, version };
    this.store.put({ drafts: [draft] });
    this.drafts.save(draft);
  }

  /** Where the agent looks: announcements come to the device used last. Said again after every break. */
  attend(attention: Attention): void {
    this.attention = attention;
    this.connection.send({ t: 'attention', ...attention });
  }

  /** Holds the live board, in {@link AgentStore.board}; for supervisors. Returns the way to let it go. */
  watchBoard(): () => void {
    if (++this.boardScreens === 1) this.tellBoard(true);
    let isHeld = true;
    return () => {
      if (!isHeld) return;
      isHeld = false;
      if (--this.boardScreens > 0) return;
      this.tellBoard(false);
    };
  }

  /** What happens that the agent is to be told of on this device. Returns the way to stop. */
  onAnnounced(hear: (all: readonly Announcement[]) => void): () => void {
    this.hearers.add(hear);
    return () => this.hearers.delete(hear);
  }

  /** Loads a list's next page (or its first). The refusal where that fails; null when it is there, or there is no more. */
  loadMore(list: List | ListQuery): Promise<Refused | null> {
    const query = typeof list === 'string' ? usualQuery(list) : list;
    const key = queryKey(query);
    const running = this.loading.get(key);
    if (running !== undefined) return running;
    const loading = this.loadPage(query).finally(() => this.loading.delete(key));
    this.loading.set(key, loading);
    return loading;
  }

  /** A contact's conversations, the one opened last first. From then on the store holds them, and they are live. */
  async loadHistory(contactId: ContactId, limit: number): Promise<History | Refused> {
    const { epoch } = this.store;
    const path = `/contacts/${contactId}/conversations`;
    const page = await this.rest.get<History>(path, { limit });
    if ('code' in page) return page;
    // What was taken away meanwhile must not come back.
    if (epoch !== this.store.epoch) return this.loadHistory(contactId, limit);
    this.store.batch(() => this.store.put({ conversations: page.conversations }));
    return page;
  }

  /** Dials now, where it waits for its next attempt; also after the server had sent the client away. */
  reconnect(): void {
    if (this.state.name === 'stopped') this.connection.start();
    else this.connection.hurry();
  }

  /** Hangs up. What is unanswered stays in the storage. */
  stop(): void {
    this.drafts.stop();
    this.typing.stop();
    this.reads.stop();
    this.outbox.stop();
    this.watches.stop();
    this.connection.stop();
    this.store.stop();
  }

  private hello(): Hello {
    const { token, workspaceId, isPresent } = this.options;
    return {
      t: 'hello',
      protocol: 1,
      ...this.store.resume,
      timelines: this.watches.forHello(),
      ...(token === undefined ? {} : { token }),
      ...(workspaceId === undefined ? {} : { workspaceId }),
      ...(isPresent === undefined ? {} : { isPresent }),
    };
  }

  private hear(frames: ServerFrame[]): void {
    for (const frame of frames) {
      if (frame.t === 'ack' || frame.t === 'refused') this.outbox.answered(frame);
      else if (frame.t === 'announced') for (const hear of this.hearers) hear(frame.announcements);
      else this.store.apply(frame);
      if ('entities' in frame && 'marks' in frame.entities)
        for (const mark of frame.entities.marks ?? []) this.reads.confirm(mark.id, mark.version);
      if (frame.t === 'snapshot') this.afterSnapshot();
    }
    this.watches.repair();
  }

  private afterSnapshot(): void {
    // The first answer to a hello is followed by the timelines that it named.
    if (this.state.name === 'live') this.watches.ask();
    else this.watches.forgetUnheld();
  }

  private turn(state: ConnectionState): void {
    const isLive = state.name === 'live';
    this.outbox.connected(isLive);
    if (isLive) {
      this.watches.askUnnamed();
      this.reads.repeat();
      this.drafts.repeat();
      if (this.attention) this.attend(this.attention);
      if (this.boardScreens > 0) this.tellBoard(true);
      this.store.auditGrew();
    }
    this.store.changed();
  }

  private tellBoard(isWatched: boolean): void {
    this.store.watchBoard(isWatched);
    this.connection.send({ t: 'board', isWatched });
  }

  private async loadPage(query: ListQuery): Promise<Refused | null> {
    const cursor = this.store.cursor(query);
    if (cursor === null) return null;
    const { epoch } = this.store;
    const page = await this.rest.get<AgentEntities & { next: string | null }>('/conversations', {
      ...addressOf(query),
      cursor: cursor ?? undefined,
      limit: cursor === undefined ? PAGE : FURTHER_PAGE,
    });
    if ('code' in page) return page;
    // What was taken away meanwhile must not come back with a page that was read before.
    if (epoch !== this.store.epoch) return this.loadPage(query);
    const { next, ...entities } = page;
    this.store.batch(() => this.store.applyPage(query, { entities, cursor: next }));
    return null;
  }

  private async loadEarlier(id: ConversationId): Promise<Refused | null> {
    const before = this.store.held.get(id)?.earlierThan ?? null;
    if (before === null) return null;
    const page = await this.rest.get<{ entries: Entry[]; hasEarlier: boolean }>(
      `/conversations/${id}/timeline`,
      { before, limit: PAGE },
    );
    if ('code' in page) return page;
    this.store.applyEarlier(id, { before, ...page });
    return null;
  }
}
