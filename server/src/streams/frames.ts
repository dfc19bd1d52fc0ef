import type { Told } from './told.ts';

/** Frames as JSON text, built once and sent to many. Parts given as text are JSON already. */

/** A JSON array of texts that are JSON already. */
const list = (texts: readonly string[]) => `[${texts.join(',')}]`;

/** A `changes` frame from JSON texts by kind of entity. */
export function changesFrame(
  entities: Readonly<Record<string, readonly string[]>>,
  through?: string,
): string {
  const parts = Object.entries(entities)
    .filter(([, texts]) => texts.length > 0)
    .map(([kind, texts]) => `"${kind}":${list(texts)}`);
  const end = through === undefined ? '' : `,"through":"${through}"`;
  return `{"t":"changes","entities":{${parts.join(',')}}${end}}`;
}

/** A frame from a value. */
export const frame = (value: object): string => JSON.stringify(value);

export const typingFrame = ({ place, by, isTyping }: Extract<Told, { t: 'typing' }>) =>
  frame({ t: 'typing', conversationId: place.id, by, isTyping });

/** A contact's place in the sequence of their own conversation. */
export const contactThrough = (conversationId: string, seq: number) => `${conversationId}:${seq}`;

export function parseContactThrough(
  through: string | undefined,
): { conversationId: string; seq: number } | null {
  const [conversationId, seq] = (through ?? '').split(':');
  const number = Number(seq);
  return conversationId && Number.isSafeInteger(number) ? { conversationId, seq: number } : null;
}
