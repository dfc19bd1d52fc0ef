import { describe } from 'vitest';
import { buildIfStale } from '../../scripts/build.mjs';
import { createTestDatabase } from '../../server/src/testing/database.ts';
import { CuttableProxy } from '../resume/cuttable-proxy.ts';
import { type MeetingPlace, togetherSuite } from '../together/together.suite.ts';
import { Fleet } from './fleet.ts';

/** Three servers, of which two are killed: whose sockets they had goes to the third. */
async function startThree(): Promise<MeetingPlace> {
  buildIfStale();
  const database = await createTestDatabase();
  const fleet = await Fleet.start(database.url);
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

describe('behind three servers', () => togetherSuite(startThree));
