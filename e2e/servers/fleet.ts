import { expect } from 'vitest';
import { Stage, until } from '../resume/stage.ts';
import { ServerProcess } from './server-process.ts';

/** Several servers on one database. */
export class Fleet {
  readonly servers: ServerProcess[];

  private constructor(servers: ServerProcess[]) {
    this.servers = servers;
  }

  static async start(
    databaseUrl: string,
    { count = 3, environment = {} }: { count?: number; environment?: Record<string, string> } = {},
  ): Promise<Fleet> {
    return new Fleet(
      await Promise.all(
        Array.from({ length: count }, () => ServerProcess.start(databaseUrl, environment)),
      ),
    );
  }

  get urls(): string[] {
    return this.servers.map(({ url }) => url);
  }

  /** Resolves when each server knows of so many. */
  async knowEachOther(servers: number): Promise<void> {
    await until(async () => {
      const health = await Promise.all(this.servers.map((server) => server.health()));
      expect(health.map((each) => [each.bus, each.servers])).toEqual(
        health.map(() => ['up', servers]),
      );
    });
  }

  async close(): Promise<void> {
    await Promise.all(this.servers.map((server) => server.stop()));
  }
}

/**
 * A stage whose network leads to three server processes in turn. A fourth, in the test's own process,
 * is where the cast writes and where desks look that never missed anything.
 */
export async function openStageOfThree(
  environment: Record<string, string> = {},
): Promise<{ stage: Stage; fleet: Fleet }> {
  const stage = await Stage.open(environment);
  const fleet = await Fleet.start(stage.world.database.url, { environment });
  stage.add(fleet);
  stage.proxy.redirect(...fleet.urls);
  await fleet.knowEachOther(4);
  return { stage, fleet };
}
