import { WATCH_LIMIT } from '@deskbell/contract';
import {
  type ConversationRow,
  conversationForAgents,
  type EntryRow,
  entryForAgents,
} from '../conversations/index.ts';
import type { AgentStream } from './agent-stream.ts';
import { changesFrame } from './frames.ts';

/** Which desks have which conversations open: they are told of each entry at once. */
export class Watchers {
  private readonly byConversation = new Map<string, Set<AgentStream>>();

  watch(stream: AgentStream, conversationId: string): void {
    // Last in line, though it may have stood there before.
    stream.watched.delete(conversationId);
    stream.watched.add(conversationId);
    const [eldest] = stream.watched;
    if (stream.watched.size > WATCH_LIMIT && eldest) this.unwatch(stream, eldest);
    const watchers = this.byConversation.get(conversationId) ?? new Set();
    this.byConversation.set(conversationId, watchers.add(stream));
  }

  unwatch(stream: AgentStream, conversationId: string): void {
    stream.watched.delete(conversationId);
    const watchers = this.byConversation.get(conversationId);
    watchers?.delete(stream);
    if (watchers?.size === 0) this.byConversation.delete(conversationId);
  }

  of(conversationId: string): ReadonlySet<AgentStream> {
    return this.byConversation.get(conversationId) ?? new Set();
  }

  /** Collects an entry for each into `entries`, and sends the card where more than a message came. */
  tell(
    row: ConversationRow,
    what: { entry: EntryRow | undefined; isMessage: boolean },
    entries: Map<AgentStream, string[]>,
  ): void {
    const watchers = this.byConversation.get(row.id);
    if (!watchers) return;
    const text = what.entry ? JSON.stringify(entryForAgents(what.entry)) : null;
    const card = what.isMessage
      ? null
      : changesFrame({ conversations: [JSON.stringify(conversationForAgents(row))] });
    for (const stream of watchers) {
      if (!stream.sees(row)) continue;
      if (text) append(entries, stream, text);
      if (card) stream.send(card);
    }
  }
}

/** Sends what was collected. Those who are told the same get the same string, which is built and encoded once. */
export function sendEntries(entries: ReadonlyMap<AgentStream, string[]>): void {
  const frames = new Map<string, string>();
  for (const [stream, texts] of entries) {
    const [only = ''] = texts;
    const all = texts.length === 1 ? only : texts.join(',');
    const frame = frames.get(all) ?? changesFrame({ entries: [all] });
    frames.set(all, frame);
    stream.send(frame);
  }
}

function append(texts: Map<AgentStream, string[]>, stream: AgentStream, text: string): void {
  const own = texts.get(stream);
  if (own) own.push(text);
  else texts.set(stream, [text]);
}
