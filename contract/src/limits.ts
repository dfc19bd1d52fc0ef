/** The longest message, in UTF-16 code units. A channel may allow less, never more. */
export const MESSAGE_LIMIT = 16_000;

/** What a card shows of a message, in characters as a database counts them (code points). */
export const PREVIEW_LIMIT = 160;

/** More labels on one conversation say nothing. */
export const CONVERSATION_LABELS = 30;
