import {
  answerSchemas,
  type Opening,
  type OpeningInput,
  type PreChat,
  type PreChatField,
  type Refusal,
  refuse,
  type TeamRule,
} from '@deskbell/contract';

/** What the answers say of the contact themselves. */
export type ContactFacts = { [Kind in 'name' | 'email' | 'phone']?: string };

interface Asked {
  preChat: PreChat;
  input: OpeningInput;
  /** Only before the first conversation in the inbox are answers asked for. */
  isFirst: boolean;
}

/** what is known when a conversation opens, or why the answers don't do. Answers to nothing asked are left out. */
export function openingOf({ preChat, input, isFirst }: Asked): Opening | Refusal {
  const base = { page: input.page || null, language: input.language || null };
  if (!preChat.isEnabled || !isFirst) return { ...base, answers: [], isAgreed: false };
  const answers: Opening['answers'] = [];
  for (const field of preChat.fields) {
    const value = answerTo(field, input);
    if (typeof value !== 'string') return value;
    if (value === '') continue;
    const language = input.language?.toLowerCase().startsWith('de') ? 'de' : 'en';
    const label = field.label[language] || field.label.en || field.label.de || field.key;
    answers.push({ key: field.key, label, value });
  }
  if (preChat.consent && input.isAgreed !== true)
    return refuse('answers-needed', 'Consent was not given', { field: 'opening.isAgreed' });
  return { ...base, answers, isAgreed: preChat.consent !== null };
}

function answerTo(field: PreChatField, input: OpeningInput): string | Refusal {
  const at = { field: `opening.answers.${field.key}` };
  const given = Object.hasOwn(input.answers ?? {}, field.key) ? input.answers?.[field.key] : '';
  const typed = given?.trim() ?? '';
  if (typed === '')
    return field.isRequired ? refuse('answers-needed', `${field.key} is not answered`, at) : '';
  const checked = answerSchemas[field.kind].safeParse(typed);
  const isOffered = field.kind !== 'choice' || field.options.includes(typed);
  return checked.success && isOffered
    ? checked.data
    : refuse('answers-needed', `${field.key} is no ${field.kind}`, at);
}

export function contactFactsOf(preChat: PreChat, { answers }: Opening): ContactFacts {
  const facts: ContactFacts = {};
  for (const { key, kind } of preChat.fields) {
    const answer = answers.find((each) => each.key === key);
    if (answer && (kind === 'name' || kind === 'email' || kind === 'phone'))
      facts[kind] ??= answer.value;
  }
  return facts;
}

/** the team whose queue it enters: of the first rule that holds; null: all who serve the inbox. */
export function teamByRules(rules: readonly TeamRule[], opening: Opening): string | null {
  return rules.find(({ when }) => holds(when, opening))?.teamId ?? null;
}

function holds({ pageContains, language, answer }: TeamRule['when'], opening: Opening): boolean {
  const given = opening.answers.find(({ key }) => key === answer?.key)?.value ?? '';
  return (
    (pageContains === undefined || contains(opening.page ?? '', pageContains)) &&
    (language === undefined || tongue(opening.language) === language) &&
    (answer === undefined || given.toLowerCase() === answer.value.toLowerCase())
  );
}

const contains = (page: string, part: string) => page.toLowerCase().includes(part.toLowerCase());
const tongue = (tag: string | null) => tag?.toLowerCase().split('-')[0];
