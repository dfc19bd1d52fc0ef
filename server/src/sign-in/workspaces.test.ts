import { PROTOCOL, type WorkspaceId } from '@deskbell/contract';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { TestSocket } from '../testing/socket.ts';
import { createWorld, PASSWORD, type Person, type World } from '../testing/world.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const json = async (response: Response) => (await response.json()) as Record<string, unknown>;
const named = (workspaceId: string) => ({ 'x-deskbell-workspace': workspaceId });
const post = (who: Person | null, address: string, body = {}) =>
  world.request(who, address, { method: 'POST', body });
const signIn = ({ email }: Person, headers = {}) =>
  world.request(null, '/sign-in', { method: 'POST', body: { email, password: PASSWORD }, headers });
const me = async (who: Person, headers: Record<string, string> = {}) =>
  json(await world.request(who, '/me', { headers }));
const invite = async (by: Person, more: { email?: string; role?: 'agent' | 'owner' } = {}) =>
  world.server.engine.signIn.invitations.invite({
    ...{ workspaceId: by.workspaceId, by: by.agentId, email: null, role: 'agent', ...more },
  });

let count = 0;
/** Somebody new in Northwind. */
async function newcomer(): Promise<Person> {
  count += 1;
  const { olga } = world;
  const someone = { name: 'Mia', email: `mia${count}@example.org`, password: PASSWORD };
  const { token } = await invite(olga);
  const entered = await json(await post(null, `/invitations/${token}`, someone));
  return {
    ...{ ...olga, ...someone, role: 'agent', token: String(entered.token) },
    ...{ agentId: String(entered.agentId), workspaceId: String(entered.workspaceId) },
  };
}

/** The same sign-in in Southpaw too, by one request. */
async function joined(who: Person): Promise<Person> {
  const { otto } = world.elsewhere;
  const { token } = await invite(otto);
  const answer = await post(who, `/invitations/${token}/join`);
  expect(answer.status).toBe(200);
  const { workspaceId, agentId } = await json(answer);
  return { ...who, workspaceId: String(workspaceId), agentId: String(agentId) };
}

let north: Person;
let south: Person;
beforeEach(async () => {
  north = await newcomer();
  south = await joined(north);
});

describe('R-18.1 one sign-in in several workspaces', () => {
  it('R-18.1 asks each by its name, and its own where none is named', async () => {
    expect(await me(south, named(south.workspaceId))).toMatchObject({
      agent: { id: south.agentId },
      workspace: { name: 'Southpaw' },
      workspaces: [{ name: 'Northwind' }, { name: 'Southpaw' }],
    });
    expect(await me(north)).toMatchObject({ agent: { id: north.agentId } });
    const stranger = await world.request(world.ann, '/me', { headers: named(south.workspaceId) });
    expect(await json(stranger)).toMatchObject({ code: 'not-a-member' });
    const nowhere = await world.request(north, '/me', { headers: named('nowhere') });
    expect(await json(nowhere)).toMatchObject({ code: 'not-a-member' });
  });

  it('R-18.1 who belongs nowhere any more is signed out, also before the session is deleted', async () => {
    const left = await world.server.engine.pool`
      update agents set is_active = false where id in (${north.agentId}, ${south.agentId})`;
    expect(left.count).toBe(2);
    for (const place of [north, south])
      expect(await me(north, named(place.workspaceId))).toMatchObject({ code: 'session-ended' });
  });

  it('R-18.1 stands in two at once; each stream is of one', async () => {
    const [here, there] = [await world.connect(north), await world.connect(south)];
    await world.act(world.elsewhere.otto, 'agent.rename', { name: 'Otto the Great' });
    await there.next('changes', ({ entities }) =>
      JSON.stringify(entities).includes('Otto the Great'),
    );
    await here.settle();
    expect(here.texts.join()).not.toContain('Otto');
    here.close();
    there.close();
  });

  it('R-18.1 a stream of a workspace that is not theirs does not open', async () => {
    const hello = { t: 'hello', protocol: PROTOCOL, isPresent: false } as const;
    const ask = async (who: Person, workspaceId: string) => {
      const socket = await TestSocket.open(world.url);
      socket.send({ ...hello, token: who.token, workspaceId: workspaceId as WorkspaceId });
      return socket;
    };
    expect((await (await ask(world.ann, south.workspaceId)).next('bye')).code).toBe('not-a-member');
    const own = await ask(north, south.workspaceId);
    await own.next('snapshot');
    own.close();
  });

  it('R-18.1 signs in to the last used one, or the one that is wanted', async () => {
    const where = async (headers = {}) => (await json(await signIn(north, headers))).workspaceId;
    expect(await where()).toBe(north.workspaceId);
    const stay = { method: 'PUT', headers: named(south.workspaceId) };
    expect((await world.request(north, '/me/workspace', stay)).status).toBe(204);
    expect(await where()).toBe(south.workspaceId);
    expect(await where(named(north.workspaceId))).toBe(north.workspaceId);
    expect((await me(north)).workspace).toMatchObject({ name: 'Southpaw' });
  });

  it('R-18.1 sees how many wait in each', async () => {
    const { otto, wanda } = world.elsewhere;
    const [row] = await world.server.engine.pool<{ id: string }[]>`
      select id from inboxes where workspace_id = ${otto.workspaceId}`;
    await world.act(otto, 'inbox.add-member', { inboxId: row?.id, agentId: south.agentId });
    await world.write(wanda, 'Anybody there?');
    await vi.waitFor(async () =>
      expect(await json(await world.request(north, '/me/workspaces'))).toEqual({
        workspaces: [
          { id: north.workspaceId, name: 'Northwind', waiting: expect.any(Number) },
          { id: south.workspaceId, name: 'Southpaw', waiting: 1 },
        ],
        mayCreate: false,
      }),
    );
  });
});

describe('R-18.1 by an invitation', () => {
  it('R-18.1 who is signed in comes in once, and only by one that is for them', async () => {
    const { otto } = world.elsewhere;
    const { token } = await invite(otto);
    const again = await post(north, `/invitations/${token}/join`);
    expect(await json(again)).toMatchObject({ code: 'already-exists' });
    const late = await newcomer();
    const theirs = await invite(otto, { email: late.email });
    const refused = await post(world.ann, `/invitations/${theirs.token}/join`);
    expect(await json(refused)).toMatchObject({ code: 'invitation-not-yours' });
    expect((await post(late, `/invitations/${theirs.token}/join`)).status).toBe(200);
    const used = await post(world.ben, `/invitations/${theirs.token}/join`);
    expect(await json(used)).toMatchObject({ code: 'invitation-used' });
  });

  it('R-18.1 who was deactivated there does not come in by one', async () => {
    const { otto } = world.elsewhere;
    await world.act(otto, 'agent.deactivate', { agentId: south.agentId });
    const { token } = await invite(otto);
    const refused = await post(north, `/invitations/${token}/join`);
    expect(await json(refused)).toMatchObject({ code: 'deactivated' });
  });
});

describe('R-18.1 what one workspace ends', () => {
  const standing = async (who: Person) =>
    (await world.request(who, '/me', { headers: named(who.workspaceId) })).status;

  it('R-18.1 who is deactivated in one stays in the others, also when they come back', async () => {
    const { otto } = world.elsewhere;
    const [here, there] = [await world.connect(north), await world.connect(south)];
    await world.act(otto, 'agent.deactivate', { agentId: south.agentId });
    expect((await there.next('bye')).code).toBe('session-ended');
    await here.settle();
    expect([await standing(north), await standing(south)]).toEqual([200, 403]);
    expect(await me(north)).toMatchObject({ workspaces: [{ name: 'Northwind' }] });
    const shutOut = () =>
      world.server.engine.pool`select from session_ends where workspace_id = ${south.workspaceId}`;
    await vi.waitFor(async () => expect(await shutOut()).not.toHaveLength(0), { timeout: 20_000 });
    await world.act(otto, 'agent.reactivate', { agentId: south.agentId });
    expect([await standing(north), await standing(south)]).toEqual([200, 401]);
    const anew = await json(await signIn(south, named(south.workspaceId)));
    expect(await standing({ ...south, token: String(anew.token) })).toBe(200);
    here.close();
  });

  it('R-18.1 the workspace that the session was last in gives way to another', async () => {
    await world.act(world.olga, 'agent.deactivate', { agentId: north.agentId });
    await vi.waitFor(async () => expect((await me(north)).workspace).toBeDefined(), {
      timeout: 20_000,
    });
    expect((await me(north)).workspace).toMatchObject({ name: 'Southpaw' });
  });

  it("R-18.1 an admin's ending of sessions ends them there, and nowhere else", async () => {
    const { otto } = world.elsewhere;
    const [here, there] = [await world.connect(north), await world.connect(south)];
    const address = `/agents/${south.agentId}/sessions`;
    const ended = await world.request(otto, address, { method: 'DELETE' });
    expect(await json(ended)).toEqual({ ended: 1 });
    expect((await there.next('bye')).code).toBe('session-ended');
    await here.settle();
    expect([await standing(north), await standing(south)]).toEqual([200, 401]);
    here.close();
  });

  it('R-18.1 signing out ends all of them', async () => {
    const [here, there] = [await world.connect(north), await world.connect(south)];
    await post(north, '/sign-out');
    for (const socket of [here, there])
      expect((await socket.next('bye')).code).toBe('session-ended');
    expect([await standing(north), await standing(south)]).toEqual([401, 401]);
  });
});

describe('R-18.1 a further workspace', () => {
  it('R-18.1 is made by an owner, who owns it too; the sign-in is the same', async () => {
    const { olga } = world;
    const made = await json(await post(olga, '/workspaces', { name: 'Eastgate' }));
    expect(await me(olga, named(String(made.workspaceId)))).toMatchObject({
      agent: { id: made.agentId, role: 'owner', name: 'Olga' },
      workspace: { name: 'Eastgate' },
    });
    expect((await post(world.adam, '/workspaces', { name: 'Mine' })).status).toBe(403);
    expect((await post(olga, '/workspaces', { name: ' ' })).status).toBe(400);
  });

  it('R-18.1 is made by whom NEW_WORKSPACES names', async () => {
    const may = async (who: Person, newWorkspaces: 'everybody' | 'nobody') => {
      const other = await createWorld({ NEW_WORKSPACES: newWorkspaces });
      const person = who === world.olga ? other.olga : other.cara;
      const { status } = await other.request(person, '/workspaces', {
        method: 'POST',
        body: { name: 'Mine' },
      });
      await other.close();
      return status;
    };
    expect(await may(world.cara, 'everybody')).toBe(200);
    expect(await may(world.olga, 'nobody')).toBe(403);
  });
});
