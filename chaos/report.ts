import type { Bus } from './options.ts';
import { charges, isTakenLate } from './oracle/judge.ts';
import type { Outcome } from './run.ts';

/** The last line of a run, for programs. */
export interface Report {
  /** Messages; `changes` are acknowledged changes of state. */
  acknowledged: number;
  lost: number;
  doubled: number;
  reordered: number;
  rounds: number;
  holds: boolean;
  altered: number;
  invented: number;
  gaps: number;
  contradicted: number;
  changes: number;
  refused: number;
  /** Of these, so many were taken all the same where an earlier copy of them arrived later. */
  takenLate: number;
  /** Refusals that ask to come back later, by code. */
  postponed: Record<string, number>;
  /** Where the API differs from the tables. */
  differences: number;
  bugs: number;
  stuck: number;
  unacknowledged: number;
  stored: number;
  conversations: number;
  /** Timelines that agents held, and entries on all screens. */
  watched: number;
  shown: number;
  resent: number;
  reconnects: number;
  /** Processes killed or stopped, by kind. */
  blows: Record<string, number>;
  /** Of these, so many while PostgreSQL showed a batch in flight, by how far it had come. */
  inFlight: number;
  inFlightBy: Record<string, number>;
  cuts: { cut: number; swallow: number };
  seed: number;
  servers: number;
  bus: Bus;
  seconds: number;
}

/** At least this share of blows must have hit a batch in flight, or the run proved too little. */
const IN_FLIGHT_SHARE = 1 / 5;

export function reportOf(outcome: Outcome): Report {
  const { accounts, tables, findings, struck, options } = outcome;
  const sent = accounts.flatMap((account) => account.sent);
  const acknowledged = sent.filter(({ state }) => state === 'acknowledged');
  const screens = accounts.flatMap((account) => account.screens);
  const stored = new Set(tables.entries.map(({ clientId }) => clientId));
  const blows = struck.filter(({ isBlow }) => isBlow);
  const hits = blows.filter(({ inFlight }) => inFlight !== null);
  const counts = Object.fromEntries(
    charges.map((charge) => [charge, findings[charge].length]),
  ) as Record<(typeof charges)[number], number>;
  const wrong = [
    ...Object.values(counts),
    outcome.differences.length,
    outcome.bugs.length,
    outcome.stuck.length,
  ];
  const isTelling = hits.length >= blows.length * IN_FLIGHT_SHARE;
  return {
    acknowledged: acknowledged.filter(({ text }) => text !== null).length,
    lost: counts.lost,
    doubled: counts.doubled,
    reordered: counts.reordered,
    rounds: struck.length,
    holds: isTelling && wrong.every((count) => count === 0),
    altered: counts.altered,
    invented: counts.invented,
    gaps: counts.gaps,
    contradicted: counts.contradicted,
    changes: acknowledged.filter(({ text }) => text === null).length,
    refused: sent.filter(({ state }) => state === 'refused').length,
    takenLate: sent.filter((each) => isTakenLate(each) && stored.has(each.id)).length,
    postponed: countBy(sent.flatMap(({ postponed }) => postponed)),
    differences: outcome.differences.length,
    bugs: outcome.bugs.length,
    stuck: outcome.stuck.length,
    unacknowledged: sent.filter(({ state }) => state === 'waiting').length,
    stored: tables.entries.filter(({ kind }) => kind === 'message').length,
    conversations: tables.conversations.length,
    watched: accounts
      .filter(({ who }) => who === 'agent')
      .reduce((sum, account) => sum + account.screens.length, 0),
    shown: screens.reduce((sum, screen) => sum + screen.entries.length, 0),
    resent: sent.reduce((sum, { tries }) => sum + tries - 1, 0),
    reconnects: accounts.reduce((sum, { connects }) => sum + connects - 1, 0),
    blows: countBy(blows.map(({ kind }) => kind)),
    inFlight: hits.length,
    inFlightBy: countBy(hits.map(({ inFlight }) => String(inFlight))),
    cuts: outcome.cuts,
    seed: options.seed,
    servers: options.servers,
    bus: options.bus,
    seconds: Math.round(outcome.seconds),
  };
}

const EXAMPLES = 5;

/** What is wrong, in words, a few of each kind. */
export function complaintsOf({ findings, differences, bugs, stuck }: Outcome): string[] {
  const kinds: [string, string[]][] = [
    ...charges.map((charge): [string, string[]] => [charge, findings[charge]]),
    ['api', differences],
    ['bug', bugs],
    ['stuck', stuck],
  ];
  return kinds.flatMap(([kind, lines]) =>
    lines.slice(0, EXAMPLES).map((line) => `${kind}: ${line}`),
  );
}

function countBy(words: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1;
  return counts;
}
