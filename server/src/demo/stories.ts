import { contactIdOf } from '../contacts/index.ts';
import {
  cities,
  customers,
  type InboxName,
  items,
  type LabelName,
  people,
  type TeamName,
  teams,
} from './cast.ts';
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
  /** Which of the sample's people answers; where it is passed on, the colleague goes on. */
  agent: number;
  colleague: number;
  isFlagged: boolean;
  labels: readonly LabelName[];
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
  const tales = (isGerman ? german : english).filter(({ lines }) => suits(lines, state));
  // The how-manieth in its language; steps that share no divisor with what they go through meet all of it.
  const place = isGerman ? Math.floor(index / 3) : index - Math.floor((index + 1) / 3);
  const { lines } = pick(tales, place * 7);
  const inbox = inboxOf(index, isGerman);
  const fill = (text: string) =>
    text
      .replaceAll('{order}', String(20_400 + ((index * 37) % 900)))
      .replaceAll('{item}', pick(items[language], index))
      .replaceAll('{city}', pick(cities[language], index));
  const told = toldOf(lines, state, index).map((line) => ({ ...line, text: fill(line.text) }));
  const [agent, colleague] = agentsOf(index, inbox, teamIn(lines));
  return {
    ...contactOf(index, language, place * 5),
    ...{ inbox, agent, colleague },
    labels: labelsOf(lines),
    isFlagged: index >= WAITING && index < PENDING && index % 6 === 2,
    // From its end, if it has one.
    agoMin: ageOf(index) + lengthOf(told),
    end: endOf(index),
    lines: told,
  };
}

/** By what is asked for, as somebody would label it who reads it. */
const subjects: readonly [LabelName, RegExp][] = [
  ['delivery', /ship|deliver|parcel|carrier|pick up|waiting for|liefer|paket|zustell/i],
  ['returns', /return|cancel|charged|zurück/i],
  ['invoice', /invoice|vat|rechnung|mahnung|gift card|gutschein/i],
  ['repair', /scratch|sticks|lost its finish|water rings|riss|wackelt|flackert|fehlt ein teil/i],
];

function labelsOf(lines: readonly Line[]): readonly LabelName[] {
  const asked = lines[0]?.text ?? '';
  const found = subjects.flatMap(([label, words]) => (words.test(asked) ? [label] : []));
  return found.length > 0 ? found : ['advice'];
}

type State = 'waiting' | 'passed on' | 'answered' | 'done';

/** Some wait for the first answer, some for another team's. */
const suits = (lines: readonly Line[], state: State) => {
  if (state === 'passed on') return passingIn(lines) > 0;
  return state !== 'answered' || (replyIn(lines) > 0 && passingIn(lines) < 0);
};

/** As much of a tale as has happened by now. Of those being answered every third has our word last. */
function toldOf(lines: readonly Line[], state: State, index: number): readonly Line[] {
  switch (state) {
    case 'waiting':
      return lines.slice(0, answerIn(lines));
    case 'passed on':
      return lines.slice(0, passingIn(lines) + 2);
    case 'answered':
      return lines.slice(0, replyIn(lines) + (index % 3 === 0 ? 0 : 1));
    case 'done':
      return lines;
  }
}

/** Where the first answer stands, and where the contact's first word after it; -1: nowhere. */
const answerIn = (lines: readonly Line[]) => lines.findIndex((line) => line.by === 'agent');
function replyIn(lines: readonly Line[]): number {
  return lines.findIndex((line, place) => line.by === 'contact' && place > answerIn(lines));
}

/** Where it goes to another team's queue; -1: nowhere. */
const passingIn = (lines: readonly Line[]) =>
  lines.findIndex(({ does }) => typeof does === 'object');

function teamIn(lines: readonly Line[]): TeamName | undefined {
  const does = lines[passingIn(lines)]?.does;
  return typeof does === 'object' ? does.passesTo : undefined;
}

const stateOf = (index: number): State => {
  if (index < WAITING) return index % 4 === 1 ? 'passed on' : 'waiting';
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

/**
 * Who answers, and who would go on, both of those who serve the inbox: where it is passed on to a team, the one not
 * of it and the other of it. The two who are shown around have most.
 */
function agentsOf(index: number, inbox: InboxName, team: TeamName | undefined): [number, number] {
  const serving = people.flatMap(({ serves }, place) =>
    (serves as readonly InboxName[]).includes(inbox) ? [place] : [],
  );
  const members: readonly string[] = team ? teams[team].members : [];
  const isOfIt = (place: number) => members.includes(people[place]?.name ?? '');
  const usual = (inbox === 'shop' ? SHOP_TURNS : serving).filter((place) => !isOfIt(place));
  const agent = pick(usual, Math.floor(index / 2));
  const others = serving.filter((place) => place !== agent && (!team || isOfIt(place)));
  return [agent, pick(others, index)];
}

const SHOP_TURNS = [0, 1, 4, 1, 0, 2, 3];

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
