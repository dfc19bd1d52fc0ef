import { cpuSecondsOf, cpuSecondsOfFamily } from './proc.ts';

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

/** Does something and tells what it cost. */
export async function withCpu<Result>(
  watched: Watched,
  act: () => Promise<Result>,
): Promise<{ result: Result; cpu: Cpu }> {
  const before = read(watched);
  const result = await act();
  const after = read(watched);
  return {
    result,
    cpu: {
      server: after.server - before.server,
      postgres: after.postgres - before.postgres,
      generator: after.generator - before.generator,
    },
  };
}

function read({ server, postgres, generator }: Watched): Cpu {
  return {
    server: cpuSecondsOf(server),
    postgres: postgres === undefined ? 0 : cpuSecondsOfFamily(postgres),
    generator: cpuSecondsOf(generator),
  };
}
