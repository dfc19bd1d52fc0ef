export { conversationCommands } from './commands.ts';
export {
  conversationForAgents,
  conversationForContact,
  entryForAgents,
  entryForContact,
  toldToContacts,
} from './present.ts';
export { releasesHeld } from './reader.ts';
export type { ConversationRow, EntryRow } from './rules.ts';
export {
  conversationColumns,
  conversations,
  entryKey,
  findDue,
  latestConversation,
  readTimeline,
  timeline,
} from './sql.ts';
export { assigned, closed, markedPending, opened, type Step, withMessage } from './steps.rules.ts';
