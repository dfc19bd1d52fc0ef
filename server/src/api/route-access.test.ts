import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Route } from '../platform/http/route.ts';
import { askerIn, askers } from '../testing/askers.ts';
import type { Asked, Fate, RouteCase } from '../testing/route-arrangements.ts';
import { routeCases } from '../testing/route-cases.ts';
import { createWorld, PASSWORD, type Person, type Visitor, type World } from '../testing/world.ts';

let world: World;
beforeAll(async () => {
  // Behind a proxy, so that each request may come from an address of its own.
  world = await createWorld({ PUBLIC_URL: 'http://desk.example' });
  // Nobody is refused for being offline: who is refused lacks the right.
  const { olga, adam, susan, ann, ben, cara, tess, tom, elsewhere } = world;
  for (const person of [olga, adam, susan, ann, ben, cara, tess, tom, elsewhere.otto])
    await attend(person);
});
afterAll(() => {
  for (const timer of attending) clearInterval(timer);
  return world.close();
});

const attending: NodeJS.Timeout[] = [];
/** Is there until the end: a desk says now and then that it still is. */
async function attend(person: Person): Promise<void> {
  const socket = await world.connect(person);
  attending.push(setInterval(() => socket.send({ t: 'ping' }), 20_000));
}

const nameOf = ({ method, path }: Route) => `${method} ${path}`;
const routeOf = (name: string) => world.server.routes.find((route) => nameOf(route) === name);

it('every route says who gets through, and nothing else does', () => {
  expect(Object.keys(routeCases).sort()).toEqual(world.server.routes.map(nameOf).sort());
});

describe.each(Object.keys(routeCases))('%s', (name) => {
  const { arrange, fates } = caseOf(name);

  it.each(askers)('%s', async (asker) => {
    const asked = await arrange(world);
    const fate = fates[asker];
    const response = await ask(name, asked, asker);
    const text = await response.text();
    if (isDone(fate)) {
      expect(isSuccess(response.status), `${response.status} ${text}`).toBe(true);
      expectListed(name, text);
    } else expect(response.status, text).toBe(fate);
    if (asked.secret) expect(text.includes(asked.secret)).toBe(fate === 'sees');
    if (fate !== 'sees') await expectPossible(name, asked);
  });
});

describe('R-18.1 a workspace that is named', () => {
  /** About the sign-in, and so the same wherever one stands. */
  const ofSignIn = [
    'GET /me/workspaces',
    'PUT /me/workspace',
    'POST /workspaces',
    'POST /invitations/:token/join',
  ];
  const ofAgents = Object.entries(routeCases)
    .filter(([, { fates }]) => fates.nobody === 401 && fates.contact === 401)
    .map(([name]) => name);
  const here = () => ({ 'x-deskbell-workspace': world.workspaceId });
  let both: Person;
  beforeAll(async () => {
    both = await ownerElsewhereAndAgentHere();
    for (const workspaceId of [world.workspaceId, both.workspaceId])
      await attend({ ...both, workspaceId });
  });

  it.each(ofAgents)('%s is refused to who is none of its agents', async (name) => {
    const asked = await caseOf(name).arrange(world);
    const response = await send(name, asked, { who: world.elsewhere.otto, headers: here() });
    expect(await response.json()).toMatchObject({ status: 403, code: 'not-a-member' });
    if (caseOf(name).fates['owner elsewhere'] === 'own')
      expect(
        isSuccess((await send(name, asked, { who: world.elsewhere.otto, headers: {} })).status),
      ).toBe(true);
  });

  it.each(ofAgents.filter((name) => !ofSignIn.includes(name)))(
    '%s answers an agent of several as what they are there',
    async (name) => {
      const { arrange, fates } = caseOf(name);
      for (const [headers, fate] of [
        [here(), fates['agent without the inbox']],
        [{}, fates['owner elsewhere']],
      ] as const) {
        const asked = await arrange(world);
        const response = await send(name, asked, { who: both, headers });
        const text = await response.text();
        if (isDone(fate)) expect(isSuccess(response.status), text).toBe(true);
        else expect(response.status, text).toBe(fate);
        if (asked.secret) expect(text.includes(asked.secret)).toBe(fate === 'sees');
      }
    },
  );

  /** Somebody who owns the other workspace and is an agent of this one, in no inbox; their session's own is the other. */
  async function ownerElsewhereAndAgentHere(): Promise<Person> {
    const { signIn } = world.server.engine;
    const { otto } = world.elsewhere;
    const given = { by: otto.agentId, email: null, inboxIds: [] };
    const there = await signIn.invitations.invite({
      ...{ ...given, workspaceId: otto.workspaceId, role: 'owner' },
    });
    const someone = { name: 'Bo', email: 'bo@example.org', password: PASSWORD, userAgent: '' };
    const entered = await signIn.accept({ ...someone, token: there.token });
    if ('code' in entered) throw new Error(entered.detail);
    const { token, workspaceId } = entered;
    const here = await signIn.invitations.invite({
      ...{ ...given, workspaceId: world.workspaceId, role: 'agent' },
    });
    const joined = await signIn.join(here.token, entered);
    if ('code' in joined) throw new Error(joined.detail);
    return { ...otto, ...someone, token, workspaceId, agentId: entered.agentId };
  }
});

let requests = 0;

function caseOf(name: string): RouteCase {
  const found = routeCases[name];
  if (!found) throw new Error(`${name} has no case`);
  return found;
}

const isDone = (fate: Fate) => fate === 'sees' || fate === 'own';
const isSuccess = (status: number) => status === 200 || status === 204;

const ask = (name: string, asked: Asked, asker: (typeof askers)[number]) =>
  send(name, asked, { who: askerIn(world, asker, asked.own), headers: {} });

function send(
  name: string,
  asked: Asked,
  { who, headers }: { who: Person | Visitor | null; headers: Record<string, string> },
): Promise<Response> {
  const [method = '', path = ''] = name.split(' ');
  const address = path.replace(/:(\w+)/g, (_, field: string) => asked.params?.[field] ?? field);
  return world.request(who, `${address}${asked.query ?? ''}`, {
    method,
    headers: {
      'x-forwarded-for': `198.51.${(requests >> 8) & 255}.${requests++ & 255}`,
      ...asked.headers,
      ...headers,
    },
    ...(asked.body ? { body: asked.body } : {}),
  });
}

/** That one was refused, or touched one's own alone, is proven where the right person then gets through with the same. */
async function expectPossible(name: string, asked: Asked): Promise<void> {
  const right = askers.find((asker) => caseOf(name).fates[asker] === 'sees');
  if (!right) return;
  const response = await ask(name, asked, right);
  expect(isSuccess(response.status), `${right}: ${response.status}`).toBe(true);
}

/** An answer holds what its schema lists, and nothing beside. */
function expectListed(name: string, text: string): void {
  const { answer } = routeOf(name) ?? {};
  if (!answer) return expect(text).toBe('');
  const value: unknown = JSON.parse(text);
  expect(answer.parse(value)).toEqual(value);
}
