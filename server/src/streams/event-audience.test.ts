import { contactEntitiesSchema, type EventKind, events } from '@deskbell/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { eventCases, type Listener, listeners, type Scene } from '../testing/event-cases.ts';
import type { TestSocket } from '../testing/socket.ts';
import { createWorld, type World } from '../testing/world.ts';

type OutsideListener = 'contact' | 'other contact' | 'owner elsewhere' | 'contact elsewhere';

let world: World;
let agents: Record<Exclude<Listener, OutsideListener>, TestSocket>;
let elsewhere: TestSocket;
beforeAll(async () => {
  world = await createWorld();
  elsewhere = await world.connect(world.elsewhere.otto);
  agents = {
    agent: await world.connect(world.ann),
    colleague: await world.connect(world.ben),
    'agent without the inbox': await world.connect(world.cara),
    'in a team elsewhere': await world.connect(world.tom),
    'in a team that serves it': await world.connect(world.tess),
    supervisor: await world.connect(world.susan),
  };
  await world.connect(world.olga);
});
afterAll(() => world.close());

it('every kind of event of the contract has its case', () => {
  expect(Object.keys(eventCases).sort()).toEqual(Object.keys(events).sort());
});

describe.each(Object.keys(events) as EventKind[])('%s', (kind) => {
  it('is told to those it is for, and to nobody else', async () => {
    const { arrange, cause, toldTo } = eventCases[kind];
    const scene = await arrange(world);
    const sockets = await listen(scene);
    const before = new Map(listeners.map((each) => [each, sockets[each].texts.length]));
    const { position, mark } = await cause(world, scene);
    await heard(sockets, position);

    const news = (listener: Listener) => sockets[listener].texts.slice(before.get(listener));
    const told = listeners.filter((listener) => news(listener).join().includes(mark));
    expect(told.sort()).toEqual([...toldTo].sort());
    if (!toldTo.includes('contact')) expect(withoutPongs(news('contact'))).toEqual([]);
    for (const contact of ['contact', 'other contact', 'contact elsewhere'] as const)
      expectNothingInternal(sockets[contact]);
  });
});

/** Agents have caught up with the scene, one watches the timeline; widgets are opened anew. */
async function listen({ own, conversationId, position }: Scene) {
  const sockets = {
    ...agents,
    contact: await world.connect(own),
    'other contact': await world.connect(world.walt),
    'owner elsewhere': elsewhere,
    'contact elsewhere': await world.connect(world.elsewhere.wanda),
  } satisfies Record<Listener, TestSocket>;
  await Promise.all(Object.values(agents).map((agent) => agent.reach(position)));
  if (conversationId) {
    sockets.agent.send({ t: 'watch', conversationId: conversationId as never, after: null });
    await sockets.agent.next('timeline', (frame) => frame.conversationId === conversationId);
  }
  return sockets;
}

/** Whatever was to be told has been told: the desks have reached it, the others are past it. */
async function heard(sockets: Record<Listener, TestSocket>, position: number): Promise<void> {
  await Promise.all(Object.values(agents).map((agent) => agent.reach(position)));
  const { otto } = world.elsewhere;
  const later = await world.act(otto, 'agent.rename', { name: `Otto ${position}` });
  await elsewhere.reach(later.position);
  for (const each of ['contact', 'other contact', 'contact elsewhere'] as const)
    await sockets[each].settle();
}

const withoutPongs = (texts: string[]) => texts.filter((text) => text !== '{"t":"pong"}');

/** A contact's frames hold what the contract lists for contacts, and nothing beside. */
function expectNothingInternal(socket: TestSocket): void {
  for (const frame of socket.frames) {
    if (frame.t !== 'snapshot' && frame.t !== 'changes') continue;
    expect(contactEntitiesSchema.parse(frame.entities)).toEqual(frame.entities);
    expect(frame.through).not.toMatch(/^\d+$/);
  }
}
