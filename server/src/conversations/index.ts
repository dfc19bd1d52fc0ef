export { isOnline, servesPlace } from './access.ts';
export { assigned, transferred } from './assignment.rules.ts';
export { audienceOf, factsIn } from './audience.ts';
export { burdenOf } from './capacity.ts';
export { changes, tellingBefore } from './changes.ts';
export { conversationCommands } from './commands.ts';
export { openOf, queueKey, waiting } from './groups.sql.ts';
export { relabelled } from './labels.rules.ts';
export {
  conversationForAgents,
  conversationForContact,
  entryForAgents,
  entryForContact,
  toldToContacts,
} from './present.ts';
export { leavesTeam, releasesHeld, retimes, returnsToTeam } from './reader.ts';
export type { ConversationRow, EntryRow } from './rules.ts';
export {
  conversationColumns,
  conversations,
  entryKey,
  findDueConversations,
  latestConversation,
  readTimeline,
  timeline,
} from './sql.ts';
export {
  closed,
  flagged,
  markedPending,
  noted,
  opened,
  type Step,
  withMessage,
} from './steps.rules.ts';
