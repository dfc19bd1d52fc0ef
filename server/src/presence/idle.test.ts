import { randomUUID } from 'node:crypto';
import type { Agent, DeviceId } from '@deskbell/contract';
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { findDue } from '../capabilities.ts';
import { SYSTEM } from '../platform/pipeline/command.ts';
import type { Queries } from '../platform/store/connect.ts';
import { turnClock } from '../testing/clock.ts';
import type { TestSocket } from '../testing/socket.ts';
import { createWorld, type Person, type World } from '../testing/world.ts';

const MINUTE = 60_000;
let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());
beforeEach(() => set(world.ben, 'online'));

const pool = () => world.server.engine.pool;
const set = (who: Person, availability: Agent['availability']) =>
  world.act(who, 'agent.set-availability', { availability });
const after = (awayAfterMs: number) =>
  world.act(world.adam, 'workspace.change-settings', { awayAfterMs });
const tick = ({ workspaceId, agentId }: Person) =>
  world.act({ workspaceId, actor: SYSTEM }, 'agent.tick', { agentId });
const switchOf = async ({ agentId }: Person) => {
  const [row] = await pool()<{ availability: string }[]>`
    select availability from agents where id = ${agentId}`;
  return row?.availability;
};
const dueNow = async ({ agentId }: Person) => {
  const due = await findDue(pool() as unknown as Queries, Date.now(), 1_000);
  return due.some(({ id }) => id === agentId);
};

const touch = (desk: TestSocket, deviceId: string, isFocused = true) =>
  desk.send({
    t: 'attention',
    ...{ deviceId: deviceId as DeviceId, isFocused, conversationId: null },
  });

/** A desk that says when it is touched. */
async function openDesk(who: Person): Promise<{ socket: TestSocket; deviceId: string }> {
  const [socket, deviceId] = [await world.connect(who), randomUUID()];
  touch(socket, deviceId);
  await vi.waitFor(async () => {
    const rows = await pool()`select from desk_attention where device_id = ${deviceId}`;
    expect(rows).toHaveLength(1);
  });
  return { socket, deviceId };
}

/** All that a desk said before has had its effect: one after the other is done. */
async function heard(socket: TestSocket): Promise<void> {
  const deviceId = randomUUID();
  touch(socket, deviceId, false);
  await vi.waitFor(async () => {
    const rows = await pool()`select from desk_attention where device_id = ${deviceId}`;
    expect(rows).toHaveLength(1);
  });
}

/** How far the workspace's clock is ahead. */
let ahead = 0;

/** Time passes in which none of their desks is touched, or only this one is not. */
async function untouched({ agentId }: Person, forMs: number, device?: string): Promise<void> {
  ahead += forMs;
  await turnClock(pool(), world.workspaceId, forMs);
  // Who is due is found by the computer's clock, and decided by the workspace's.
  const at = Date.now() - forMs;
  await pool()`update agents set availability_at = ${at} where id = ${agentId}`;
  await pool()`
    update desk_attention set used_at = case
      when ${device ?? null}::uuid is null or device_id = ${device ?? null} then ${at}::bigint else ${Date.now() + ahead}::bigint end
    where agent_id = ${agentId}`;
}

it('R-4.1 idleness changes nothing, until a workspace says after how long it does', async () => {
  const { ben } = world;
  const { socket } = await openDesk(ben);
  await untouched(ben, 30 * MINUTE);
  expect(await dueNow(ben)).toBe(false);
  await tick(ben);
  expect(await switchOf(ben)).toBe('online');

  await after(30 * MINUTE + 1_000_000);
  expect(await dueNow(ben)).toBe(false);
  await after(20 * MINUTE);
  // By itself: whichever server looks first does it.
  await world.server.engine.sweeper.sweep();
  await vi.waitFor(async () => expect(await switchOf(ben)).toBe('away'));
  socket.close();
  await after(0);
});

it('R-4.1 idle is who touches none of their desks, and a program that says nothing is never idle', async () => {
  const { ben } = world;
  await after(20 * MINUTE);
  const [one, other] = [await openDesk(ben), await openDesk(ben)];
  await untouched(ben, 30 * MINUTE, one.deviceId);
  await tick(ben);
  expect(await switchOf(ben)).toBe('online');

  const program = await world.connect(ben);
  await untouched(ben, 30 * MINUTE);
  expect(await dueNow(ben)).toBe(false);
  await tick(ben);
  expect(await switchOf(ben)).toBe('online');
  program.close();
  await vi.waitFor(async () => {
    await tick(ben);
    expect(await switchOf(ben)).toBe('away');
  });
  one.socket.close();
  other.socket.close();
  await after(0);
});

it('R-4.1 a touch of any desk brings back who was idle, and nobody who chose to be away', async () => {
  const { ben } = world;
  await after(20 * MINUTE);
  const { socket, deviceId } = await openDesk(ben);
  await untouched(ben, 30 * MINUTE);
  await tick(ben);
  expect(await switchOf(ben)).toBe('away');
  // A window that lost the focus was not touched.
  touch(socket, deviceId, false);
  await heard(socket);
  expect(await switchOf(ben)).toBe('away');
  touch(socket, deviceId);
  await heard(socket);
  expect(await switchOf(ben)).toBe('online');

  await untouched(ben, 30 * MINUTE);
  await tick(ben);
  await set(ben, 'away');
  touch(socket, deviceId);
  await heard(socket);
  expect(await switchOf(ben)).toBe('away');
  socket.close();
  await after(0);
});
