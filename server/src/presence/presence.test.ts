import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Queries } from '../platform/store/connect.ts';
import { type Office, openOffice } from '../testing/office.ts';
import { findOnline, Presence, presence } from './index.ts';

let office: Office;
let sql: Queries;
beforeAll(async () => {
  office = await openOffice();
  sql = office.pool as unknown as Queries;
});
afterAll(() => office.close());

/** A server's presence, and what it told. `workspacesHere`: where it has widgets. */
function open(workspacesHere: string[] = []) {
  const told: string[][] = [];
  const shared: string[] = [];
  const onTrouble = (error: unknown) => {
    throw error;
  };
  const server = new Presence({
    pool: office.pool,
    onTrouble,
    onChange: (_workspaceId, online) => void told.push(online),
    onOwnChange: (workspaceId) => void shared.push(workspaceId),
    workspacesHere: () => workspacesHere,
  });
  return { server, told, shared };
}

const isOnline = async (agentId: string) =>
  (await presence.load(sql, office.workspaceId, [agentId]))[0]?.isOnline;

describe('R-4.3 who is there', () => {
  it('R-4.3 is online while any desk of theirs is connected, on any server', async () => {
    const agentId = randomUUID();
    const [one, other] = [open(), open()];
    expect(await isOnline(agentId)).toBe(false);
    const first = await one.server.enter(office.workspaceId, agentId);
    const second = await other.server.enter(office.workspaceId, agentId);
    expect(await isOnline(agentId)).toBe(true);
    await one.server.leave(first);
    expect(await isOnline(agentId)).toBe(true);
    await other.server.leave(second);
    expect(await isOnline(agentId)).toBe(false);
    await Promise.all([one.server.close(), other.server.close()]);
  });

  it('R-4.3 changes are told, and only changes', async () => {
    const agentId = randomUUID();
    const { server, told } = open();
    await server.enter(office.workspaceId, agentId);
    const second = await server.enter(office.workspaceId, agentId);
    await server.leave(second);
    expect(told).toHaveLength(1);
    expect(told[0]).toContain(agentId);
    await server.close();
    expect(told.at(-1)).not.toContain(agentId);
  });

  it('R-4.3 other servers are told of what changed here, and not of what they told us', async () => {
    const agentId = randomUUID();
    const [one, other] = [open(), open()];
    const id = await one.server.enter(office.workspaceId, agentId);
    expect(one.shared).toEqual([office.workspaceId]);
    await other.server.look(office.workspaceId);
    expect(other.told.at(-1)).toContain(agentId);
    await one.server.leave(id);
    await Promise.all([1, 2, 3].map(() => other.server.look(office.workspaceId)));
    expect(other.told.at(-1)).not.toContain(agentId);
    expect([one.shared.length, other.shared.length, other.told.length]).toEqual([2, 0, 2]);
    await Promise.all([one.server.close(), other.server.close()]);
  });

  it('R-4.3 a server without desks notices too that another one has died', async () => {
    const agentId = randomUUID();
    const [dying, other] = [open(), open([office.workspaceId])];
    await dying.server.enter(office.workspaceId, agentId);
    await other.server.lookEverywhere();
    expect(other.told.at(-1)).toContain(agentId);
    await office.pool`update desk_connections set renewed_at = renewed_at - 46000 where agent_id = ${agentId}`;
    await other.server.lookEverywhere();
    expect(other.told.at(-1)).not.toContain(agentId);
    await Promise.all([dying.server.close(), other.server.close()]);
  });

  it('R-4.3 the agents of a dead server are gone when its leases run out', async () => {
    const agentId = randomUUID();
    const { server } = open();
    await server.enter(office.workspaceId, agentId);
    await office.pool`update desk_connections set renewed_at = renewed_at - 46000 where agent_id = ${agentId}`;
    expect(await isOnline(agentId)).toBe(false);
    expect(await findOnline(sql, office.workspaceId)).not.toContain(agentId);
    await server.close();
  });

  it('R-4.3 a server that stops takes its own off, and nobody else’s', async () => {
    const [mine, theirs] = [randomUUID(), randomUUID()];
    const [one, other] = [open(), open()];
    await one.server.enter(office.workspaceId, mine);
    await other.server.enter(office.workspaceId, theirs);
    await one.server.close();
    expect([await isOnline(mine), await isOnline(theirs)]).toEqual([false, true]);
    await other.server.close();
  });

  it('one who is online in a workspace is not so in another', async () => {
    const agentId = randomUUID();
    const { server } = open();
    await server.enter(office.workspaceId, agentId);
    expect(await findOnline(sql, randomUUID())).toEqual([]);
    await server.close();
  });
});
