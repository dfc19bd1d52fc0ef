import type { TeamName } from './cast.ts';

/** One line of a sample conversation: who speaks, what, how many minutes after the line before. */
export interface Line {
  by: 'contact' | 'agent';
  /** Where it is no message: a word among agents; then the conversation goes to a colleague, or to a team's queue. */
  does?: 'notes' | 'hands on' | { passesTo: TeamName };
  text: string;
  afterMin: number;
}

/** A sample conversation as it is told each time, with `{order}`, `{item}` and `{city}` to fill in. */
export interface Tale {
  lines: readonly Line[];
}

/** What a contact says, so many minutes after the line before. */
export const says = (text: string, afterMin = 1): Line => ({ by: 'contact', text, afterMin });
/** What an agent answers. */
export const answers = (text: string, afterMin = 2): Line => ({ by: 'agent', text, afterMin });
/** What an agent writes down for colleagues alone. */
export const notes = (text: string, afterMin = 1): Line => ({
  ...answers(text, afterMin),
  does: 'notes',
});
/** With these words a colleague is given the conversation, and goes on. */
export const handsOn = (text: string, afterMin = 1): Line => ({
  ...answers(text, afterMin),
  does: 'hands on',
});
/** With these words it goes back into the queue, to be taken by one of that team. */
export const passesTo = (team: TeamName, text: string, afterMin = 1): Line => ({
  ...answers(text, afterMin),
  does: { passesTo: team },
});
