import { setTimeout as delay } from 'node:timers/promises';
import type { Break } from '../breaks.ts';
import type { Place } from '../place/place.ts';
import { signal } from '../processes.ts';
import type { Random } from '../random.ts';
import { freezeBackend, freezeServer, type InFlight } from './moment.ts';

/** What a fault did. */
export interface Struck {
  kind: FaultKind;
  /** Which process, for the print. */
  whom: string;
  /** Whether a process was killed or stopped. */
  isBlow: boolean;
  /** What was in flight at that moment, as far as it was proven. */
  inFlight: InFlight | null;
}

interface Scene {
  place: Place;
  random: Random;
}

type Blow = Pick<Struck, 'whom' | 'inFlight'>;

const faults = {
  'kill-server': killServer,
  'stop-server': stopServer,
  'stop-and-kill-server': stopAndKillServer,
  'kill-backend': ({ place, random }: Scene) => strikeBackend(place, random, 'SIGKILL'),
  'end-backend': ({ place, random }: Scene) => strikeBackend(place, random, 'SIGTERM'),
  'stop-backend': stopBackend,
  'kill-postmaster': killPostmaster,
  'kill-server-and-postmaster': killBoth,
  'cut-everybody': cutEverybody,
  'end-bus': endBus,
};

export type FaultKind = keyof typeof faults;
export const faultKinds = Object.keys(faults) as FaultKind[];

/** A stop of up to this long: longer than the pipeline's timeouts, so that the lock changes hands. */
const STOP_MS = [1_000, 6_500] as const;

/** Whoever lost one server is with the other now: these look for a server again, and half of them come back. */
const SHUFFLED = 0.4;

export async function strike(kind: FaultKind, scene: Scene): Promise<Struck> {
  for (const proxy of scene.place.proxies) proxy.cut(SHUFFLED);
  const blow = await faults[kind](scene);
  return { kind, isBlow: kind !== 'cut-everybody' && kind !== 'end-bus', ...blow };
}

/** The faults of a run: those asked for, or every kind in a random order, again and again until there are enough. */
export function planOf(
  rounds: number,
  { kind, faults: asked }: { kind: Break; faults: readonly FaultKind[] },
  random: Random,
): FaultKind[] {
  const kinds = asked.length > 0 ? asked : tellingFaults[kind];
  const plan: FaultKind[] = [];
  while (plan.length < rounds)
    plan.push(...(kinds === faultKinds ? random.shuffled(kinds) : kinds));
  return plan.slice(0, rounds);
}

/** A broken server is shown as such by the fault that it should have withstood. */
const tellingFaults: Record<Break, readonly FaultKind[]> = {
  none: faultKinds,
  'ack-early': ['kill-server'],
  'no-dedupe': ['cut-everybody'],
  'skip-gap': ['cut-everybody'],
  'lose-last-pulse': ['cut-everybody'],
};

async function killServer({ place, random }: Scene): Promise<Blow> {
  const server = random.pick(place.servers);
  const { inFlight } = await freezeServer(place.database.sql, server, { random });
  await server.kill();
  return { whom: server.name, inFlight };
}

async function stopServer({ place, random }: Scene): Promise<Blow> {
  const server = random.pick(place.servers);
  const { inFlight, pid } = await freezeServer(place.database.sql, server, { random });
  await delay(random.between(...STOP_MS));
  signal(pid, 'SIGCONT');
  return { whom: server.name, inFlight };
}

async function stopAndKillServer({ place, random }: Scene): Promise<Blow> {
  const server = random.pick(place.servers);
  const { inFlight } = await freezeServer(place.database.sql, server, { random });
  await delay(random.between(...STOP_MS));
  await server.kill();
  return { whom: server.name, inFlight };
}

async function strikeBackend(
  { database }: Place,
  random: Random,
  way: 'SIGKILL' | 'SIGTERM',
): Promise<Blow> {
  const frozen = await freezeBackend(database.sql, random);
  if (!frozen) return { whom: 'nobody', inFlight: null };
  signal(frozen.pid, way);
  signal(frozen.pid, 'SIGCONT');
  return { whom: 'a backend', inFlight: frozen.inFlight };
}

async function stopBackend({ place, random }: Scene): Promise<Blow> {
  const frozen = await freezeBackend(place.database.sql, random);
  if (!frozen) return { whom: 'nobody', inFlight: null };
  await delay(random.between(...STOP_MS));
  signal(frozen.pid, 'SIGCONT');
  return { whom: 'the lock holder', inFlight: frozen.inFlight };
}

/** A backend that stands still would outlive its postmaster and hold its memory: it goes with it. */
async function killPostmaster({ place, random }: Scene): Promise<Blow> {
  const { database } = place;
  const frozen = await freezeBackend(database.sql, random);
  if (database.postmasterPid !== undefined) signal(database.postmasterPid, 'SIGKILL');
  if (frozen) signal(frozen.pid, 'SIGKILL');
  return { whom: 'the postmaster', inFlight: frozen?.inFlight ?? null };
}

/** As in a power cut: the server that would bring PostgreSQL back is gone as well. */
async function killBoth(scene: Scene): Promise<Blow> {
  const { first } = scene.place;
  const { inFlight } = await freezeServer(scene.place.database.sql, first, scene);
  const blow = await killPostmaster(scene);
  await first.kill();
  return { whom: 'the first server and the postmaster', inFlight: inFlight ?? blow.inFlight };
}

/** Between the servers nothing is said until they have found each other again; all rests on the log. */
/** So long a bus that was killed is away. */
const BUS_AWAY_MS = [100, 2_500] as const;

async function endBus({ place, random }: Scene): Promise<Blow> {
  const { nats } = place;
  if (nats) {
    await nats.kill();
    await delay(random.between(...BUS_AWAY_MS));
    await nats.start();
    return { whom: 'the NATS server', inFlight: null };
  }
  const ended = await place.database.sql`
    select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'deskbell bus'`;
  return { whom: `${ended.length} connections of the bus`, inFlight: null };
}

async function cutEverybody({ place }: Scene): Promise<Blow> {
  for (const proxy of place.proxies) proxy.cut(1);
  return { whom: 'every socket', inFlight: null };
}
