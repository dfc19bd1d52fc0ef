export { firstAnswers } from './reader.ts';
export { usualFirstAnswer } from './sql.ts';
