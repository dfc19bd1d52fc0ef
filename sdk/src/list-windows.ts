import type { AgentId, Contact, Conversation, ConversationId } from '@deskbell/contract';
import { type ListQuery, matches, usualQuery } from '@deskbell/contract/views/filter';
import {
  belongs,
  compareIn,
  isBehind,
  lists,
  type Place,
  parseCursor,
} from '@deskbell/contract/views/lists';
import { SearchedTexts } from './searched-texts.ts';
import { SortedList } from './sorted-list.ts';

/** A list as far as it is loaded. */
export interface ListView {
  /** In order, without holes: what stands behind the last loaded page is not among them. */
  ids: readonly ConversationId[];
  /** At least the first page is here. Before that, what is narrowed shows what happens to be held. */
  isLoaded: boolean;
  hasMore: boolean;
}

const empty: ListView = { ids: [], isLoaded: false, hasMore: true };
/** Narrowed lists that are kept beside the usual ones; the one longest not looked at goes. */
const KEPT = 12;

/** The same for queries that ask the same. */
export const queryKey = ({ list, sort, filter, search }: ListQuery): string =>
  JSON.stringify([
    list,
    sort,
    Object.entries(filter)
      .filter(([, value]) => value !== undefined)
      .sort(),
    search,
  ]);

/** One list: all its conversations that are held, in order, and how far they are known without a hole. */
class ListWindow {
  readonly query: ListQuery;
  readonly held: SortedList<Conversation>;
  /** undefined: no page yet; null: all of it is here; else where the next page begins. */
  cursor: string | null | undefined;
  private readonly isNarrowed: boolean;
  private boundary: Place | null = null;
  private cached: ListView | null = null;

  constructor(query: ListQuery) {
    this.query = query;
    this.held = new SortedList<Conversation>(compareIn(query.list, query.sort));
    this.isNarrowed = query.search !== '' || Object.keys(query.filter).length > 0;
  }

  get view(): ListView {
    this.cached ??= this.look();
    return this.cached;
  }

  /** A page that ends here was taken in. */
  reach(cursor: string | null | undefined): void {
    this.cursor = cursor;
    this.boundary = cursor ? parseCursor(cursor) : null;
    this.cached = null;
  }

  put(conversation: Conversation, isMember: boolean): void {
    const isMoved = isMember ? this.held.put(conversation) : this.held.delete(conversation.id);
    if (isMoved) this.cached = null;
  }

  delete(id: string): void {
    if (this.held.delete(id)) this.cached = null;
  }

  clear(): void {
    this.held.clear();
    this.cached = null;
  }

  private look(): ListView {
    const { boundary, query, held, cursor } = this;
    if (cursor === undefined)
      return this.isNarrowed ? { ...empty, ids: held.ids(held.length) } : empty;
    const count = boundary
      ? held.countUntil((each) => isBehind(query, each, boundary))
      : held.length;
    return { ids: held.ids(count), isLoaded: true, hasMore: cursor !== null };
  }
}

/** What windows are filled from. */
interface Source {
  conversations: { all(): readonly Conversation[] };
  contacts: { get(id: string): Contact | undefined };
}

/** All lists of one agent, maintained as conversations change. */
export class ListWindows {
  private readonly source: Source;
  private readonly texts: SearchedTexts;
  private readonly usual = new Map(lists.map((list) => [list, new ListWindow(usualQuery(list))]));
  /** As somebody wished them, those looked at last at the end. */
  private readonly wished = new Map<string, ListWindow>();
  private agentId: AgentId | null = null;

  constructor(source: Source) {
    this.source = source;
    this.texts = new SearchedTexts((id) => source.contacts.get(id));
  }

  /** The same object until the list's order, its members or its reach change. */
  view(query: ListQuery): ListView {
    return this.window(query).view;
  }

  /** Where the list's next page begins; undefined: at its head, null: there is none. */
  cursor(query: ListQuery): string | null | undefined {
    return this.window(query).cursor;
  }

  reach(query: ListQuery, cursor: string | null | undefined): void {
    this.window(query).reach(cursor);
  }

  put(conversation: Conversation): void {
    for (const window of this.all()) window.put(conversation, this.isMember(window, conversation));
  }

  /** A contact is called otherwise: searches may find their conversations, or find them no more. */
  putContacts(contacts: readonly Contact[]): void {
    const searched = [...this.wished.values()].filter(({ query }) => query.search !== '');
    if (searched.length === 0 || contacts.length === 0) return;
    const ids = new Set<string>(contacts.map(({ id }) => id));
    for (const conversation of this.source.conversations.all())
      if (ids.has(conversation.contactId))
        for (const window of searched)
          window.put(conversation, this.isMember(window, conversation));
  }

  delete(id: string): void {
    for (const window of this.all()) window.delete(id);
  }

  /** Begins anew with what is held, for this agent; of what was loaded nothing is known any more. */
  restart(agentId: AgentId): void {
    this.agentId = agentId;
    for (const window of this.all()) {
      window.reach(undefined);
      window.clear();
      this.fill(window);
    }
  }

  private window(query: ListQuery): ListWindow {
    const key = queryKey(query);
    const usual = this.usual.get(query.list);
    if (usual && key === queryKey(usual.query)) return usual;
    const known = this.wished.get(key);
    this.wished.delete(key);
    const window = known ?? this.open(query);
    this.wished.set(key, window);
    return window;
  }

  private open(query: ListQuery): ListWindow {
    const [eldest] = this.wished.keys();
    if (this.wished.size >= KEPT && eldest !== undefined) this.wished.delete(eldest);
    const window = new ListWindow(query);
    this.fill(window);
    return window;
  }

  private fill(window: ListWindow): void {
    for (const conversation of this.source.conversations.all())
      window.put(conversation, this.isMember(window, conversation));
  }

  private isMember({ query }: ListWindow, conversation: Conversation): boolean {
    const { agentId } = this;
    return (
      agentId !== null &&
      belongs(query.list, conversation, agentId) &&
      matches(query.filter, conversation) &&
      this.texts.holds(conversation, query.search)
    );
  }

  private *all(): Iterable<ListWindow> {
    yield* this.usual.values();
    yield* this.wished.values();
  }
}
