import { afterAll, beforeAll, describe } from 'vitest';
import { NatsServer, natsProgram } from '../../server/src/testing/nats-server.ts';
import { pulsesSuite } from '../resume/pulses.suite.ts';
import { resumeSuite } from '../resume/resume.suite.ts';
import { openStageOfThree } from './fleet.ts';

// Without the program `npm test` says so at its end.
describe.skipIf(natsProgram === null)('behind three servers, over NATS', () => {
  let nats: NatsServer;
  beforeAll(async () => {
    nats = await NatsServer.open();
  });
  afterAll(() => nats?.close());

  const open = async () => (await openStageOfThree({ NATS_URL: nats.url })).stage;
  describe('streams', () => resumeSuite(open));
  describe('pulses', () => pulsesSuite(open));
});
