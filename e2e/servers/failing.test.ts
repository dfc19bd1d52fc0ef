import { afterEach, beforeEach, expect, test } from 'vitest';
import { type Stage, until } from '../resume/stage.ts';
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

test('R-3.3, R-1.10 a server is killed while conversations come in: another gives out what it left', async () => {
  const { ann, adam, inbox, workspaceId } = stage.world;
  await stage.world.act(adam, 'workspace.change-settings', { routing: 'round-robin' });
  await stage.world.act(ann, 'agent.set-availability', { availability: 'online' });
  const [first] = fleet.servers;
  const write = async () => {
    const { inboxKey, token } = stage.world.newVisitor();
    const answer = await fetch(`${first?.url}/api/v1/widget/messages`, {
      method: 'POST',
      headers: {
        authorization: `Bearer ${token}`,
        'x-deskbell-inbox': inboxKey,
        'content-type': 'application/json',
      },
      body: JSON.stringify({ text: 'Is somebody there?' }),
    });
    expect(answer.ok).toBe(true);
  };
  const written = Array.from({ length: 40 }, write);
  await Promise.any(written);
  await first?.kill();
  const outcomes = await Promise.allSettled(written);
  expect(outcomes.some(({ status }) => status === 'fulfilled')).toBe(true);
  await until(async () => {
    const waiting = await stage.world.server.engine.pool`
      select id from conversations
      where workspace_id = ${workspaceId} and inbox_id = ${inbox.id} and status = 'open' and holder = 'nobody'`;
    expect(waiting).toHaveLength(0);
  });
  await first?.startAgain();
  await load.expectNothingLost();
});
