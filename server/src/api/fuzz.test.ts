import fc from 'fast-check';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Route } from '../platform/http/route.ts';
import { oddText, oddValue } from '../testing/oddities.ts';
import { expectWhole } from '../testing/wholeness.ts';
import { createWorld, type Person, type Visitor, type World } from '../testing/world.ts';

const RUNS = { numRuns: 600 };

let world: World;
let conversationId: string;
beforeAll(async () => {
  world = await createWorld({ PUBLIC_URL: 'http://desk.example' });
  await world.connect(world.ann);
  conversationId = await world.write(world.vera, 'Hello');
  await world.act(world.ann, 'conversation.accept', { conversationId });
});
afterAll(() => world.close());

it('whatever is asked of a route is answered, and never with its failure', async () => {
  await fc.assert(fc.asyncProperty(request(), sent), RUNS);
  // Not only the door was tried.
  expect(done).toBeGreaterThan(RUNS.numRuns / 20);
  expect(world.troubles).toEqual([]);
  await expectWhole(world);
}, 120_000);

interface Request {
  who: Person | Visitor | null;
  method: string;
  address: string;
  body: string | undefined;
  headers: Record<string, string>;
}

function request(): fc.Arbitrary<Request> {
  return fc.constantFrom(...world.server.routes).chain((route) =>
    fc.record({
      who: fc.constantFrom(world.ann, world.adam, world.susan, world.vera, world.walt, null),
      method: fc.constant(route.method),
      address: addressOf(route),
      body: route.method === 'GET' ? fc.constant(undefined) : bodyOf(route),
      headers: fc.oneof(
        { weight: 6, arbitrary: fc.constant({ 'content-type': 'application/json' }) },
        fc.constantFrom<Record<string, string>>(
          {},
          { 'content-type': 'text/plain' },
          { 'content-type': 'application/json; charset=utf-16' },
          { 'content-type': 'application/json', 'idempotency-key': 'x' },
          { 'content-type': 'application/json', authorization: 'Bearer' },
          { 'content-type': 'application/json', 'x-deskbell-inbox': "'" },
          { 'content-type': 'multipart/form-data; boundary=x' },
        ),
      ),
    }),
  );
}

/** Odd values in the path and the query, or those that would be right. */
function addressOf({ path, query }: Route): fc.Arbitrary<string> {
  const names = [...path.matchAll(/:(\w+)/g)].map(([, name]) => name ?? '');
  const asked = Object.keys(query.shape);
  return fc
    .record({
      inPath: fc.tuple(...names.map((name) => fieldOf(name))),
      inQuery: fc.tuple(...asked.map((name) => fc.option(fieldOf(name)))),
    })
    .map(({ inPath, inQuery }) => {
      const filled = names.reduce(
        (address, name, index) => address.replace(`:${name}`, encoded(inPath[index]) || '%00'),
        path,
      );
      const search = asked.flatMap((name, index) =>
        inQuery[index] === null ? [] : `${name}=${encoded(inQuery[index])}`,
      );
      return search.length > 0 ? `${filled}?${search.join('&')}` : filled;
    });
}

const encoded = (value: unknown) =>
  encodeURIComponent(
    (typeof value === 'string' ? value : (JSON.stringify(value) ?? ''))
      .toWellFormed()
      .slice(0, 3_000),
  );

/** A body with the right fields, some of them odd, or no such thing at all. */
function bodyOf({ body }: Route): fc.Arbitrary<string> {
  const fields = Object.fromEntries(
    Object.keys(body?.shape ?? {}).map((name) => [name, fieldOf(name)]),
  );
  const shaped = fc.record(fields, { requiredKeys: [] }).map((value) => JSON.stringify(value));
  const surplus = fc
    .record({ ...fields, [String('surplus')]: oddValue }, { requiredKeys: [] })
    .map((value) => JSON.stringify(value));
  return fc.oneof({ weight: 5, arbitrary: shaped }, surplus, oddText);
}

const right: Record<string, () => unknown> = {
  conversationId: () => conversationId,
  contactId: () => world.vera.contactId,
  inboxId: () => world.inbox.id,
  inbox: () => world.inbox.key,
  agentId: () => world.ben.agentId,
  text: () => 'Hello',
  name: () => 'Nell',
  workspaceName: () => 'Mine',
  email: () => 'nell@example.org',
  password: () => 'tulip-gravel-ninety-lantern',
  role: () => 'agent',
  list: () => 'open',
  limit: () => '10',
  color: () => '#00ff00',
};

function fieldOf(name: string): fc.Arbitrary<unknown> {
  const rightful = right[name];
  return rightful
    ? fc.oneof({ weight: 2, arbitrary: fc.constant(rightful()) }, oddValue)
    : oddValue;
}

let count = 0;
let done = 0;

async function sent({ who, method, address, body, headers }: Request): Promise<void> {
  count += 1;
  const response = await world.request(who, address, {
    method,
    headers: { 'x-forwarded-for': `198.51.${(count >> 8) & 255}.${count & 255}`, ...headers },
    ...(body === undefined ? {} : { raw: body }),
  });
  const text = await response.text();
  expect(response.status, `${method} ${address} ${body}: ${text}`).toBeLessThan(500);
  if (response.ok) done += 1;
  if (response.status >= 400) expect(JSON.parse(text)).toMatchObject({ status: response.status });
}
