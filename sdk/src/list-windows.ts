import type { AgentId, Conversation, ConversationId, List } from '@deskbell/contract';
import {
  belongs,
  compareIn,
  isBehind,
  lists,
  type Place,
  parseCursor,
} from '@deskbell/contract/views/lists';
import { SortedList } from './sorted-list.ts';

/** A list as far as it is loaded. */
export interface ListView {
  /** In order, without holes: what stands behind the last loaded page is not among them. */
  ids: readonly ConversationId[];
  /** At least the first page is here. */
  isLoaded: boolean;
  hasMore: boolean;
}

const empty: ListView = { ids: [], isLoaded: false, hasMore: true };

/** One list: all its conversations that are held, in order, and how far they are known without a hole. */
class ListWindow {
  readonly held: SortedList<Conversation>;
  /** undefined: no page yet; null: all of it is here; else where the next page begins. */
  cursor: string | null | undefined;
  private readonly list: List;
  private boundary: Place | null = null;
  private cached: ListView | null = null;

  constructor(list: List) {
    this.list = list;
    this.held = new SortedList(compareIn(list));
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
    if (this.cursor === undefined) return empty;
    const { boundary, list, held } = this;
    const count = boundary
      ? held.countUntil((each) => isBehind(list, each, boundary))
      : held.length;
    return { ids: held.ids(count), isLoaded: true, hasMore: this.cursor !== null };
  }
}

/** All lists of one agent, maintained as conversations change. */
export class ListWindows {
  private readonly windows = new Map(lists.map((list) => [list, new ListWindow(list)]));
  private agentId: AgentId | null = null;

  /** The same object until the list's order, its members or its reach change. */
  view(list: List): ListView {
    return this.windows.get(list)?.view ?? empty;
  }

  /** Where the list's next page begins; undefined: at its head, null: there is none. */
  cursor(list: List): string | null | undefined {
    return this.windows.get(list)?.cursor;
  }

  reach(list: List, cursor: string | null | undefined): void {
    this.windows.get(list)?.reach(cursor);
  }

  put(conversation: Conversation): void {
    const { agentId } = this;
    if (agentId === null) return;
    for (const [list, window] of this.windows)
      window.put(conversation, belongs(list, conversation, agentId));
  }

  delete(id: string): void {
    for (const window of this.windows.values()) window.delete(id);
  }

  /** Begins anew with what is held, for this agent. */
  restart(agentId: AgentId, conversations: Iterable<Conversation>): void {
    this.agentId = agentId;
    for (const window of this.windows.values()) window.clear();
    for (const conversation of conversations) this.put(conversation);
  }
}
