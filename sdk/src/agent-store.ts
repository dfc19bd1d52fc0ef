import type {
  AgentEntities,
  AgentId,
  Board,
  ConversationId,
  Counts,
  Entry,
  List,
  May,
  Role,
  ServerFrame,
  TeamId,
} from '@deskbell/contract';
import { type ListQuery, usualQuery } from '@deskbell/contract/views/filter';
import { belongs, lists, unread } from '@deskbell/contract/views/lists';
import { HeldEntities } from './agent-entities.ts';
import { byConversation } from './by-conversation.ts';
import { type ListView, ListWindows } from './list-windows.ts';
import { Notifier } from './notifier.ts';
import { type Overlay, storedItem, type TimelineItem } from './overlay.ts';
import { Timeline } from './timeline.ts';
import { type Typist, Typists } from './typists.ts';

type Frame<Kind extends ServerFrame['t']> = Extract<ServerFrame, { t: Kind }>;

/** A timeline as a screen shows it. */
export interface TimelineView {
  /** Stored entries in order, then one's own messages that are not stored yet. */
  items: readonly TimelineItem[];
  /** The first page is here. */
  isLoaded: boolean;
  /** Nothing between the first entry shown and the newest is missing. */
  isComplete: boolean;
  hasEarlier: boolean;
  /** The server says that it is not there, or not for this agent to see. */
  isGone: boolean;
}

const nothing: TimelineView = {
  items: [],
  isLoaded: false,
  isComplete: false,
  hasEarlier: false,
  isGone: false,
};

/**
 * All that one desk holds. Whatever it answers stays the same object until it changes, so that a screen
 * may compare by identity. Frames may come twice or out of order: the higher version wins.
 */
export class AgentStore {
  /** Everything by kind and id; read it, change it only through {@link put}. */
  readonly entities = new HeldEntities();
  /** Grows when something was taken away: what was asked for before may hold what is no longer ours. */
  epoch = 0;
  /** What a reconnect goes on from. */
  resume: { through?: string; rights?: string } = {};
  /** Oneself, and what one may do now. */
  me: { id: AgentId; role: Role; may: May } | null = null;
  counts: Counts | null = null;
  /** The live board, while somebody watches it and once it is here. */
  board: Board | null = null;
  /** Grows whenever the audit log has grown, or may have while the line was cut. */
  audited = 0;
  private isBoardWatched = false;
  private readonly notifier = new Notifier();
  private readonly hearers = new Set<(ids: ReadonlySet<ConversationId>) => void>();
  private readonly windows = new ListWindows(this.entities);
  private readonly timelines = new Map<ConversationId, Timeline>();
  private readonly views = new Map<string, TimelineView>();
  private readonly gone = new Set<ConversationId>();
  /** Came into sight again: their timelines have to be asked for. */
  private readonly returned = new Set<ConversationId>();
  /** This agent's conversations with something unread, kept as they change: there may be many to count. */
  private readonly own = new Set<ConversationId>();
  private readonly typists = new Typists(() => this.notifier.changed());
  private readonly overlay: Overlay;

  constructor(overlay: Overlay) {
    this.overlay = overlay;
  }

  /** As `useSyncExternalStore` wants it: called once per text frame that changed something. */
  get subscribe(): Notifier['subscribe'] {
    return this.notifier.subscribe;
  }

  /** Hears which conversations came, changed or went, or were read. For who would else look through all of them. Returns the way to stop. */
  onConversations(hear: (ids: ReadonlySet<ConversationId>) => void): () => void {
    this.hearers.add(hear);
    return () => this.hearers.delete(hear);
  }

  /** Everything that changes within is told together. */
  batch(act: () => void): void {
    this.notifier.batch(act);
  }

  /** Something that is shown beside what the store holds changed. */
  changed(): void {
    this.notifier.changed();
  }

  /** A list, by its name as it usually is, or as somebody wishes it. */
  list(list: List | ListQuery): ListView {
    return this.windows.view(asQuery(list));
  }

  /** Where the list's next page begins; undefined: at its head, null: there is none. */
  cursor(list: List | ListQuery): string | null | undefined {
    return this.windows.cursor(asQuery(list));
  }

  /** The contact's messages that this agent hasn't read yet. */
  unread(id: ConversationId): number {
    const conversation = this.entities.conversations.get(id);
    return conversation ? unread(conversation, this.entities.marks.get(id)) : 0;
  }

  /** How many of this agent's own conversations, of those that are held, have something that they haven't read. */
  get unreadOwn(): number {
    return this.own.size;
  }

  /** The server said that it isn't there, or not for this agent to see, and it hasn't come since. */
  isGone(id: ConversationId): boolean {
    return this.gone.has(id);
  }

  /** Who is typing in a conversation. */
  typing(id: ConversationId): readonly Typist[] {
    return this.typists.in(id);
  }

  timeline(id: ConversationId): TimelineView {
    const timeline = this.timelines.get(id);
    if (!timeline) return nothing;
    let view = this.views.get(id);
    if (!view) {
      view = this.look(id, timeline);
      this.views.set(id, view);
    }
    return view;
  }

  /** The timelines that are held, each with what must be known to go on with it. */
  get held(): ReadonlyMap<ConversationId, Timeline> {
    return this.timelines;
  }

  open(id: ConversationId): void {
    if (!this.timelines.has(id)) this.timelines.set(id, new Timeline(true));
  }

  close(id: ConversationId): void {
    this.timelines.delete(id);
    this.returned.delete(id);
    this.overlay.forget(id);
    this.touch(id);
  }

  /** The timelines in which something is missing, by what the sequence or the conversation itself says. */
  missing(): ConversationId[] {
    return [...this.timelines.keys()].filter((id) => this.isMissing(id));
  }

  /** One's own messages of a conversation changed. */
  touch(id: string): void {
    this.views.delete(id);
    this.notifier.changed();
  }

  apply(frame: ServerFrame): void {
    switch (frame.t) {
      case 'snapshot':
        return this.applySnapshot(frame);
      case 'changes':
        return this.applyChanges(frame);
      case 'timeline':
        return this.applyTimeline(frame);
      case 'counts':
        this.counts = frame.counts;
        return this.notifier.changed();
      case 'board':
        return this.applyBoard(frame.board);
      case 'audited':
        return this.auditGrew();
      case 'typing':
        return this.typists.hear(frame.conversationId, frame.by, frame.isTyping);
      default:
    }
  }

  /** Takes in one further page of a list. `cursor`: where the next one begins. */
  applyPage(
    list: List | ListQuery,
    page: { entities: AgentEntities; cursor: string | null },
  ): void {
    this.put(page.entities);
    this.windows.reach(asQuery(list), page.cursor);
    this.notifier.changed();
  }

  applyEarlier(id: ConversationId, page: Parameters<Timeline['addEarlier']>[0]): void {
    this.timelines.get(id)?.addEarlier(page);
    this.touch(id);
  }

  /** Takes in entities that were loaded, or are expected. */
  put(given: AgentEntities): void {
    const { conversations, contacts, marks, isChanged } = this.entities.put(given);
    this.windows.putContacts(contacts);
    for (const conversation of conversations) {
      this.windows.put(conversation);
      this.views.delete(conversation.id);
      if (this.gone.delete(conversation.id)) this.returned.add(conversation.id);
    }
    const touched = new Set([...conversations, ...marks].map(({ id }) => id));
    for (const id of touched) this.lookUnread(id);
    if (touched.size > 0) for (const hear of this.hearers) hear(touched);
    if (isChanged) this.notifier.changed();
  }

  auditGrew(): void {
    this.audited++;
    this.notifier.changed();
  }

  /** What is no longer watched is forgotten: it would be old when somebody looks again. */
  watchBoard(isWatched: boolean): void {
    this.isBoardWatched = isWatched;
    if (isWatched) return;
    this.board = null;
    this.notifier.changed();
  }

  stop(): void {
    this.typists.clear();
  }

  private applySnapshot(frame: Frame<'snapshot'>): void {
    if (frame.me.kind !== 'agent') return;
    this.forgetOthers(frame);
    const { id, role, may } = frame.me;
    this.me = { id, role, may };
    if (!may.seeEveryInbox) this.board = null;
    this.resume = { through: frame.through, rights: frame.rights };
    if (frame.counts) this.counts = frame.counts;
    this.put(ofAgent(frame.entities));
    this.windows.restart(this.me.id);
    this.own.clear();
    for (const { id: held } of this.entities.conversations.all()) this.lookUnread(held);
    for (const list of lists) this.windows.reach(usualQuery(list), frame.lists?.[list]);
    this.notifier.changed();
  }

  /** Beside what the snapshot brings only the open timelines stay; with other rights not even those. */
  private forgetOthers({ entities, rights }: Frame<'snapshot'>): void {
    this.epoch++;
    this.views.clear();
    const open = [...this.timelines.keys()];
    const isSame = rights === this.resume.rights;
    if (!isSame) for (const id of open) this.timelines.set(id, new Timeline(true));
    this.entities.retain(ofAgent(entities), isSame ? open : []);
  }

  private applyChanges(frame: Frame<'changes'>): void {
    this.put(ofAgent(frame.entities));
    for (const [id, entries] of byConversation(frame.entities.entries ?? []))
      this.addEntries(id, entries);
    for (const id of frame.gone?.conversations ?? []) this.remove(id);
    for (const id of frame.gone?.teams ?? []) this.removeTeam(id);
    if (frame.through !== undefined) this.resume.through = frame.through;
  }

  /** One may still be on its way when the last screen lets go. */
  private applyBoard(board: Board): void {
    if (!this.isBoardWatched) return;
    this.board = board;
    this.notifier.changed();
  }

  private addEntries(id: ConversationId, entries: readonly Entry[]): void {
    for (const { author } of entries) this.typists.wrote(id, author);
    if (this.timelines.get(id)?.add(entries)) this.touch(id);
  }

  private applyTimeline(frame: Frame<'timeline'>): void {
    const id = frame.conversationId;
    this.put(ofAgent(frame.entities));
    this.returned.delete(id);
    this.timelines.get(id)?.addPage({ ...frame, entries: frame.entities.entries ?? [] });
    this.touch(id);
  }

  private remove(id: ConversationId): void {
    this.epoch++;
    this.gone.add(id);
    this.own.delete(id);
    this.returned.delete(id);
    this.entities.remove(id);
    this.windows.delete(id);
    if (this.timelines.has(id)) this.timelines.set(id, new Timeline(true));
    for (const hear of this.hearers) hear(new Set([id]));
    this.touch(id);
  }

  private lookUnread(id: ConversationId): void {
    const conversation = this.entities.conversations.get(id);
    const isOwn = conversation && this.me && belongs('mine', conversation, this.me.id);
    if (isOwn && this.unread(id) > 0) this.own.add(id);
    else this.own.delete(id);
  }

  private removeTeam(id: TeamId): void {
    this.entities.teams.delete(id);
    this.notifier.changed();
  }

  private look(id: ConversationId, timeline: Timeline): TimelineView {
    return {
      items: [...timeline.entries.map(storedItem), ...this.overlay.below(id, timeline)],
      isLoaded: timeline.isLoaded,
      isComplete: timeline.isLoaded && !this.isMissing(id),
      hasEarlier: timeline.earlierThan !== null,
      isGone: this.isGone(id),
    };
  }

  private isMissing(id: ConversationId): boolean {
    if (this.returned.has(id)) return true;
    const version = this.entities.conversations.get(id)?.version ?? 0;
    return this.timelines.get(id)?.isMissing(version) ?? false;
  }
}

const asQuery = (list: List | ListQuery) => (typeof list === 'string' ? usualQuery(list) : list);

/** Which entities come is decided by who said hello: an agent's stream brings what agents see. */
const ofAgent = (entities: Frame<'changes'>['entities']) => entities as AgentEntities;
