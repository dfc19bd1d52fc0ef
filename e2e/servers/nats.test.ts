import { afterAll, beforeAll, describe } from 'vitest';
import { NatsServer, natsProgram } from '../../server/src/testing/nats-server.ts';
import { crossingSuite } from './crossing.suite.ts';
import { openStageOfThree } from './fleet.ts';

// Without the program `npm test` says so at its end.
describe.skipIf(natsProgram === null)('between servers, over NATS', () => {
  let nats: NatsServer;
  beforeAll(async () => {
    nats = await NatsServer.open();
  });
  afterAll(() => nats?.close());

  crossingSuite(
    () => openStageOfThree({ NATS_URL: nats.url }),
    async () => {
      await nats.kill();
      return () => nats.start();
    },
  );
});
