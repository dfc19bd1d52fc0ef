/**
 * A language as the reader's browser writes it: `en` as in Britain where the browser speaks British English. Of dates
 * that is the order of day and month, and whether an hour says am or pm.
 */
export function regional(language: string): string {
  return navigator.languages.find((tag) => tag.split('-')[0] === language) ?? language;
}
