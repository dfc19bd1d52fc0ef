export { findMarks, findReceipts, markRead, moveReceipt } from './sql.ts';
