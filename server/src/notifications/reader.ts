import { alertChoicesSchema, type EventKind } from '@deskbell/contract';
import {
  type ConversationRow,
  conversations,
  type EntryRow,
  entryKey,
  timeline,
} from '../conversations/index.ts';
import { idFrom } from '../platform/ids.ts';
import { enterJobs } from '../platform/jobs/sql.ts';
import type { LogEvent } from '../platform/log/log.ts';
import type { Reader } from '../platform/readers/reader.ts';
import type { Queries } from '../platform/store/connect.ts';
import { findSights } from './people.ts';
import { PUSH, SHOWN_WITHIN_MS } from './push.ts';
import { findReach, type Reach } from './reach.sql.ts';
import {
  type Happening,
  type Person,
  queueing,
  type Telling,
  tellings,
  weightiest,
} from './rules.ts';
import { FIRST_TO_COME, insertNotices, type NoticeRow } from './sql.ts';

/** What comes together is told together; short enough to seem at once. */
const GATHER_MS = 50;

const kinds: readonly EventKind[] = [
  ...queueing,
  'conversation.assigned',
  'conversation.invited',
  'message.added',
];

type NewNotice = Omit<NoticeRow, 'shownAt' | 'readAt'> & { isAnnounced: boolean };

/** learns from the log who is to be told, and writes it down once for each. `onWritten`: after the commit. */
export function tellsAgents(onWritten: (workspaceId: string) => void): Reader {
  const written = new Set<string>();
  return {
    name: 'notifications',
    kinds,
    delayMs: GATHER_MS,
    async handle(events, { sql, workspaceId }) {
      // Most of what is said in a workspace is said by agents, and told to nobody.
      const spoken = events.filter(
        ({ kind, actor }) => kind !== 'message.added' || isContact(actor),
      );
      if (spoken.length === 0) return;
      const reach = await findReach(sql, workspaceId);
      const happenings = await happeningsOf(sql, workspaceId, wantedOf(spoken, reach));
      if (happenings.length === 0) return;
      const people = await peopleOf(sql, workspaceId, reach);
      const notices = gathered(workspaceId, happenings, { people, reach });
      await insertNotices(sql, workspaceId, notices);
      const pushed = notices.filter((notice) => isPushed(notice, reach));
      if (pushed.length > 0) await enterJobs(sql, workspaceId, pushed.map(jobFor));
      if (notices.length > 0) written.add(workspaceId);
    },
    afterwards: (workspaceId) => {
      if (written.delete(workspaceId)) onWritten(workspaceId);
    },
  };
}

/** Messages are told where they can be announced; nobody reads of them later. */
function wantedOf(events: readonly LogEvent[], reach: Reach): readonly LogEvent[] {
  const { devices, pushable, justGone } = reach;
  if (devices.size + pushable.size + justGone.size > 0) return events;
  return events.filter(({ kind }) => kind !== 'message.added');
}

async function happeningsOf(
  sql: Queries,
  workspaceId: string,
  spoken: readonly LogEvent[],
): Promise<(Happening & { event: EventKind; log: LogEvent })[]> {
  if (spoken.length === 0) return [];
  const steps = spoken.filter(({ kind }) => kind !== 'message.added');
  const [rows, entries] = await Promise.all([
    conversations.load(sql, workspaceId, [...new Set(spoken.map(({ id }) => id))]),
    timeline.load(
      sql,
      workspaceId,
      steps.map(({ id, version }) => entryKey(id, version)),
    ),
  ]);
  const byId = new Map<string, ConversationRow>(rows.map((row) => [row.id, row]));
  const byKey = new Map<string, EntryRow>(
    entries.map((entry) => [entryKey(entry.conversationId, entry.seq), entry]),
  );
  return spoken.flatMap((log) => {
    const conversation = byId.get(log.id);
    if (!conversation) return [];
    const [actor, actorId] = log.actor.split(':');
    return {
      log,
      event: log.kind,
      conversation,
      seq: log.version,
      byId: actor === 'agent' ? (actorId ?? null) : null,
      isByContact: isContact(log.actor),
      activity: byKey.get(entryKey(log.id, log.version))?.activity ?? null,
    };
  });
}

const isContact = (actor: string) => actor.startsWith('contact:');

async function peopleOf(sql: Queries, workspaceId: string, reach: Reach): Promise<Person[]> {
  return [...(await findSights(sql, workspaceId))].map(([agentId, sight]) => ({
    agentId,
    isOnline: reach.online.has(agentId),
    sight,
    choices: reach.choices.get(agentId) ?? alertChoicesSchema.parse({}),
    devices: reach.devices.get(agentId) ?? [],
  }));
}

/** One for each person and conversation: what follows within the moment is in it. */
function gathered(
  workspaceId: string,
  happenings: readonly (Happening & { log: LogEvent })[],
  { people, reach }: { people: readonly Person[]; reach: Reach },
): NewNotice[] {
  const told = happenings.flatMap(({ log, ...happening }) =>
    tellings(happening, people).map((telling) => ({ telling, log, byId: happening.byId })),
  );
  const groups = Map.groupBy(told, ({ telling, log }) => `${telling.agentId} ${log.id}`);
  return [...groups.values()].map((group) => {
    const kind = weightiest(group.map(({ telling }) => telling.kind));
    const last = group.filter(({ telling }) => telling.kind === kind).at(-1) ?? group[0];
    const { telling, log, byId } = last as (typeof told)[number];
    return noticeOf(workspaceId, { telling, log, byId }, reach);
  });
}

function noticeOf(
  workspaceId: string,
  { telling, log, byId }: { telling: Telling; log: LogEvent; byId: string | null },
  reach: Reach,
): NewNotice {
  const { agentId, kind, isKept, isAnnounced } = telling;
  const isForFirst =
    isAnnounced &&
    telling.deviceId === null &&
    reach.justGone.has(agentId) &&
    !isPushed(telling, reach);
  const deviceId = isForFirst ? FIRST_TO_COME : telling.deviceId;
  return {
    ...{ agentId, kind, isKept, isAnnounced, deviceId, byId },
    id: idFrom(workspaceId, agentId, kind, log.id, log.version),
    conversationId: log.id,
    seq: log.version,
    at: log.at,
    position: log.position,
  };
}

/** By push when no desk is open, or when the open one has not shown it in time. */
const isPushed = (
  { agentId, isAnnounced }: Pick<Telling, 'agentId' | 'isAnnounced'>,
  reach: Reach,
) =>
  isAnnounced &&
  reach.pushable.has(agentId) &&
  (reach.choices.get(agentId)?.hasSystemNotifications ?? true);

const jobFor = ({ agentId, id, deviceId }: NewNotice) => ({
  kind: PUSH,
  key: id,
  input: { agentId, noticeId: id, tried: [] },
  afterMs: deviceId === null ? 0 : SHOWN_WITHIN_MS,
});
