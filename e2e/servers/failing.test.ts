import { afterEach, beforeEach, expect, test } from 'vitest';
import type { Stage } from '../resume/stage.ts';
import { type Fleet, openStageOfThree } from './fleet.ts';
import { Load } from './load.ts';

let stage: Stage;
let fleet: Fleet;
let load: Load;
beforeEach(async () => {
  ({ stage, fleet } = await openStageOfThree());
  load = await Load.begin(stage);
  await load.more(100);
});
afterEach(() => stage.close());

test('R-5.2 a server is killed under load: its sockets resume on the others, and nothing is lost', async () => {
  const [first] = fleet.servers;
  await first?.kill();
  await load.more(200);
  await first?.startAgain();
  await load.more(100);
  expect(await load.expectNothingLost()).toBeGreaterThanOrEqual(400);
});

test('R-5.2 a rolling restart under load loses nothing and refuses nothing', async () => {
  for (const server of fleet.servers) {
    expect(await server.stop()).toBe(0);
    await load.more(50);
    await server.startAgain();
    await load.more(50);
  }
  expect(await load.expectNothingLost()).toBeGreaterThanOrEqual(400);
});

test('R-5.2 every connection of the bus is ended under load, again and again', async () => {
  for (let times = 0; times < 5; times += 1) {
    const ended = await stage.world.server.engine.pool`
      select pg_terminate_backend(pid) from pg_stat_activity
      where application_name = 'deskbell bus' and datname = current_database()`;
    expect(ended.length).toBeGreaterThan(0);
    await load.more(40);
  }
  await load.expectNothingLost();
  await fleet.knowEachOther(4);
});
