import { afterAll, beforeAll, describe } from 'vitest';
import { buildIfStale } from '../../scripts/build.mjs';
import { createTestDatabase } from '../../server/src/testing/database.ts';
import { NatsServer, natsProgram } from '../../server/src/testing/nats-server.ts';
import { CuttableProxy } from '../resume/cuttable-proxy.ts';
import { type MeetingPlace, togetherSuite } from '../together/together.suite.ts';
import { Fleet } from './fleet.ts';

/** Three servers, of which two are killed: whose sockets they had goes to the third. */
async function startThree(environment: Record<string, string> = {}): Promise<MeetingPlace> {
  buildIfStale();
  const database = await createTestDatabase();
  const fleet = await Fleet.start(database.url, { environment });
  const network = await CuttableProxy.open(fleet.urls[0] as string);
  network.redirect(...fleet.urls);
  const [first, second] = fleet.servers;
  return {
    url: network.url,
    offline() {
      network.isReachable = false;
      network.cut();
    },
    online() {
      network.isReachable = true;
    },
    async kill() {
      await Promise.all([first?.kill(), second?.kill()]);
    },
    async startAgain() {
      await Promise.all([first?.startAgain(), second?.startAgain()]);
    },
    async stop() {
      await network.close();
      await fleet.close();
      await database.drop();
    },
  };
}

describe('behind three servers', () => togetherSuite(() => startThree()));

// Without the program `npm test` says so at its end. The bus is killed and back with the servers.
describe.skipIf(natsProgram === null)('behind three servers, over NATS', () => {
  let nats: NatsServer;
  beforeAll(async () => {
    nats = await NatsServer.open();
  });
  afterAll(() => nats?.close());

  togetherSuite(async () => {
    const place = await startThree({ NATS_URL: nats.url });
    return {
      ...place,
      async kill() {
        await Promise.all([place.kill(), nats.kill()]);
      },
      async startAgain() {
        await nats.start();
        await place.startAgain();
      },
    };
  });
});
