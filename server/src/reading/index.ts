export { findLiveMarks, findMarks, findReceipts, markRead, moveReceipt } from './sql.ts';
