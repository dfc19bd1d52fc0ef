export { findDrafts, markTyping, saveDraft, typing, typingKey } from './sql.ts';
