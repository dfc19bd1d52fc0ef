import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'vitest';
import type { CuttableProxy } from '../resume/cuttable-proxy.ts';
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
 * Leads to those servers alone that say they are ready, as a proxy does that asks them. Returns the way to stop, and to
 * wait until it leads to so many.
 */
export function leadToReady(
  proxy: CuttableProxy,
  fleet: Fleet,
): { leadsTo(servers: number): Promise<void>; stop(): Promise<void> } {
  let ready = fleet.urls;
  let isOver = false;
  const isReady = async (url: string) =>
    (await fetch(`${url}/readyz`).catch(() => null))?.ok ?? false;
  const asking = (async () => {
    while (!isOver) {
      const answers = await Promise.all(fleet.urls.map(isReady));
      ready = fleet.urls.filter((_, index) => answers[index]);
      proxy.redirect(...ready);
      await delay(50);
    }
  })();
  return {
    leadsTo: (servers) => until(() => expect(ready).toHaveLength(servers), 60_000),
    async stop() {
      isOver = true;
      await asking;
    },
  };
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
