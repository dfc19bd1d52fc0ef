import { availableParallelism } from 'node:os';
import { cpuSecondsOf, cpuSecondsOfFamily, cpuSecondsOfMachine } from './proc.ts';

/** Whose CPU is looked at. */
export interface Watched {
  server: number;
  generator: number;
  /** The postmaster; its children count with it. */
  postgres?: number;
}

/** CPU seconds by part. */
export interface Cpu {
  server: number;
  postgres: number;
  generator: number;
}

/** Does something and tells what it cost, and which share of the machine others took meanwhile. */
export async function withCpu<Result>(
  watched: Watched,
  act: () => Promise<Result>,
): Promise<{ result: Result; cpu: Cpu; disturbance: number }> {
  const started = performance.now();
  const before = { ...read(watched), machine: cpuSecondsOfMachine() };
  const result = await act();
  const after = { ...read(watched), machine: cpuSecondsOfMachine() };
  const cpu = {
    server: after.server - before.server,
    postgres: after.postgres - before.postgres,
    generator: after.generator - before.generator,
  };
  const others = after.machine - before.machine - cpu.server - cpu.postgres - cpu.generator;
  const available = ((performance.now() - started) / 1000) * availableParallelism();
  return { result, cpu, disturbance: Math.max(0, others / available) };
}

function read({ server, postgres, generator }: Watched): Cpu {
  return {
    server: cpuSecondsOf(server),
    postgres: postgres === undefined ? 0 : cpuSecondsOfFamily(postgres),
    generator: cpuSecondsOf(generator),
  };
}
