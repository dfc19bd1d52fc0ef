import { contactIdOf } from '../contacts/index.ts';
import { cities, customers, type InboxName, items, people } from './cast.ts';
import type { Line } from './story.ts';
import { german } from './tales.de.ts';
import { english } from './tales.en.ts';

/** Of a customer of the sample. */
export const sampleContactId = (workspaceId: string, contactKey: string) =>
  contactIdOf(workspaceId, `sample contact ${contactKey}`);

/** A sample conversation with its people, as it is played. */
export interface Story {
  /** The same for all stories of one customer. */
  contactKey: string;
  contact: { name: string | null; email: string | null };
  inbox: InboxName;
  /** When it began, in minutes before now. */
  agoMin: number;
  /** Which of the sample's people has it; null: nobody yet. */
  agent: number | null;
  end: 'open' | 'pending' | 'closed';
  lines: readonly Line[];
}

const COUNT = 120;
/** The newest wait in the queue, the next are being answered, some are pending, and the rest is done. */
const WAITING = 6;
const ANSWERED = 22;
const PENDING = 32;
const DAY = 24 * 60;

function story(index: number): Story {
  const isGerman = index % 3 === 1;
  const language = isGerman ? 'de' : 'en';
  const state = stateOf(index);
  const tales = (isGerman ? german : english).filter(
    // Where the contact has the last word nobody closes for silence while one looks.
    (tale) => state !== 'answered' || replyIn(tale.lines) > 0,
  );
  // The how-manieth in its language; steps that share no divisor with what they go through meet all of it.
  const place = isGerman ? Math.floor(index / 3) : index - Math.floor((index + 1) / 3);
  const { lines } = pick(tales, place * 7);
  const inbox = inboxOf(index, isGerman);
  const fill = (text: string) =>
    text
      .replaceAll('{order}', String(20_400 + ((index * 37) % 900)))
      .replaceAll('{item}', pick(items[language], index))
      .replaceAll('{city}', pick(cities[language], index));
  const told = {
    waiting: lines.slice(0, answerIn(lines)),
    answered: lines.slice(0, replyIn(lines) + 1),
    done: lines,
  }[state].map((line) => ({ ...line, text: fill(line.text) }));
  return {
    ...contactOf(index, language, place * 5),
    inbox,
    // From its end, if it has one.
    agoMin: ageOf(index) + lengthOf(told),
    agent: state === 'waiting' ? null : agentOf(index, inbox),
    end: endOf(index),
    lines: told,
  };
}

/** Where the first answer stands, and where the contact's first word after it; -1: nowhere. */
const answerIn = (lines: readonly Line[]) => lines.findIndex((line) => line.by === 'agent');
function replyIn(lines: readonly Line[]): number {
  return lines.findIndex((line, place) => line.by === 'contact' && place > answerIn(lines));
}

const stateOf = (index: number) => {
  if (index < WAITING) return 'waiting';
  return index < ANSWERED ? 'answered' : 'done';
};

const endOf = (index: number): Story['end'] => {
  if (index < ANSWERED) return 'open';
  return index < PENDING ? 'pending' : 'closed';
};

/** Minutes at first, hours, then some each day over a month. */
function ageOf(index: number): number {
  if (index < ANSWERED) return 1 + index * 2;
  if (index < PENDING) return 200 + (index - ANSWERED) * 110;
  return 1_500 + Math.round(((index - PENDING) / (COUNT - PENDING)) * 28 * DAY);
}

const lengthOf = (lines: readonly Line[]) => lines.reduce((sum, line) => sum + line.afterMin, 0);

function inboxOf(index: number, isGerman: boolean): InboxName {
  if (index % 11 === 9) return 'wholesale';
  return isGerman ? 'laden' : 'shop';
}

function agentOf(index: number, inbox: InboxName): number {
  const serving = people.flatMap(({ serves }, place) =>
    (serves as readonly InboxName[]).includes(inbox) ? [place] : [],
  );
  return pick(serving, index * 5 + Math.floor(index / 7));
}

function contactOf(
  index: number,
  language: keyof typeof customers,
  place: number,
): Pick<Story, 'contactKey' | 'contact'> {
  if (index % 6 === 4)
    return { contactKey: `nobody ${index}`, contact: { name: null, email: null } };
  const name = pick(customers[language], place);
  const address = name
    .normalize('NFKD')
    .replace(/[^A-Za-z ]/g, '')
    .toLowerCase()
    .split(' ');
  const email = `${address[0]}.${address.at(-1)}@mail.example`;
  // A few have never said how to reach them.
  return { contactKey: name, contact: { name, email: name.length % 5 === 2 ? null : email } };
}

const pick = <Item>(list: readonly Item[], index: number): Item =>
  list[index % list.length] as Item;

/** Always the same stories, in the order of their beginning, newest first. */
export const stories: readonly Story[] = Array.from({ length: COUNT }, (_, index) => story(index));
