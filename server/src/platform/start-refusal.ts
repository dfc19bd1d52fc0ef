/**
 * A start that cannot go on for a reason the person at the terminal can remove.
 * The message is the whole line shown: what was found, and what to do. `main.ts`
 * prints it without a stack and exits 1; any other error at start is a bug.
 */
export class StartRefusal extends Error {
  override readonly name = 'StartRefusal';
}
