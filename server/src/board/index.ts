export { LiveBoard } from './board.ts';
