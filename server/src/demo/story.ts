/** One line of a sample conversation: who speaks, what, how many minutes after the line before. */
export interface Line {
  by: 'contact' | 'agent';
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
