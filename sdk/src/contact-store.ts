import type {
  AgentFace,
  ContactEntities,
  ContactId,
  ConversationId,
  Entry,
  OwnConversation,
  Receipt,
  ServerFrame,
  Site,
} from '@deskbell/contract';
import { byConversation } from './by-conversation.ts';
import { Notifier } from './notifier.ts';
import { type Overlay, storedItem, type TimelineItem } from './overlay.ts';
import { mergeReceipts } from './receipts.ts';
import { Timeline } from './timeline.ts';
import { Typists } from './typists.ts';
import { newerOf, Versioned } from './versioned.ts';

type Frame<Kind extends ServerFrame['t']> = Extract<ServerFrame, { t: Kind }>;

/** The lane of a contact's commands: they belong to the inbox, not to a conversation. */
const LANE = '';

/** What the widget shows: the contact's newest conversation, and what they wrote that isn't stored yet. */
export interface ContactView {
  conversation: OwnConversation | null;
  items: readonly TimelineItem[];
  hasEarlier: boolean;
  /** Messages of our side after the contact's last reading. */
  unread: number;
  /** How far each side has received and read. */
  receipt: Receipt | null;
  isAgentTyping: boolean;
}

/** All that one widget holds. What it answers stays the same object until it changes. */
export class ContactStore {
  readonly agents = new Versioned<AgentFace>(newerOf);
  /** The current conversation, and whatever earlier ones were loaded. */
  readonly conversations = new Versioned<OwnConversation>(newerOf);
  readonly receipts = new Versioned<Receipt>(mergeReceipts);
  readonly timelines = new Map<ConversationId, Timeline>();
  me: ContactId | null = null;
  site: Site | null = null;
  /** What a reconnect goes on from. */
  through: string | undefined;
  private readonly notifier = new Notifier();
  private readonly typists = new Typists(() => this.changed());
  private readonly overlay: Overlay;
  private cached: ContactView | null = null;

  constructor(overlay: Overlay) {
    this.overlay = overlay;
  }

  /** As `useSyncExternalStore` wants it: called once per text frame that changed something. */
  get subscribe(): Notifier['subscribe'] {
    return this.notifier.subscribe;
  }

  /** Everything that changes within is told together. */
  batch(act: () => void): void {
    this.notifier.batch(act);
  }

  /** Something that the view shows changed. */
  changed(): void {
    this.cached = null;
    this.notifier.changed();
  }

  get view(): ContactView {
    this.cached ??= this.look();
    return this.cached;
  }

  /** The newest conversation, which is the one that a message goes to. */
  get current(): OwnConversation | null {
    return this.conversations.all().reduce<OwnConversation | null>(newest, null);
  }

  /** An earlier conversation's entries as far as they are loaded. */
  entries(id: ConversationId): readonly Entry[] {
    return this.timelines.get(id)?.entries ?? [];
  }

  apply(frame: ServerFrame): void {
    switch (frame.t) {
      case 'snapshot':
        return this.applySnapshot(frame);
      case 'changes':
        this.put(ofContact(frame.entities));
        if (frame.through !== undefined) this.through = frame.through;
        return;
      case 'site':
        this.applySite(frame);
        return this.changed();
      case 'typing':
        return this.typists.hear(frame.conversationId, frame.by, frame.isTyping);
      default:
    }
  }

  /** Takes in entities. Entries of a conversation that isn't held yet are its newest ones. */
  put(given: ContactEntities): void {
    for (const each of given.agents ?? []) this.agents.put(each);
    for (const each of given.conversations ?? []) this.conversations.put(each);
    for (const each of given.receipts ?? []) this.receipts.put(each);
    for (const [id, entries] of byConversation(given.entries ?? [])) {
      for (const { author } of entries) this.typists.wrote(id, author);
      this.add(id, { entries, isReset: false });
    }
    this.changed();
  }

  /** Takes in a page of entries before those held, or the newest ones of a conversation that wasn't. */
  applyEarlier(
    id: ConversationId,
    page: { before: number | null; entries: readonly Entry[]; hasEarlier: boolean },
  ): void {
    const { before } = page;
    if (before === null) this.add(id, { ...page, isReset: true });
    else this.timelines.get(id)?.addEarlier({ ...page, before });
    this.changed();
  }

  stop(): void {
    this.typists.clear();
  }

  private applySnapshot(frame: Frame<'snapshot'>): void {
    if (frame.me.kind !== 'contact') return;
    this.me = frame.me.id;
    this.through = frame.through;
    if (frame.site) this.site = frame.site;
    this.timelines.clear();
    this.put(ofContact(frame.entities));
  }

  private applySite({ t: _, ...news }: Frame<'site'>): void {
    if (this.site) this.site = { ...this.site, ...news } as Site;
  }

  private add(id: ConversationId, page: { entries: readonly Entry[]; isReset: boolean }): void {
    const timeline = this.timelines.get(id) ?? new Timeline(false);
    this.timelines.set(id, timeline);
    const through = page.entries.at(-1)?.seq ?? 0;
    if (timeline.isLoaded) timeline.add(page.entries);
    else timeline.addPage({ ...page, through });
  }

  private look(): ContactView {
    const conversation = this.current;
    const timeline = (conversation && this.timelines.get(conversation.id)) ?? new Timeline(false);
    const receipt = (conversation && this.receipts.get(conversation.id)) ?? null;
    return {
      conversation,
      items: [...timeline.entries.map(storedItem), ...this.overlay.below(LANE, timeline)],
      hasEarlier: timeline.earlierThan !== null,
      unread: unreadIn(timeline, receipt),
      receipt,
      isAgentTyping: conversation !== null && this.typists.in(conversation.id).length > 0,
    };
  }
}

/** Which entities come is decided by who said hello: a contact's stream brings what contacts see. */
const ofContact = (entities: Frame<'changes'>['entities']) => entities as ContactEntities;

function newest(best: OwnConversation | null, each: OwnConversation): OwnConversation {
  return best && best.openedAt >= each.openedAt ? best : each;
}

function unreadIn(timeline: Timeline, receipt: Receipt | null): number {
  const read = receipt?.contactRead ?? 0;
  return timeline.entries.filter(
    ({ kind, author, seq }) => kind === 'message' && author.kind !== 'contact' && seq > read,
  ).length;
}
