import { LETTER_BYTES, type Letter } from './carrier.ts';

/** More than so many messages for one topic are not worth their delay: the oldest are forgotten. */
const MOST = 500;

interface Waiting {
  name: string;
  text: string;
}

/** What waits to be said: per topic in order, the newest alone of those that bear the same name. */
export class Outbox {
  private readonly topics = new Map<string, Map<string, Waiting>>();
  private count = 0;

  /** `name`: takes the place of what waits under it. False: too long to be said at all. */
  put(topic: string, message: object, name = `#${this.count++}`): boolean {
    const text = JSON.stringify(message);
    if (Buffer.byteLength(text) > LETTER_BYTES / 2) return false;
    const waiting = this.topics.get(topic) ?? new Map<string, Waiting>();
    this.topics.set(topic, waiting);
    // Last in line, though an older one may have stood there before.
    waiting.delete(name);
    waiting.set(name, { name, text });
    const [eldest] = waiting.keys();
    if (waiting.size > MOST && eldest !== undefined) waiting.delete(eldest);
    return true;
  }

  get isEmpty(): boolean {
    return this.topics.size === 0;
  }

  clear(): void {
    this.topics.clear();
  }

  /** Everything that waits, in as few letters as it fits in. */
  take(from: string): Letter[] {
    const letters: Letter[] = [];
    for (const [topic, waiting] of this.topics) {
      let open: string[] = [];
      let bytes = 0;
      const close = () => {
        if (open.length > 0) letters.push({ topic, text: sealed(from, open) });
        open = [];
        bytes = 0;
      };
      for (const { text } of waiting.values()) {
        const length = Buffer.byteLength(text) + 1;
        if (bytes + length + from.length + 4 > LETTER_BYTES) close();
        open.push(text);
        bytes += length;
      }
      close();
    }
    this.topics.clear();
    return letters;
  }
}

const sealed = (from: string, texts: readonly string[]) => `["${from}",${texts.join(',')}]`;

/** Who says what; null: nothing that this release can read. */
export function opened(text: string): { from: string; messages: unknown[] } | null {
  try {
    const [from, ...messages] = JSON.parse(text) as unknown[];
    return typeof from === 'string' ? { from, messages } : null;
  } catch {
    return null;
  }
}
