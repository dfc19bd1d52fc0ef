import type { Reader } from '../platform/readers/reader.ts';
import { findOfContacts, keepWords, wordsNow } from './words.sql.ts';

/** Conversations whose words are written in one statement. */
const CHUNK = 500;

/**
 * Keeps what a search within a list finds conversations by. Well within a second after the
 * message; meanwhile desks find by what they hold.
 */
export const wordsOfConversations: Reader = {
  name: 'conversation-words',
  kinds: ['conversation.opened', 'message.added', 'contact.changed'],
  delayMs: 500,
  // A conversation in which much is said is written once for all of it.
  atOnce: 20_000,
  async handle(events, { sql, workspaceId }) {
    const idsOf = (entity: string) => [
      ...new Set(events.filter((event) => event.entity === entity).map((event) => event.id)),
    ];
    const renamed = await findOfContacts(sql, workspaceId, idsOf('contact'));
    const ids = [...new Set([...idsOf('conversation'), ...renamed])];
    for (let start = 0; start < ids.length; start += CHUNK)
      await keepWords(
        sql,
        workspaceId,
        await wordsNow(sql, workspaceId, ids.slice(start, start + CHUNK)),
      );
  },
};
