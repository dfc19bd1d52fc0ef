import {
  type Activity,
  type AlertChoices,
  type EventKind,
  keptKinds,
  type NoticeKind,
  serves,
  type Viewer,
} from '@deskbell/contract';
import { type ConversationRow, isMember } from '../conversations/rules.ts';

/** An event of the log about a conversation, and how that stands by now. */
export interface Happening {
  event: EventKind;
  conversation: Pick<
    ConversationRow,
    'id' | 'inboxId' | 'teamId' | 'status' | 'holder' | 'assigneeId' | 'participants'
  >;
  /** Its place in the conversation's sequence. */
  seq: number;
  /** Who did it, where it was an agent. */
  byId: string | null;
  isByContact: boolean;
  /** The line of the timeline that says so; null: a message. */
  activity: Activity | null;
}

/** A browser with a desk that is connected. */
export interface OpenDevice {
  id: string;
  usedAt: number;
  /** One of its windows has the focus. */
  isFocused: boolean;
  /** What stands on its screen, in a window that has the focus. */
  looksAt: readonly string[];
}

/** An agent, as far as it matters for being told. */
export interface Person {
  agentId: string;
  /** whoever is away is left in peace. */
  isOnline: boolean;
  sight: Viewer;
  choices: AlertChoices;
  devices: readonly OpenDevice[];
}

/** That somebody is told, and where. */
export interface Telling {
  agentId: string;
  kind: NoticeKind;
  /** it stands in the bell. */
  isKept: boolean;
  /** It is announced: on this device, or, where none is open, by push or on the first to come. */
  isAnnounced: boolean;
  deviceId: string | null;
}

/** who is told what of an event. */
export function tellings(happening: Happening, people: readonly Person[]): Telling[] {
  return people.flatMap((person) => {
    const kind = kindFor(happening, person);
    if (kind === null) return [];
    const isKept = keptKinds.includes(kind);
    const isAnnounced = isToHear(kind, person, happening);
    if (!isKept && !isAnnounced) return [];
    const deviceId = isAnnounced ? lastUsed(person.devices) : null;
    return [{ agentId: person.agentId, kind, isKept, isAnnounced, deviceId }];
  });
}

/** That somebody is to be told, and how its conversation stands by now. */
export interface Untold {
  kind: NoticeKind;
  conversation: Happening['conversation'];
  /** Where in its sequence it happened, and how far its agent has read. */
  seq: number;
  readThrough: number;
}

/** whether it still is for them to hear of. Much may happen until a device shows it. */
export function isStillNews(
  { kind, conversation, seq, readThrough }: Untold,
  person: Omit<Person, 'devices'>,
): boolean {
  if (!person.isOnline || conversation.status === 'closed' || readThrough >= seq) return false;
  if (kind === 'new-conversation' || kind === 'transferred')
    return conversation.holder === 'nobody' && hearsOfNew(person, { conversation });
  return isMember(conversation, person.agentId);
}

/** Of several tellings about one conversation within a moment, each person hears the weightiest, once. */
export function weightiest(kinds: readonly NoticeKind[]): NoticeKind {
  const order: readonly NoticeKind[] = [
    'assigned',
    'invited',
    'transferred',
    'new-conversation',
    'message',
  ];
  return order.find((kind) => kinds.includes(kind)) ?? 'message';
}

function kindFor(happening: Happening, person: Person): NoticeKind | null {
  // What one did oneself is no news.
  if (happening.byId === person.agentId) return null;
  // Nor is what stands where it stood.
  if (isBack(happening)) return null;
  if (gives(happening, person.agentId)) return 'assigned';
  if (bringsIn(happening, person.agentId)) return 'invited';
  if (isForTeamOf(person, happening)) return 'transferred';
  if (isQueued(happening)) return hearsOfNew(person, happening) ? 'new-conversation' : null;
  if (isContactsMessage(happening) && isMember(happening.conversation, person.agentId))
    return 'message';
  return null;
}

/** Somebody else, or the system, made this agent the assignee. */
function gives({ activity }: Happening, agentId: string): boolean {
  switch (activity?.what) {
    case 'assigned':
      return activity.agentId === agentId;
    case 'left':
    case 'went-offline':
    case 'detached':
      return activity.successorId === agentId;
    default:
      return false;
  }
}

const bringsIn = ({ activity }: Happening, agentId: string) =>
  activity?.what === 'invited' && activity.agentId === agentId;

const isBack = ({ activity }: Happening) =>
  activity?.what === 'transferred' && activity.isBack === true;

const isForTeamOf = ({ sight }: Person, { activity }: Happening) =>
  activity?.what === 'transferred' && sight.teamIds.has(activity.teamId ?? '');

/** not to whoever is away, and not what they look at anyway. */
function isToHear(kind: NoticeKind, person: Person, happening: Happening): boolean {
  if (!person.isOnline || looksAt(person, happening.conversation.id)) return false;
  return kind !== 'transferred' || (isQueued(happening) && hearsOfNew(person, happening));
}

/** What may bring a conversation into the queue. */
export const queueing: readonly EventKind[] = [
  'conversation.opened',
  'conversation.unassigned',
  'conversation.transferred',
  'conversation.detached',
  'conversation.left',
  'conversation.resumed',
  'conversation.reopened',
];

/** It waits for whoever takes it. Messages that follow while nobody has it are no second ring. */
function isQueued({ event, conversation }: Happening): boolean {
  return (
    queueing.includes(event) && conversation.status === 'open' && conversation.holder === 'nobody'
  );
}

const isContactsMessage = ({ event, isByContact, conversation }: Happening) =>
  event === 'message.added' && isByContact && conversation.status !== 'closed';

/** Not every supervisor who sees it, but who serves the place where it stands. */
const hearsOfNew = (
  { sight, choices }: Pick<Person, 'sight' | 'choices'>,
  { conversation }: Pick<Happening, 'conversation'>,
) =>
  serves({ ...sight, isSupervisor: false }, conversation) &&
  !(choices.mutedInboxIds as readonly string[]).includes(conversation.inboxId);

const looksAt = ({ devices }: Person, conversationId: string) =>
  devices.some((device) => device.looksAt.includes(conversationId));

/** Before those that only came back, as all do when a server went. */
function lastUsed(devices: readonly OpenDevice[]): string | null {
  const [last] = [...devices].sort(
    (one, other) => Number(other.isFocused) - Number(one.isFocused) || other.usedAt - one.usedAt,
  );
  return last?.id ?? null;
}
