import { afterAll, beforeAll, expect, test } from 'vitest';
import { issuePasswordReset } from '../../server/src/sign-in/index.ts';
import { createWorld, PASSWORD, type Person, type World } from '../../server/src/testing/world.ts';
import { Fleet } from './fleet.ts';

/** One server in this process, whose own looking for ended sessions is switched off, and another. */
let world: World;
let fleet: Fleet;
beforeAll(async () => {
  world = await createWorld();
  fleet = await Fleet.start(world.database.url, { count: 1 });
  world.server.engine.sessions.close();
  await fleet.knowEachOther(2);
});
afterAll(async () => {
  await fleet.close();
  await world.close();
});

/** At the other server. */
const ask = (who: Person | null, [method, address]: readonly [string, string], body?: object) =>
  fetch(`${fleet.urls[0]}/api/v1${address}`, {
    method,
    headers: {
      ...(who && { authorization: `Bearer ${who.token}` }),
      ...(body && { 'content-type': 'application/json' }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });

/** A further session of somebody, with a stream here. */
async function signedIn(person: Person) {
  const response = await ask(null, ['POST', '/sign-in'], {
    email: person.email,
    password: PASSWORD,
  });
  const { token } = (await response.json()) as { token: string };
  const who = { ...person, token };
  return { who, socket: await world.connect(who) };
}

test('R-18.1 a session that is ended on one server ends its streams on the others at once', async () => {
  const [ann, ben] = [await signedIn(world.ann), await signedIn(world.ben)];
  const staying = await world.connect(world.ann);
  await ask(ann.who, ['POST', '/sign-out'], {});
  expect((await ann.socket.next('bye')).code).toBe('session-ended');
  await ask(world.adam, ['DELETE', `/agents/${world.ben.agentId}/sessions`]);
  expect((await ben.socket.next('bye')).code).toBe('session-ended');
  await staying.settle();
  staying.close();
});

test('R-18.1 a password chosen by a link ends them too', async () => {
  const { socket } = await signedIn(world.cara);
  const made = await issuePasswordReset(world.server.engine.pool, world.cara.email);
  const token = made?.path.split('/').at(-1);
  const chosen = { password: 'seven-quiet-otters-paddling' };
  expect((await ask(null, ['POST', `/password-resets/${token}`], chosen)).status).toBe(200);
  expect((await socket.next('bye')).code).toBe('session-ended');
});

test('R-18.1 where the bus loses it, the next look at the sessions finds it', async () => {
  const { who, socket } = await signedIn(world.susan);
  const { bus, sessions } = world.server.engine;
  await bus.close();
  await ask(who, ['POST', '/sign-out'], {});
  // Nobody has told: it stands.
  await socket.settle();
  await sessions.sweep();
  expect((await socket.next('bye')).code).toBe('session-ended');
});
