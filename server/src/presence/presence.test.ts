import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Queries } from '../platform/store/connect.ts';
import { hashToken } from '../sign-in/tokens.ts';
import { createWorld, type Person, type World } from '../testing/world.ts';
import { Presence, presence } from './index.ts';
import { findLastSeen } from './sql.ts';

let world: World;
let sql: Queries;
beforeAll(async () => {
  world = await createWorld();
  sql = world.server.engine.pool as unknown as Queries;
});
afterAll(() => world.close());

/** Another server's desks. */
function open(): Presence {
  const onTrouble = (error: unknown) => {
    throw error;
  };
  return new Presence({ pool: world.server.engine.pool, onTrouble });
}

const deskOf = ({ workspaceId, agentId, token }: Person) => ({
  workspaceId,
  agentId,
  session: hashToken(token),
});

async function desksOf(agentId: string) {
  const [row] = await presence.load(sql, world.workspaceId, [agentId]);
  return row;
}
const isConnected = async (agentId: string) => (await desksOf(agentId))?.isConnected;
const leaseEnds = (agentId: string) =>
  sql.unsafe(
    `update desk_connections set renewed_at = renewed_at - 46000 where agent_id = '${agentId}'`,
  );

describe('R-4.1 connected desks', () => {
  it('R-4.1 any desk of theirs counts, on any server, until the last has gone', async () => {
    const { agentId } = world.ann;
    const [one, other] = [open(), open()];
    expect(await isConnected(agentId)).toBe(false);
    const first = await one.enter(deskOf(world.ann));
    const second = await other.enter(deskOf(world.ann));
    expect(await isConnected(agentId)).toBe(true);
    await one.leave(first);
    expect(await isConnected(agentId)).toBe(true);
    await other.leave(second);
    expect(await isConnected(agentId)).toBe(false);
    await Promise.all([one.close(), other.close()]);
  });

  it('R-4.1 those of a dead server count no more when their leases have run out', async () => {
    const { agentId } = world.ben;
    const server = open();
    await server.enter(deskOf(world.ben));
    expect(await isConnected(agentId)).toBe(true);
    await leaseEnds(agentId);
    expect(await isConnected(agentId)).toBe(false);
    const seenAt = (await desksOf(agentId))?.seenAt;
    // Any other server clears them away, and what they say of when she was here stays.
    const other = open();
    await other.renew();
    expect((await desksOf(agentId))?.seenAt).toBe(seenAt);
    expect((await findLastSeen(sql, world.workspaceId))[agentId]).toBeGreaterThanOrEqual(
      seenAt ?? 0,
    );
    await Promise.all([server.close(), other.close()]);
  });

  it('R-4.1 a server that was cut off from the database enters its own again', async () => {
    const { agentId } = world.susan;
    const [server, other] = [open(), open()];
    await server.enter(deskOf(world.susan));
    await leaseEnds(agentId);
    await other.renew();
    expect(await isConnected(agentId)).toBe(false);
    await server.renew();
    expect(await isConnected(agentId)).toBe(true);
    await Promise.all([server.close(), other.close()]);
  });

  it('R-4.1 a server that stops takes its own off, and nobody else’s', async () => {
    const [one, other] = [open(), open()];
    await one.enter(deskOf(world.ann));
    await other.enter(deskOf(world.adam));
    await one.close();
    expect(await isConnected(world.ann.agentId)).toBe(false);
    expect(await isConnected(world.adam.agentId)).toBe(true);
    await other.close();
  });

  it('R-4.1 a desk whose session was ended counts no more, though its socket may stand elsewhere', async () => {
    const server = open();
    await server.enter(deskOf(world.olga));
    expect(await isConnected(world.olga.agentId)).toBe(true);
    await sql.unsafe(`delete from sessions where user_id = '${world.olga.userId}'`);
    expect(await isConnected(world.olga.agentId)).toBe(false);
    await server.close();
  });

  it('who is connected in a workspace is not so in another', async () => {
    const server = open();
    await server.enter(deskOf(world.cara));
    const [row] = await presence.load(sql, randomUUID(), [world.cara.agentId]);
    expect(row?.isConnected).toBe(false);
    await server.close();
  });
});
