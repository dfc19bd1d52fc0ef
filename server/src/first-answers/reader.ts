import type { Reader } from '../platform/readers/reader.ts';
import { noteFirstAnswers } from './sql.ts';

/** Learns from each message of an agent whether it was the first answer of its conversation. */
export const firstAnswers: Reader = {
  name: 'first-answers',
  kinds: ['message.added'],
  delayMs: 2_000,
  async handle(events, { sql, workspaceId }) {
    const answered = events.filter((event) => event.actor.startsWith('agent:'));
    const conversationIds = [...new Set(answered.map((event) => event.id))];
    if (conversationIds.length > 0) await noteFirstAnswers(sql, workspaceId, conversationIds);
  },
};
