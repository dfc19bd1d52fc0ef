import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { agents } from '../accounts/index.ts';
import { loadInboxes } from '../inboxes/index.ts';
import { newId } from '../platform/ids.ts';
import { SYSTEM } from '../platform/pipeline/command.ts';
import type { Queries } from '../platform/store/connect.ts';
import { createWorld, PASSWORD, type Person, type World } from '../testing/world.ts';
import { findUnfinishedEntries, spendInvitation } from './invitations.sql.ts';
import type { Made } from './invitations.ts';
import { hashPassword } from './passwords.ts';
import { insertUser } from './sql.ts';
import { hashToken } from './tokens.ts';

const DAY_MS = 24 * 3600 * 1000;
let world: World;
let sql: Queries;
beforeAll(async () => {
  world = await createWorld();
  sql = world.server.engine.pool as unknown as Queries;
});
afterAll(() => world.close());

interface Pending {
  id: string;
  createdAt: number;
  expiresAt: number;
  isExpired: boolean;
}

let count = 0;
const aMail = () => `newcomer${++count}@example.org`;
const send = async (who: Person | null, request: string, body?: object) => {
  const [method = '', address = ''] = request.split(' ');
  const response = await world.request(who, address, { method, ...(body && { body }) });
  const text = await response.text();
  return text === '' ? {} : (JSON.parse(text) as Record<string, unknown>);
};
const invite = async (given: object = {}, who = world.olga) =>
  (await send(who, 'POST /invitations', { role: 'agent', ...given })) as unknown as Made;
const accept = (token: string, email = aMail()) =>
  send(null, `POST /invitations/${token}`, { name: 'Nell', email, password: PASSWORD });
const look = (token: string) => send(null, `GET /invitations/${token}`);
const pending = async () =>
  ((await send(world.adam, 'GET /invitations')) as { invitations: Pending[] }).invitations;
const inboxesOf = async (agentId: unknown) =>
  (await loadInboxes(sql, world.workspaceId))
    .filter(({ memberIds }) => memberIds.includes(String(agentId)))
    .map(({ name }) => name)
    .sort();

describe('R-18.1 a pending invitation', () => {
  it('R-18.1 stands in the list with all but its link, until it is used', async () => {
    const email = aMail();
    const { id, token, expiresAt } = await invite({ email, days: 30 });
    const listed = (await pending()).find((each) => each.id === id);
    expect(listed).toMatchObject({ email, role: 'agent', inboxIds: null, isExpired: false });
    expect(Number(listed?.expiresAt) - Number(listed?.createdAt)).toBe(30 * DAY_MS);
    expect(listed?.expiresAt).toBe(expiresAt);
    expect(JSON.stringify(listed)).not.toContain(token);
    await accept(token, email);
    expect((await pending()).map((each) => each.id)).not.toContain(id);
  });

  it('R-18.1 brings the newcomer into the inboxes it names, or into all', async () => {
    const some = await accept((await invite({ inboxIds: [world.inbox.id] })).token);
    expect(await inboxesOf(some.agentId)).toEqual(['Shop']);
    const none = await accept((await invite({ inboxIds: [] })).token);
    expect(await inboxesOf(none.agentId)).toEqual([]);
    const all = await accept((await invite()).token);
    expect(await inboxesOf(all.agentId)).toEqual(['Shop', 'Wholesale']);
  });

  it('R-18.1 gets another link, with its whole time again; the link before leads nowhere', async () => {
    const first = await invite({ days: 1 });
    await world.server.engine
      .pool`update invitations set created_at = created_at - 100000000, expires_at = expires_at - 100000000 where id = ${first.id}`;
    expect(await look(first.token)).toMatchObject({ code: 'invitation-expired' });
    expect((await pending()).find(({ id }) => id === first.id)).toMatchObject({ isExpired: true });
    const second = (await send(
      world.adam,
      `POST /invitations/${first.id}/link`,
    )) as unknown as Made;
    expect(second.expiresAt).toBeGreaterThan((await world.server.engine.now()) + 0.9 * DAY_MS);
    expect(await look(first.token)).toMatchObject({ code: 'invitation-spent' });
    expect(await look(second.token)).toMatchObject({ workspaceName: 'Northwind' });
  });

  it('R-18.1 for an owner is left alone by an admin', async () => {
    const { id } = await invite({ role: 'owner' });
    expect(await send(world.adam, `DELETE /invitations/${id}`)).toMatchObject({
      code: 'forbidden',
    });
    expect(await send(world.adam, `POST /invitations/${id}/link`)).toMatchObject({
      code: 'forbidden',
    });
    expect(await send(world.olga, `DELETE /invitations/${id}`)).toEqual({});
  });
});

describe('R-18.1 an invitation is refused, each time by what is wrong', () => {
  it('R-18.1 when it was used', async () => {
    const { token } = await invite();
    expect(await accept(token)).toHaveProperty('token');
    expect(await look(token)).toMatchObject({ code: 'invitation-used' });
    expect(await accept(token)).toMatchObject({ code: 'invitation-used' });
  });

  it('R-18.1 when it has expired, was withdrawn, or never was', async () => {
    const [old, withdrawn] = [await invite(), await invite()];
    await world.server.engine.pool`update invitations set expires_at = 1 where id = ${old.id}`;
    await send(world.adam, `DELETE /invitations/${withdrawn.id}`);
    for (const [token, code] of [
      [old.token, 'invitation-expired'],
      [withdrawn.token, 'invitation-withdrawn'],
      ['never', 'invitation-spent'],
    ] as const) {
      expect(await look(token)).toMatchObject({ code });
      expect(await accept(token)).toMatchObject({ code });
    }
  });

  it('R-18.1 when it is for another mail address, which then may still use it', async () => {
    const email = aMail();
    const { token } = await invite({ email });
    expect(await accept(token)).toMatchObject({ code: 'invitation-not-yours', field: 'email' });
    expect(await accept(token, email)).toHaveProperty('token');
  });

  it('R-18.1 when whoever uses it was deactivated here', async () => {
    const { agentId, email } = world.cara;
    await world.act(world.adam, 'agent.deactivate', { agentId });
    const { token } = await invite();
    expect(await accept(token, email)).toMatchObject({ code: 'deactivated' });
    await world.act(world.adam, 'agent.reactivate', { agentId });
    expect(await accept(token, email)).toMatchObject({ code: 'already-exists' });
  });
});

describe('R-18.1 an entry that was interrupted', () => {
  /** Used, and then the server was stopped. */
  async function used() {
    const { id, token } = await invite({ inboxIds: [world.inbox.id], role: 'supervisor' });
    const [userId, email] = [newId(Date.now()), aMail()];
    const passwordHash = await hashPassword(PASSWORD);
    await insertUser(sql, { id: userId, email, passwordHash });
    await spendInvitation(sql, { tokenHash: hashToken(token), userId, name: 'Nell' });
    const [entry] = await findUnfinishedEntries(sql, userId);
    if (!entry) throw new Error('the entry is unfinished');
    return { id, token, email, entry };
  }
  const enter = ({ entry }: Awaited<ReturnType<typeof used>>) =>
    world.act({ workspaceId: world.workspaceId, actor: SYSTEM }, 'agent.add', {
      agentId: entry.agentId,
      userId: entry.userId,
      name: entry.name,
      email: entry.email,
      role: entry.role,
    });

  it('R-18.1 is completed by the next server that starts', async () => {
    const interrupted = await used();
    await world.server.engine.signIn.invitations.finishEntries(null);
    const { agentId, userId } = interrupted.entry;
    const [agent] = await agents.load(sql, world.workspaceId, [agentId]);
    expect(agent).toMatchObject({ role: 'supervisor', email: interrupted.email });
    expect(await inboxesOf(agentId)).toEqual(['Shop']);
    expect(await findUnfinishedEntries(sql, userId)).toEqual([]);
  });

  it('R-18.1 is completed when the same person tries the link again, also where only inboxes lacked', async () => {
    const interrupted = await used();
    await enter(interrupted);
    expect(await inboxesOf(interrupted.entry.agentId)).toEqual([]);
    const accepted = await accept(interrupted.token, interrupted.email);
    expect(accepted).toMatchObject({ agentId: interrupted.entry.agentId });
    expect(await inboxesOf(accepted.agentId)).toEqual(['Shop']);
  });

  it('R-18.1 is completed at the next sign-in', async () => {
    const interrupted = await used();
    const { email } = interrupted;
    const signedIn = await send(null, 'POST /sign-in', { email, password: PASSWORD });
    expect(signedIn).toMatchObject({ agentId: interrupted.entry.agentId });
    expect(await inboxesOf(signedIn.agentId)).toEqual(['Shop']);
  });
});
