import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { Crew } from './clients/crew.ts';
import type { Account } from './clients/ledger.ts';
import { planOf, type Struck, strike } from './faults/faults.ts';
import type { Options } from './options.ts';
import { compareWithApi } from './oracle/api.ts';
import { type Findings, judge } from './oracle/judge.ts';
import { endsOf, readTables, type Tables } from './oracle/tables.ts';
import { openPlace, type Place } from './place/place.ts';
import type { KeptServer } from './place/servers.ts';
import { type Random, seeded } from './random.ts';

/** Everything that a run found out. */
export interface Outcome {
  options: Options;
  struck: Struck[];
  accounts: Account[];
  tables: Tables;
  findings: Findings;
  /** Where newcomers see something else than the tables say. */
  differences: string[];
  /** What the servers did that they should not: ended, or failed a command. */
  bugs: string[];
  /** Something did not come to pass in time. */
  stuck: string[];
  cuts: { cut: number; swallow: number };
  seconds: number;
}

const PROCESSES_OF_CLIENTS = 2;
/** A round that brings no further acknowledgements for so long is stuck. */
const ROUND_MS = 60_000;
const QUIET_MS = 45_000;
const STILL_MS = 500;
/** All the while, every so often, some sockets are cut. */
const CUT_EVERY_MS = 500;
const CUT_SHARE = 0.02;
/** What of the messages belongs to the time after all faults: a hole of then is healed by no reconnect. */
const CALM_SHARE = 0.1;

/** Kills and cuts under load, then compares what everybody has. */
export async function runChaos(options: Options, print: (line: string) => void): Promise<Outcome> {
  const began = performance.now();
  const random = seeded(options.seed);
  const place = await openPlace({ ...options, random });
  const crew = new Crew(PROCESSES_OF_CLIENTS, path.join(place.folder, 'clients.log'));
  await crew.begin(seatsOf(place, options));
  const stuck: string[] = [];
  const struck = await strikeUnderLoad({ place, crew, options, random, stuck, print });
  await becomeQuiet({ place, crew, options, stuck });
  const tables = await readTables(place.database.sql);
  await crew.tell({ act: 'expect', ends: endsOf(tables) });
  const accounts = await crew.report();
  await crew.close();
  const differences = await compareWithApi(place.people, tables, place.addresses[0] as string);
  return {
    options,
    struck,
    accounts,
    tables,
    findings: judge(accounts, tables),
    differences,
    bugs: bugsOf(place),
    stuck,
    cuts: cutsOf(place),
    seconds: (performance.now() - began) / 1000,
  };
}

interface Course {
  place: Place;
  crew: Crew;
  options: Options;
  stuck: string[];
}

async function strikeUnderLoad(
  course: Course & { random: Random; print: (line: string) => void },
): Promise<Struck[]> {
  const { place, crew, options, random, stuck, print } = course;
  const began = performance.now();
  const struck: Struck[] = [];
  const perRound = (options.messages * (1 - CALM_SHARE)) / (options.rounds + 1);
  const advance = async () => {
    const goal = crew.acknowledged + perRound;
    const isThere = await crew.becomes(({ acknowledged }) => acknowledged >= goal, ROUND_MS);
    if (!isThere)
      stuck.push(`${Math.round(goal - crew.acknowledged)} acknowledgements did not come`);
  };
  await advance();
  const cutting = setInterval(() => {
    for (const proxy of place.proxies) proxy.cut(CUT_SHARE);
  }, CUT_EVERY_MS);
  for (const kind of planOf(options.rounds, options, random)) {
    const done = await strike(kind, { place, random });
    struck.push(done);
    const seconds = ((performance.now() - began) / 1000).toFixed(1);
    print(`${seconds} s  ${lineOf(done, crew.acknowledged)}`);
    await Promise.all([...place.servers.map((server) => recovers(server, stuck)), advance()]);
  }
  clearInterval(cutting);
  return struck;
}

/** A server that does not come back by itself is a finding; another takes its place, so that the run goes on. */
async function recovers(server: KeptServer, stuck: string[]): Promise<void> {
  try {
    await server.answers();
  } catch (error) {
    stuck.push(String(error));
    await server.kill();
    await server.answers();
  }
}

const lineOf = ({ kind, whom, inFlight }: Struck, acknowledged: number) =>
  `${kind}: ${whom}${inFlight ? `, in flight: ${inFlight}` : ''} (${acknowledged} acknowledged)`;

async function becomeQuiet({ place, crew, options, stuck }: Course): Promise<void> {
  for (const proxy of place.proxies) proxy.spare();
  const goal = Math.max(options.messages, crew.acknowledged + options.messages * CALM_SHARE);
  if (!(await crew.becomes(({ acknowledged }) => acknowledged >= goal, ROUND_MS)))
    stuck.push('the calm after the faults brought too little');
  await crew.tell({ act: 'hush' });
  if (!(await crew.becomes(({ waiting }) => waiting === 0, QUIET_MS)))
    stuck.push(`${crew.waiting} commands were never answered`);
  await crew.tell({ act: 'last-words' });
  await settles(place);
}

/** Resolves when the log has stood still for a while: a server that answers early may still be at work. */
async function settles({ database: { sql } }: Place): Promise<void> {
  const deadline = Date.now() + QUIET_MS;
  for (let last = -1; Date.now() < deadline; ) {
    const [head] = await sql<{ position: number }[]>`
      select coalesce(max(position), 0) as position from log`;
    if (head?.position === last) return;
    last = head?.position ?? last;
    await delay(STILL_MS);
  }
}

function seatsOf({ people, addresses }: Place, { seed, everyMs }: Options) {
  const { agents, visitors, workspaceId, inboxKey } = people;
  return {
    seed,
    addresses,
    people: { workspaceId, inboxKey },
    pace: { everyMs, replies: 0.25 },
    agents: agents.map((agent, index) => ({ ...agent, index, of: agents.length })),
    visitors: visitors.map((visitor, index) => ({ ...visitor, index })),
  };
}

function bugsOf({ servers }: Place): string[] {
  return servers.flatMap((server) => [
    ...(server.crashes > 0
      ? [`the ${server.name} server ended ${server.crashes} times by itself`]
      : []),
    ...server.lines().filter((line) => /^\{"level":[56]0,/.test(line)),
  ]);
}

function cutsOf({ proxies }: Place) {
  const sum = (way: 'cut' | 'swallow') => proxies.reduce((total, { cuts }) => total + cuts[way], 0);
  return { cut: sum('cut'), swallow: sum('swallow') };
}
