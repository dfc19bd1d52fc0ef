import type { Availability } from '@deskbell/contract';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { conversations } from '../conversations/index.ts';
import type { Queries } from '../platform/store/connect.ts';
import { createWorld, type Person, type Visitor, type World } from '../testing/world.ts';

let world: World;
let everybody: Person[];
beforeAll(async () => {
  world = await createWorld();
  everybody = [
    world.olga,
    world.adam,
    world.susan,
    world.ann,
    world.ben,
    world.cara,
    world.tess,
    world.tom,
  ];
  await world.act(world.olga, 'inbox.remove-member', {
    inboxId: world.inbox.id,
    agentId: world.olga.agentId,
  });
});
afterAll(() => world.close());
beforeEach(async () => {
  await set({ routing: 'round-robin', capacity: 1_000, isRoutingSticky: true });
  for (const person of everybody) await turn(person, 'away');
  for (const person of everybody) await release(person);
});

const set = (settings: object) => world.act(world.adam, 'workspace.change-settings', settings);
const turn = (who: Person, availability: Availability) =>
  world.act(who, 'agent.set-availability', { availability });
async function rowOf(id: string) {
  const sql = world.server.engine.pool as unknown as Queries;
  const [row] = await conversations.load(sql, world.workspaceId, [id]);
  if (!row) throw new Error('there is no such conversation');
  return row;
}
const holderOf = async (id: string) => (await rowOf(id)).assigneeId;
const becomes = (id: string, who: Person | null) =>
  vi.waitFor(async () => expect(await holderOf(id)).toBe(who?.agentId ?? null), { timeout: 5_000 });
const writes = (visitor: Visitor = world.newVisitor()) => world.write(visitor, 'Hello?');
const close = (conversationId: string, by: Person) =>
  world.act(by, 'conversation.close', { conversationId });

describe('R-3.3 conversations find their agents', () => {
  it('each agent in turn, of those who serve the inbox and are online', async () => {
    await turn(world.ann, 'online');
    await turn(world.tess, 'online');
    // Cara serves another inbox, and Ben is away.
    await turn(world.cara, 'online');
    const first = await writes();
    await vi.waitFor(async () => expect(await holderOf(first)).not.toBeNull(), { timeout: 5_000 });
    const [one, other] =
      (await holderOf(first)) === world.ann.agentId
        ? [world.ann, world.tess]
        : [world.tess, world.ann];
    for (const who of [other, one, other]) await becomes(await writes(), who);
  });

  it('whoever has the most room, by what each may have', async () => {
    await set({ routing: 'least-busy', capacity: 4 });
    await turn(world.ann, 'online');
    const had = [await writes(), await writes()];
    for (const id of had) await becomes(id, world.ann);
    await turn(world.ben, 'online');
    for (let more = 0; more < 2; more += 1) await becomes(await writes(), world.ben);
    await world.act(world.adam, 'agent.set-capacity', { agentId: world.ben.agentId, capacity: 2 });
    await becomes(await writes(), world.ann);
    await world.act(world.adam, 'agent.set-capacity', {
      agentId: world.ben.agentId,
      capacity: null,
    });
  });

  it('who waits gets the first who comes online, and not one who is away', async () => {
    const [first, second] = [await writes(), await writes()];
    expect([await holderOf(first), await holderOf(second)]).toEqual([null, null]);
    await set({ capacity: 1 });
    await turn(world.ben, 'online');
    await becomes(first, world.ben);
    expect(await holderOf(second)).toBeNull();
    // room is made by closing, and by waiting for the contact.
    await close(first, world.ben);
    await becomes(second, world.ben);
    const third = await writes();
    await world.act(world.ben, 'conversation.mark-pending', { conversationId: second });
    await becomes(third, world.ben);
  });

  it('a contact who comes back gets their last agent, where that is set', async () => {
    const visitor = world.newVisitor();
    await turn(world.ann, 'online');
    const first = await writes(visitor);
    await becomes(first, world.ann);
    await turn(world.ben, 'online');
    await world.act(visitor, 'conversation.end', {});
    // It is Ben's turn, and yet.
    const second = await writes(visitor);
    expect(second).not.toBe(first);
    await becomes(second, world.ann);
    await set({ isRoutingSticky: false });
    await world.act(visitor, 'conversation.end', {});
    await becomes(await writes(visitor), world.ben);
  });

  it('in a team’s queue, by those of the team', async () => {
    await turn(world.ann, 'online');
    const id = await writes();
    await becomes(id, world.ann);
    // Members of the inbox see a team's conversations; they are not given them.
    await turn(world.ben, 'online');
    await world.act(world.ann, 'conversation.transfer', {
      conversationId: id,
      teamId: world.sales,
    });
    // Whatever that set off is over: what came after it has found its agent.
    const later = await writes();
    await vi.waitFor(async () => expect(await holderOf(later)).not.toBeNull(), { timeout: 5_000 });
    expect(await holderOf(id)).toBeNull();
    await turn(world.tom, 'online');
    await becomes(id, world.tom);
  });

  it('what waited while people handed it out is given when routing is switched on', async () => {
    await set({ routing: 'manual' });
    await turn(world.ann, 'online');
    const id = await writes();
    // A further message is answered, so whatever the first one set off is over.
    await world.write(world.newVisitor(), 'Me too');
    expect(await holderOf(id)).toBeNull();
    await set({ routing: 'least-busy' });
    await becomes(id, world.ann);
  });

  it('the timeline tells that nobody did it, and every desk shows it', async () => {
    const desk = await world.connect(world.susan, false);
    await turn(world.ann, 'online');
    const id = await writes();
    await becomes(id, world.ann);
    const told = new RegExp(`"id":"${id}"[^{]*"assigneeId":"${world.ann.agentId}"`);
    await vi.waitFor(() => expect(desk.texts.join()).toMatch(told), { timeout: 5_000 });
    const response = await world.request(world.susan, `/conversations/${id}/timeline?limit=10`);
    const { entries } = (await response.json()) as {
      entries: { activity?: { what: string }; author: { kind: string } }[];
    };
    const entry = entries.find(({ activity }) => activity?.what === 'assigned');
    expect(entry?.author.kind).toBe('system');
  });
});

/** Ends all that somebody has open. */
async function release({ agentId }: Person): Promise<void> {
  const { pool } = world.server.engine;
  const rows = await pool<{ id: string }[]>`
    select id from conversations where assignee_id = ${agentId} and status = 'open'`;
  for (const { id } of rows)
    await world.act(world.susan, 'conversation.close', { conversationId: id, reason: 'test' });
}
