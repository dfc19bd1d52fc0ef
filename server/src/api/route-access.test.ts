import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Route } from '../platform/http/route.ts';
import { askerIn, askers } from '../testing/askers.ts';
import { type Asked, type Fate, type RouteCase, routeCases } from '../testing/route-cases.ts';
import { createWorld, type World } from '../testing/world.ts';

let world: World;
beforeAll(async () => {
  // Behind a proxy, so that each request may come from an address of its own.
  world = await createWorld({ PUBLIC_URL: 'http://desk.example' });
  // Nobody is refused for being offline: who is refused lacks the right.
  const { olga, adam, susan, ann, ben, cara, elsewhere } = world;
  for (const person of [olga, adam, susan, ann, ben, cara, elsewhere.otto])
    await world.connect(person);
});
afterAll(() => world.close());

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

let requests = 0;

function caseOf(name: string): RouteCase {
  const found = routeCases[name];
  if (!found) throw new Error(`${name} has no case`);
  return found;
}

const isDone = (fate: Fate) => fate === 'sees' || fate === 'own';
const isSuccess = (status: number) => status === 200 || status === 204;

function ask(name: string, asked: Asked, asker: (typeof askers)[number]): Promise<Response> {
  const [method = '', path = ''] = name.split(' ');
  const address = path.replace(/:(\w+)/g, (_, field: string) => asked.params?.[field] ?? field);
  return world.request(askerIn(world, asker, asked.own), `${address}${asked.query ?? ''}`, {
    method,
    headers: {
      'x-forwarded-for': `198.51.${(requests >> 8) & 255}.${requests++ & 255}`,
      ...asked.headers,
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
