import { randomUUID } from 'node:crypto';
import type { CommandKind } from '@deskbell/contract';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { SYSTEM } from '../platform/pipeline/command.ts';
import type { Queries } from '../platform/store/connect.ts';
import { turnClock } from '../testing/clock.ts';
import { createWorld, type Person, type Visitor, type World } from '../testing/world.ts';
import type { ConversationRow } from './rules.ts';
import { conversations, findDueConversations, readTimeline } from './sql.ts';

const MINUTE = 60_000;
let world: World;
let vera: Visitor;
let sql: Queries;

beforeAll(async () => {
  world = await createWorld();
  sql = world.server.engine.pool as unknown as Queries;
});
afterAll(() => world.close());

/** Each test has a visitor of its own, and Ann, Ben and Susan are online. */
beforeEach(async () => {
  vera = newVisitor();
  for (const person of [world.ann, world.ben, world.susan])
    await world.act(person, 'agent.set-availability', { availability: 'online' });
});

function newVisitor(): Visitor {
  const contactId = randomUUID();
  return { ...world.vera, contactId, actor: { ...world.vera.actor, id: contactId } };
}

const turn = (byMs: number) => turnClock(world.server.engine.pool, world.workspaceId, byMs);
const goOffline = (person: Person) =>
  world.act(person, 'agent.set-availability', { availability: 'offline' });

/** As `world.act`, but a refusal is an answer. */
function attempt(
  who: { workspaceId: string; actor: Person['actor'] | Visitor['actor'] | typeof SYSTEM },
  kind: CommandKind,
  input: object,
) {
  const { workspaceId, actor } = who;
  return world.server.engine.submit({ workspaceId, actor, kind, input, clientId: randomUUID() });
}

const system = () => ({ workspaceId: world.workspaceId, actor: SYSTEM });
const tick = (conversationId: string) => attempt(system(), 'conversation.tick', { conversationId });

async function rowOf(conversationId: string): Promise<ConversationRow> {
  const [row] = await conversations.load(sql, world.workspaceId, [conversationId]);
  if (!row) throw new Error(`there is no conversation ${conversationId}`);
  return row;
}

async function storyOf(conversationId: string): Promise<string[]> {
  const entries = await readTimeline(sql, world.workspaceId, { conversationId, limit: 100 });
  expect(entries.map((entry) => entry.seq)).toEqual(entries.map((_, index) => index + 1));
  return entries.map((entry) => entry.activity?.what ?? `${entry.authorKind}: ${entry.text}`);
}

async function taken(by: Person): Promise<string> {
  const conversationId = await world.write(vera, 'Hello?');
  await world.act(by, 'conversation.accept', { conversationId });
  return conversationId;
}

describe('R-1.2 a first message', () => {
  it('R-1.2 opens a conversation in the queue, and makes the contact', async () => {
    const conversationId = await world.write(vera, 'Hello?');
    expect(await rowOf(conversationId)).toMatchObject({
      status: 'open',
      holder: 'nobody',
      lastText: 'Hello?',
      contactMessages: 1,
    });
    expect(await storyOf(conversationId)).toEqual(['opened', 'contact: Hello?']);
  });

  it('R-1.2 of two first messages at once one opens it and the other joins', async () => {
    const [one, other] = await Promise.all([world.write(vera, 'one'), world.write(vera, 'other')]);
    expect(one).toBe(other);
    expect(await storyOf(one)).toEqual(['opened', 'contact: one', 'contact: other']);
  });

  it('R-1.2 an agent who writes first has the conversation, and only where none is unclosed', async () => {
    const conversationId = await taken(world.ann);
    const input = { inboxId: world.inbox.id, contactId: vera.contactId, text: 'About before' };
    expect(await attempt(world.ben, 'conversation.start', input)).toMatchObject({
      code: 'conversation-unclosed',
    });
    await world.act(world.ann, 'conversation.close', { conversationId });
    const { answer } = await world.act(world.ben, 'conversation.start', input);
    const started = await rowOf(String(answer.conversationId));
    expect(started).toMatchObject({
      status: 'open',
      assigneeId: world.ben.agentId,
      lastSide: 'ours',
    });
    expect(started.id).not.toBe(conversationId);
  });

  it('R-1.2 nobody starts a conversation in an inbox that is not there, or is of another workspace', async () => {
    await world
      .write(vera, 'Hello?')
      .then((conversationId) => world.act(world.susan, 'conversation.close', { conversationId }));
    for (const inboxId of [randomUUID(), world.elsewhere.inbox.id])
      expect(
        await attempt(world.susan, 'conversation.start', {
          inboxId,
          contactId: vera.contactId,
          text: 'hi',
        }),
      ).toMatchObject({ code: 'not-found' });
  });
});

describe('R-1.3 pending', () => {
  it('R-1.3 who is in it marks it pending, a stranger does not', async () => {
    const conversationId = await taken(world.ann);
    expect(await attempt(world.ben, 'conversation.mark-pending', { conversationId })).toMatchObject(
      { code: 'forbidden' },
    );
    await world.act(world.susan, 'conversation.mark-pending', { conversationId });
    expect(await rowOf(conversationId)).toMatchObject({
      status: 'pending',
      assigneeId: world.ann.agentId,
    });
  });

  it("R-1.3 the contact's message makes it open again, with the assignee who is online", async () => {
    const conversationId = await taken(world.ann);
    await world.act(world.ann, 'conversation.mark-pending', { conversationId });
    expect(await world.write(vera, 'Back')).toBe(conversationId);
    expect(await rowOf(conversationId)).toMatchObject({
      status: 'open',
      assigneeId: world.ann.agentId,
    });
    expect(await storyOf(conversationId)).toEqual([
      'opened',
      'contact: Hello?',
      'assigned',
      'pending',
      'resumed',
      'contact: Back',
    ]);
  });

  it('R-1.3 with the assignee offline it is queued in front', async () => {
    const conversationId = await taken(world.ann);
    await world.act(world.ann, 'conversation.mark-pending', { conversationId });
    await goOffline(world.ann);
    await world.write(vera, 'Back');
    expect(await rowOf(conversationId)).toMatchObject({
      status: 'open',
      holder: 'nobody',
      assigneeId: null,
      isQueuedInFront: true,
    });
  });

  it('R-1.3 an assignee who no longer serves the inbox keeps what is theirs, and sees it', async () => {
    const conversationId = await taken(world.ben);
    await world.act(world.ben, 'conversation.mark-pending', { conversationId });
    const member = { inboxId: world.inbox.id, agentId: world.ben.agentId };
    await world.act(world.olga, 'inbox.remove-member', member);
    try {
      await world.write(vera, 'Back');
      expect(await rowOf(conversationId)).toMatchObject({
        status: 'open',
        holder: 'agent',
        assigneeId: world.ben.agentId,
      });
      const { status } = await world.request(world.ben, `/conversations/${conversationId}`);
      expect(status).toBe(200);
    } finally {
      await world.act(world.olga, 'inbox.add-member', member);
    }
  });

  it('R-1.3 it closes by itself after 24 hours', async () => {
    const conversationId = await taken(world.ann);
    await world.act(world.ann, 'conversation.mark-pending', { conversationId });
    await turn(24 * 60 * MINUTE);
    await tick(conversationId);
    expect(await rowOf(conversationId)).toMatchObject({
      status: 'closed',
      closeReason: 'pending-timeout',
    });
  });

  it('R-1.3 the agent takes it up again without waiting, and keeps it', async () => {
    const conversationId = await taken(world.ann);
    await world.act(world.ann, 'message.send', { conversationId, text: 'One moment' });
    await world.act(world.ann, 'conversation.mark-pending', { conversationId });
    await turn(60 * MINUTE);
    await world.act(world.ann, 'conversation.mark-open', { conversationId });
    await tick(conversationId);
    expect(await rowOf(conversationId)).toMatchObject({
      status: 'open',
      assigneeId: world.ann.agentId,
    });
  });
});

describe('R-1.4, R-1.5 closing', () => {
  it('R-1.4 who is in it closes it, the contact ends it, a stranger does neither', async () => {
    const conversationId = await taken(world.ann);
    expect(await attempt(world.ben, 'conversation.close', { conversationId })).toMatchObject({
      code: 'taken',
      agentId: world.ann.agentId,
    });
    expect(await attempt(newVisitor(), 'conversation.end', {})).toMatchObject({
      code: 'not-found',
    });
    await world.act(vera, 'conversation.end', {});
    expect(await rowOf(conversationId)).toMatchObject({ status: 'closed', closeReason: 'contact' });
  });

  it('R-1.4 a queued one is closed by anybody who serves the inbox', async () => {
    const conversationId = await world.write(vera, 'spam');
    expect(await attempt(world.cara, 'conversation.close', { conversationId })).toMatchObject({
      code: 'not-found',
    });
    await world.act(world.ben, 'conversation.close', { conversationId });
    expect(await rowOf(conversationId)).toMatchObject({ status: 'closed', closeReason: 'agent' });
  });

  it('R-1.5, R-1.10 silence closes it once, however often and from wherever it is ticked', async () => {
    const conversationId = await taken(world.ann);
    await world.act(world.ann, 'message.send', { conversationId, text: 'Still there?' });
    await turn(15 * MINUTE);
    await Promise.all([tick(conversationId), tick(conversationId), tick(conversationId)]);
    expect(await rowOf(conversationId)).toMatchObject({
      status: 'closed',
      closeReason: 'inactivity',
    });
    expect((await storyOf(conversationId)).filter((what) => what === 'closed')).toHaveLength(1);
  });

  it('R-1.10 what is due is found by any server, until its tick', async () => {
    const conversationId = await taken(world.ann);
    await world.act(world.ann, 'message.send', { conversationId, text: 'Still there?' });
    const { dueAt } = await rowOf(conversationId);
    const isFound = async (now: number) =>
      (await findDueConversations(sql, now, 1000)).some(({ id }) => id === conversationId);
    expect(await isFound((dueAt ?? 0) - 1)).toBe(false);
    expect(await isFound(dueAt ?? 0)).toBe(true);
    await turn(15 * MINUTE);
    await tick(conversationId);
    expect(await isFound(Number.MAX_SAFE_INTEGER)).toBe(false);
  });
});

describe('R-1.8 reopening', () => {
  it('R-1.8 within 30 minutes of closing the contact reopens it, in front of the queue', async () => {
    const conversationId = await taken(world.ann);
    await world.act(world.ann, 'conversation.close', { conversationId });
    await goOffline(world.ann);
    await turn(29 * MINUTE);
    expect(await world.write(vera, 'One more thing')).toBe(conversationId);
    expect(await rowOf(conversationId)).toMatchObject({
      status: 'open',
      holder: 'nobody',
      isQueuedInFront: true,
      closeReason: null,
    });
  });

  it('R-1.8 with the assignee online they have it again', async () => {
    const conversationId = await taken(world.ann);
    await world.act(world.ann, 'conversation.close', { conversationId });
    await world.write(vera, 'One more thing');
    expect(await rowOf(conversationId)).toMatchObject({
      status: 'open',
      assigneeId: world.ann.agentId,
    });
  });

  it('R-1.8 later a new one begins', async () => {
    const conversationId = await taken(world.ann);
    await world.act(world.ann, 'conversation.close', { conversationId });
    await turn(31 * MINUTE);
    const next = await world.write(vera, 'Another matter');
    expect(next).not.toBe(conversationId);
    expect(await rowOf(conversationId)).toMatchObject({ status: 'closed' });
  });

  it('R-1.8 never after their own End chat', async () => {
    const conversationId = await taken(world.ann);
    await world.act(vera, 'conversation.end', {});
    expect(await world.write(vera, 'Hello again')).not.toBe(conversationId);
  });

  it('R-1.8 End chat and the next message at once make two conversations', async () => {
    const conversationId = await taken(world.ann);
    const [, next] = await Promise.all([
      world.act(vera, 'conversation.end', {}),
      world.write(vera, 'Hello again'),
    ]);
    expect(next).not.toBe(conversationId);
  });

  it('R-1.8 an agent reopens, becomes the assignee, and it stays open', async () => {
    const conversationId = await taken(world.ann);
    await world.act(world.ann, 'message.send', { conversationId, text: 'Done.' });
    await world.act(world.ann, 'conversation.close', { conversationId });
    await turn(3 * 60 * MINUTE);
    await world.act(world.ben, 'conversation.reopen', { conversationId });
    await tick(conversationId);
    expect(await rowOf(conversationId)).toMatchObject({
      status: 'open',
      assigneeId: world.ben.agentId,
    });
  });

  it('R-1.8 an agent does not reopen the old one beside a new one, also when it was only just looked up', async () => {
    const old = await taken(world.ann);
    await world.act(world.ann, 'conversation.close', { conversationId: old });
    await turn(31 * MINUTE);
    const next = await world.write(vera, 'Another matter');
    // Another server's event: the rows held are let go, and the old one is the first to be looked up.
    await turn(1);
    expect(await attempt(world.ben, 'conversation.reopen', { conversationId: old })).toMatchObject({
      code: 'conversation-unclosed',
    });
    expect(await world.write(vera, 'And more')).toBe(next);
  });
});

describe('R-1.9, R-3.1 accepting and replying', () => {
  it('R-1.9 of two agents who accept at once, one wins and the other is told who did', async () => {
    const conversationId = await world.write(vera, 'Hello?');
    const [ann, ben] = await Promise.all([
      attempt(world.ann, 'conversation.accept', { conversationId }),
      attempt(world.ben, 'conversation.accept', { conversationId }),
    ]);
    const [winner, loser] = 'code' in ann ? [world.ben, ann] : [world.ann, ben];
    expect(loser).toMatchObject({ code: 'taken', agentId: winner.agentId });
    expect((await rowOf(conversationId)).assigneeId).toBe(winner.agentId);
    expect((await storyOf(conversationId)).filter((what) => what === 'assigned')).toHaveLength(1);
  });

  it('R-3.1, R-4.1 accepting needs an online agent', async () => {
    const conversationId = await world.write(vera, 'Hello?');
    await goOffline(world.ann);
    expect(await attempt(world.ann, 'conversation.accept', { conversationId })).toMatchObject({
      code: 'offline',
    });
    expect((await rowOf(conversationId)).assigneeId).toBeNull();
  });

  it('R-1.9 only the assignee and participants reply', async () => {
    const conversationId = await taken(world.ann);
    const reply = { conversationId, text: 'Hi' };
    expect(await attempt(world.ben, 'message.send', reply)).toMatchObject({
      code: 'taken',
      agentId: world.ann.agentId,
    });
    expect(await attempt(world.cara, 'message.send', reply)).toMatchObject({ code: 'not-found' });
    expect(await attempt(world.elsewhere.otto, 'message.send', reply)).toMatchObject({
      code: 'not-found',
    });
    await world.act(world.ben, 'conversation.join', { conversationId });
    await world.act(world.ben, 'message.send', reply);
    expect(await storyOf(conversationId)).toEqual([
      'opened',
      'contact: Hello?',
      'assigned',
      'joined',
      'agent: Hi',
    ]);
  });
});

describe('R-3.5 joining and leaving', () => {
  it('R-3.5 who joins has it if nobody does, else is a participant', async () => {
    const conversationId = await world.write(vera, 'Hello?');
    expect((await world.act(world.ann, 'conversation.join', { conversationId })).answer).toEqual({
      as: 'assignee',
    });
    expect((await world.act(world.ben, 'conversation.join', { conversationId })).answer).toEqual({
      as: 'participant',
    });
    expect(await attempt(world.ben, 'conversation.join', { conversationId })).toMatchObject({
      code: 'already-yours',
    });
  });

  it('R-3.5 when the assignee leaves, the participant takes over, and after them the queue', async () => {
    const conversationId = await taken(world.ann);
    await world.act(world.ben, 'conversation.join', { conversationId });
    await world.act(world.ann, 'conversation.leave', { conversationId });
    expect(await rowOf(conversationId)).toMatchObject({
      assigneeId: world.ben.agentId,
      participants: [],
    });
    await world.act(world.ben, 'conversation.leave', { conversationId });
    expect(await rowOf(conversationId)).toMatchObject({ holder: 'nobody', assigneeId: null });
    expect(await attempt(world.ben, 'conversation.leave', { conversationId })).toMatchObject({
      code: 'not-in-conversation',
    });
  });
});

describe('R-5.2 a message', () => {
  it('R-5.2 sent again under its id stands there once, and is answered as before', async () => {
    const command = {
      ...system(),
      actor: vera.actor,
      kind: 'message.receive',
      clientId: randomUUID(),
    };
    const send = () => world.server.engine.submit({ ...command, input: { text: 'Once' } });
    const [first, second] = [await send(), await send()];
    expect(second).toEqual(first);
    expect('code' in first).toBe(false);
    const { conversationId } = (first as { answer: { conversationId: string } }).answer;
    expect(await storyOf(conversationId)).toEqual(['opened', 'contact: Once']);
  });

  it("R-5.2 a contact's messages stand in the order in which they were sent", async () => {
    const sent = Array.from({ length: 40 }, (_, index) => `number ${index}`);
    const [conversationId] = await Promise.all(sent.map((text) => world.write(vera, text)));
    const story = await storyOf(conversationId ?? '');
    expect(story).toEqual(['opened', ...sent.map((text) => `contact: ${text}`)]);
  });
});
