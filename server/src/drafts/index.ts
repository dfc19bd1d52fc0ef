export { findDrafts, saveDraft } from './sql.ts';
