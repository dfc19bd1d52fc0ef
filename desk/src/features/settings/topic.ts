/** The pages of one inbox, in their order. */
export const topics = ['look', 'words', 'form', 'site', 'domains', 'members', 'rules'] as const;
export type Topic = (typeof topics)[number];

/** From the address bar, so checked. */
export const isTopic = (word: string): word is Topic =>
  (topics as readonly string[]).includes(word);
