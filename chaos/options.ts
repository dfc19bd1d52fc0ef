import { randomInt } from 'node:crypto';
import { parseArgs } from 'node:util';
import { type Break, breaks, isBreak } from './breaks.ts';
import { type FaultKind, faultKinds } from './faults/faults.ts';
import { serverNames } from './place/servers.ts';

export const buses = ['postgres', 'nats'] as const;
export type Bus = (typeof buses)[number];

/** What one run is to be like. */
export interface Options {
  rounds: number;
  kind: Break;
  seed: number;
  /** On one database. */
  servers: number;
  /** What carries what is momentary between them. */
  bus: Bus;
  visitors: number;
  agents: number;
  /** At least this many messages are acknowledged before the run ends. */
  messages: number;
  /** Between two messages of a visitor, on average. */
  everyMs: number;
  isJson: boolean;
  /** Only these kinds of faults, in this order; empty: all, shuffled. */
  faults: FaultKind[];
}

const full = { rounds: 18, visitors: 200, agents: 20, messages: 24_000, everyMs: 400 };
/** For `npm test`: the same, of fewer people and faults. */
const short = { rounds: 5, visitors: 40, agents: 6, messages: 4_000, everyMs: 200 };
/** Enough for a broken server to show itself. */
const minimal = { rounds: 1, visitors: 40, agents: 6, messages: 1_000, everyMs: 150 };

/** Reads the command line; throws with one clear line. */
export function readOptions(args: readonly string[]): Options {
  const { values } = parseArgs({
    args: [...args],
    options: {
      rounds: { type: 'string' },
      servers: { type: 'string' },
      bus: { type: 'string', default: 'postgres' },
      break: { type: 'string', default: 'none' },
      seed: { type: 'string' },
      short: { type: 'boolean', default: false },
      faults: { type: 'string', default: '' },
      json: { type: 'boolean', default: false },
    },
  });
  const kind = values.break;
  if (!isBreak(kind)) throw new Error(`--break ${kind}; expected one of ${breaks.join(', ')}`);
  const size = sizeOf(kind, values.short);
  return {
    ...size,
    bus: busOf(values.bus),
    servers: serverCount(wholeNumber('servers', values.servers) ?? 2),
    rounds: wholeNumber('rounds', values.rounds) ?? size.rounds,
    seed: wholeNumber('seed', values.seed) ?? randomInt(2 ** 31),
    kind,
    isJson: values.json,
    faults: values.faults.split(',').filter(Boolean).map(faultKind),
  };
}

function busOf(word: string): Bus {
  const bus = buses.find((each) => each === word);
  if (!bus) throw new Error(`--bus ${word}; expected one of ${buses.join(', ')}`);
  return bus;
}

function serverCount(count: number): number {
  const most = serverNames.length;
  if (count < 2 || count > most) throw new Error(`--servers ${count}; expected 2 to ${most}`);
  return count;
}

function faultKind(word: string): FaultKind {
  const kind = faultKinds.find((each) => each === word);
  if (!kind) throw new Error(`--faults ${word}; expected some of ${faultKinds.join(', ')}`);
  return kind;
}

function sizeOf(kind: Break, isShort: boolean) {
  if (kind !== 'none') return minimal;
  return isShort ? short : full;
}

function wholeNumber(name: string, text: string | undefined): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,9}$/.test(text)) throw new Error(`--${name} ${text}; expected a whole number`);
  return Number(text);
}
