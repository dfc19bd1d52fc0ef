import { describe } from 'vitest';
import { crossingSuite } from './crossing.suite.ts';
import { openStageOfThree } from './fleet.ts';

/** Often enough that a connection hardly lives. */
const EVERY_MS = 30;

describe('between servers, over PostgreSQL', () => {
  crossingSuite(
    () => openStageOfThree(),
    async ({ world }) => {
      const { pool } = world.server.engine;
      let ending: Promise<unknown> = Promise.resolve();
      const timer = setInterval(() => {
        ending = ending.then(
          () => pool`
            select pg_terminate_backend(pid) from pg_stat_activity
            where application_name = 'deskbell bus' and datname = current_database()`,
        );
      }, EVERY_MS);
      return async () => {
        clearInterval(timer);
        await ending;
      };
    },
  );
});
