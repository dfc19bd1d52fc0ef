import type { Availability, Settings } from '@deskbell/contract';

/** The desks of an agent, on whatever servers. */
export interface PresenceRow {
  agentId: string;
  /** Whether one is connected now whose session still stands. */
  isConnected: boolean;
  /** When the last one was, in ms; null: there never was one. */
  seenAt: number | null;
  /** When one that is connected was last touched, in ms; null: it isn't known of all of them (a program's says nothing). */
  usedAt: number | null;
}

/** which conversations of an offline agent go back to the queue: none, those whose contact waits or writes, or all that are open. */
export type Releases = 'none' | 'waiting' | 'all';

/** Of an agent, what the switch is about. */
export interface Switched {
  version: number;
  isActive: boolean;
  availability: Availability;
  availabilityAt: number | null;
  /** What the next sign-in or sign of life makes of it, where the last sign-out or idleness turned it. */
  returnsTo: Availability | null;
  releases: Releases;
}

/** accepts, and is assigned to. */
export const isOnline = (agent: Switched | undefined): boolean =>
  agent?.isActive === true && agent.availability === 'online';

/** answers where they are in a conversation. */
export const replies = (agent: Switched | undefined): boolean =>
  agent?.isActive === true && agent.availability !== 'offline';

/** As the switch says from now on. What a sign-in would have made of it counts no more. */
export function switched<Row extends Switched>(
  agent: Row,
  availability: Availability,
  now: number,
): Row {
  const { version } = agent;
  return { ...agent, version: version + 1, availability, availabilityAt: now, returnsTo: null };
}

export function wentOffline<Row extends Switched>(
  agent: Row,
  releases: Releases,
  now: number,
): Row {
  return { ...switched(agent, 'offline', now), releases };
}

/** ⚙: away by itself, when no desk has been touched for so long. */
export function isIdle(
  agent: Switched,
  desks: PresenceRow | undefined,
  { now, settings }: { now: number; settings: Settings },
): boolean {
  const { awayAfterMs } = settings;
  if (awayAfterMs === 0 || !isOnline(agent) || !desks?.isConnected || desks.usedAt === null)
    return false;
  return Math.max(agent.availabilityAt ?? 0, desks.usedAt) + awayAfterMs <= now;
}

/** Away until the next sign of life. */
export const wentIdle = <Row extends Switched>(agent: Row, now: number): Row => ({
  ...switched(agent, 'away', now),
  returnsTo: 'online',
});

/** offline by itself, when no desk has been connected for so long. */
export function isGone(
  agent: Switched,
  desks: PresenceRow | undefined,
  { now, settings }: { now: number; settings: Settings },
): boolean {
  if (agent.availability === 'offline' || desks?.isConnected) return false;
  const since = Math.max(agent.availabilityAt ?? 0, desks?.seenAt ?? 0);
  return since + settings.presenceGraceMs <= now;
}
