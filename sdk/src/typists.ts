import type { Author, ServerFrame } from '@deskbell/contract';

/** Whoever types says so again within this time, in ms; else they stopped. */
const TYPING_MS = 8_000;

export type Typist = Extract<ServerFrame, { t: 'typing' }>['by'];

const nobody: readonly Typist[] = [];

/** Who is typing where, as far as one was told. Somebody who vanishes stops by themselves. */
export class Typists {
  private readonly byConversation = new Map<string, readonly Typist[]>();
  private readonly timers = new Map<string, ReturnType<typeof setTimeout>>();
  private readonly onChange: () => void;

  constructor(onChange: () => void) {
    this.onChange = onChange;
  }

  /** The same array until somebody begins or stops. */
  in(conversationId: string): readonly Typist[] {
    return this.byConversation.get(conversationId) ?? nobody;
  }

  hear(conversationId: string, by: Typist, isTyping: boolean): void {
    const key = `${conversationId}:${by.id}`;
    clearTimeout(this.timers.get(key));
    this.timers.delete(key);
    const before = this.in(conversationId);
    const isKnown = before.some((each) => each.id === by.id);
    if (isTyping)
      this.timers.set(
        key,
        setTimeout(() => this.hear(conversationId, by, false), TYPING_MS),
      );
    if (isTyping === isKnown) return;
    const others = before.filter((each) => each.id !== by.id);
    this.byConversation.set(conversationId, isTyping ? [...others, by] : others);
    if (!isTyping && others.length === 0) this.byConversation.delete(conversationId);
    this.onChange();
  }

  /** Whoever has written types no more. */
  wrote(conversationId: string, author: Author): void {
    if (author.kind === 'system') return;
    const typist = this.in(conversationId).find((each) => each.id === author.id);
    if (typist) this.hear(conversationId, typist, false);
  }

  clear(): void {
    for (const timer of this.timers.values()) clearTimeout(timer);
    this.timers.clear();
    if (this.byConversation.size === 0) return;
    this.byConversation.clear();
    this.onChange();
  }
}
