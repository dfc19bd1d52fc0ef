import type { WidgetLanguage } from '@deskbell/contract';

/** A name that runs from right to left turns nothing around it (Unicode Standard Annex 9, isolates). */
const apart = (name: string) =>
  /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/.test(name) ? `\u2068${name}\u2069` : name;

/** Every text of the chat. A language that lacks one does not compile. */
const en = {
  direction: 'ltr',
  chat: 'Chat',
  messages: 'Messages',
  you: 'You',
  close: 'Close chat',
  more: 'More',
  back: 'Back to the chat',
  online: 'We are here',
  away: 'We answer as soon as we are back',
  usually: (time: string) => `We usually answer within ${time}`,
  contactAt: (name: string) => `Your contact at ${apart(name)}`,
  hello: 'Hello!',
  firstWords: 'Ask us anything. Write here, and somebody will answer.',
  placeholder: 'Write a message …',
  placeholderEnded: 'Write again …',
  message: 'Message',
  send: 'Send',
  emoji: 'Emoji',
  tooLong: (over: string) => `${over} characters too many`,
  left: (left: string) => `${left} characters left`,
  sending: 'Sending …',
  waiting: 'Sent when the connection is back',
  sent: 'Sent',
  read: 'Read',
  notSent: 'Not sent',
  tooOld: 'Written long ago and never sent',
  retry: 'Try again',
  discard: 'Delete',
  today: 'Today',
  yesterday: 'Yesterday',
  justNow: 'just now',
  unread: 'New',
  newMessages: 'New messages',
  toEnd: 'To the newest message',
  earlier: 'Earlier messages',
  loading: 'Loading …',
  loadFailed: 'That could not be loaded.',
  typing: (name: string) => `${name} is typing`,
  someone: 'Somebody',
  joined: (name: string) => `${apart(name)} joined the chat`,
  endedByYou: 'You ended this chat',
  ended: 'This chat has ended',
  endedHint: 'Write again whenever you like.',
  endedSilence: 'This chat ended because it was quiet for a while',
  reopened: 'The chat goes on',
  history: 'Earlier chats',
  noHistory: 'Your earlier chats will appear here.',
  chatWith: (name: string) => `Chat with ${apart(name)}`,
  chatAlone: 'Your chat with us',
  running: 'Still open',
  soundOn: 'Sound on',
  soundOff: 'Sound off',
  endChat: 'End chat',
  endQuestion: 'End this chat?',
  endExplained: 'You keep what was written, and you can write again at any time.',
  keep: 'Keep chatting',
  offline: 'No connection. What you write is sent as soon as it is back.',
  gone: 'This chat is not available at the moment.',
  reload: 'Please load the page again.',
  start: 'Start chat',
  optional: 'optional',
  readMore: 'Read more',
  code: 'Code',
  opensElsewhere: 'opens in a new tab',
  forgetful:
    'This browser lets us keep nothing. The chat is gone here once you leave or reload this page.',
};

type Words = typeof en;

const de: Words = {
  direction: 'ltr',
  chat: 'Chat',
  messages: 'Nachrichten',
  you: 'Sie',
  close: 'Chat schließen',
  more: 'Mehr',
  back: 'Zurück zum Chat',
  online: 'Wir sind da',
  away: 'Wir antworten, sobald wir wieder da sind',
  usually: (time: string) => `Übliche Antwortzeit: ${time}`,
  contactAt: (name) => `Ihr Kontakt bei ${apart(name)}`,
  hello: 'Hallo!',
  firstWords: 'Fragen Sie uns, was Sie möchten. Schreiben Sie hier, und jemand antwortet.',
  placeholder: 'Nachricht schreiben …',
  placeholderEnded: 'Wieder schreiben …',
  message: 'Nachricht',
  send: 'Senden',
  emoji: 'Emoji',
  tooLong: (over) => `${over} Zeichen zu viel`,
  left: (left) => `noch ${left} Zeichen`,
  sending: 'Wird gesendet …',
  waiting: 'Wird gesendet, sobald die Verbindung zurück ist',
  sent: 'Gesendet',
  read: 'Gelesen',
  notSent: 'Nicht gesendet',
  tooOld: 'Vor langer Zeit geschrieben und nie gesendet',
  retry: 'Erneut senden',
  discard: 'Löschen',
  today: 'Heute',
  yesterday: 'Gestern',
  justNow: 'gerade eben',
  unread: 'Neu',
  newMessages: 'Neue Nachrichten',
  toEnd: 'Zur neuesten Nachricht',
  earlier: 'Frühere Nachrichten',
  loading: 'Wird geladen …',
  loadFailed: 'Das konnte nicht geladen werden.',
  typing: (name) => `${name} schreibt`,
  someone: 'Jemand',
  joined: (name) => `${apart(name)} ist jetzt im Chat`,
  endedByYou: 'Sie haben diesen Chat beendet',
  ended: 'Dieser Chat ist beendet',
  endedHint: 'Schreiben Sie wieder, wann immer Sie möchten.',
  endedSilence: 'Dieser Chat endete, weil es eine Weile still war',
  reopened: 'Der Chat geht weiter',
  history: 'Frühere Chats',
  noHistory: 'Hier stehen später Ihre früheren Chats.',
  chatWith: (name) => `Chat mit ${apart(name)}`,
  chatAlone: 'Ihr Chat mit uns',
  running: 'Noch offen',
  soundOn: 'Ton an',
  soundOff: 'Ton aus',
  endChat: 'Chat beenden',
  endQuestion: 'Diesen Chat beenden?',
  endExplained: 'Das Geschriebene bleibt, und Sie können jederzeit wieder schreiben.',
  keep: 'Weiter chatten',
  offline: 'Keine Verbindung. Was Sie schreiben, wird gesendet, sobald sie zurück ist.',
  gone: 'Dieser Chat ist gerade nicht erreichbar.',
  reload: 'Bitte laden Sie die Seite neu.',
  start: 'Chat beginnen',
  optional: 'freiwillig',
  readMore: 'Mehr dazu',
  code: 'Code',
  opensElsewhere: 'öffnet einen neuen Tab',
  forgetful:
    'Dieser Browser lässt uns nichts behalten. Der Chat ist hier weg, sobald Sie diese Seite verlassen oder neu laden.',
};

const languages = { en, de };

/** Arabic with pseudo-accents, as translators test with: English from right to left (Unicode CLDR). */
const PSEUDO = 'ar-xb';

/** A language and its texts. */
export interface Language {
  /** BCP 47, for dates and numbers. */
  locale: string;
  /** Of the texts that an inbox has of its own. */
  name: WidgetLanguage;
  words: Words;
}

/** The language that comes closest to the one wanted. */
export function languageFor(tag: string): Language {
  if (tag.toLowerCase() === PSEUDO)
    return { locale: 'en', name: 'en', words: { ...en, direction: 'rtl' } };
  const name = tag.slice(0, 2).toLowerCase() === 'de' ? 'de' : 'en';
  const locale = isLocale(tag) && tag.startsWith(name) ? tag : name;
  return { locale, name, words: languages[name] };
}

function isLocale(tag: string): boolean {
  try {
    return Intl.getCanonicalLocales(tag).length === 1;
  } catch {
    return false;
  }
}
