import type { Contact } from '../entities.ts';

/** Letters as people type them: without case, accents and double blanks. */
export function fold(text: string): string {
  return text
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .trim();
}

/** Without those that are mistaken for one another (Crockford's base 32). */
const letters = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';

/** Four signs by which people tell anonymous visitors apart; from the id, so that they stay. */
export function visitorTag(contactId: string): string {
  let bits = Number.parseInt(contactId.slice(-8), 16) >>> 0;
  let tag = '';
  while (tag.length < 4) {
    tag = `${letters[bits & 31]}${tag}`;
    bits >>>= 5;
  }
  return tag;
}

/** What a search within a list looks at, folded: the contact's name (or tag) and mail, and the last message. */
export function searchText(
  contact: Pick<Contact, 'id' | 'name' | 'email'>,
  lastMessage: { text: string } | null,
): string {
  const { name, email, id } = contact;
  const parts = [name ?? email ?? visitorTag(id), email ?? '', lastMessage?.text ?? ''];
  return ` ${fold(parts.join(' '))}`;
}

/** The words of a search, folded. What is neither letter nor digit alone seeks nothing. */
export const searchWords = (search: string): string[] =>
  fold(search)
    .split(' ')
    .filter((word) => /[\p{L}\p{N}]/u.test(word))
    .map(asSought);

/**
 * What has no three letters in a row is sought at the beginning of a word: within words it is everywhere,
 * and no index finds it. Scripts that write no blanks are sought anywhere.
 */
function asSought(word: string): string {
  const isLatin = !/[^\x20-\u024f]/.test(word);
  return isLatin && !/[\p{L}\p{N}]{3}/u.test(word) ? ` ${word}` : word;
}

/** Whether a text of {@link searchText} holds all {@link searchWords}. */
export const holdsWords = (text: string, words: readonly string[]): boolean =>
  words.every((word) => text.includes(word));
