import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contacts } from '../../contacts/index.ts';
import { turnClock } from '../../testing/clock.ts';
import {
  answerOf,
  handlersWith,
  type Office,
  type OfficeServer,
  openOffice,
} from '../../testing/office.ts';
import { type Actor, handler, SYSTEM } from './command.ts';
import { put } from './table.ts';

let office: Office;
beforeAll(async () => {
  office = await openOffice();
});
afterAll(() => office.close());

const write = (text = 'Hello?') => ({ kind: 'message.receive' as const, input: { text } });
const positionsOf = async () => (await office.log()).map(({ position }) => position);
const dense = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

describe('group commit', () => {
  it('what comes in one turn is one commit, and each is answered with its own position', async () => {
    const server = office.open();
    const visitors = Array.from({ length: 20 }, () => office.visitor());
    const results = await Promise.all(
      visitors.map((visitor) => server.act(visitor, 'message.receive', { text: 'hi' })),
    );
    expect(server.committed).toHaveLength(1);
    const positions = results.map((result) => ('code' in result ? Number.NaN : result.position));
    // Contact, opening and message: three events each.
    expect(positions).toEqual(positions.map((_, index) => (positions[0] ?? 0) + 3 * index));
  });

  it('positions go up by one, without gaps, in the order of the answers', async () => {
    const server = office.open();
    const visitors = Array.from({ length: 12 }, () => office.visitor());
    await Promise.all(
      visitors.flatMap((visitor) =>
        Array.from({ length: 10 }, (_, index) =>
          server.act(visitor, 'message.receive', { text: `${index}` }),
        ),
      ),
    );
    const positions = await positionsOf();
    expect(positions).toEqual(dense(positions.length));
    expect(
      server.committed
        .flatMap((each) => each.events.map(({ position }) => position))
        .sort((a, b) => a - b)
        .at(-1),
    ).toBe(positions.length);
  });

  it('tells the rows that its events speak of', async () => {
    const server = office.open();
    const visitor = office.visitor();
    const { conversationId } = answerOf(
      await server.act(visitor, 'message.receive', { text: 'hi' }),
    );
    const [told] = server.committed;
    expect(told?.events.map(({ kind }) => kind)).toEqual([
      'contact.added',
      'conversation.opened',
      'message.added',
    ]);
    expect(told?.rows.get('conversations')?.get(String(conversationId))).toMatchObject({
      seq: 2,
      lastText: 'hi',
    });
    expect(told?.rows.get('timeline')?.get(`${conversationId}:2`)).toMatchObject({ text: 'hi' });
  });

  it('what one command decides the next of the same batch sees', async () => {
    const server = office.open();
    const visitor = office.visitor();
    const { conversationId } = answerOf(
      await server.act(visitor, 'message.receive', { text: 'hi' }),
    );
    const kinds = [
      'conversation.accept',
      'conversation.mark-pending',
      'conversation.mark-open',
      'conversation.close',
    ] as const;
    const results = await Promise.all(
      kinds.map((kind) => server.act(office.ann, kind, { conversationId })),
    );
    expect(results.map((result) => 'code' in result && result.code)).toEqual([
      false,
      false,
      false,
      false,
    ]);
    expect(server.committed).toHaveLength(2);
  });

  it('a conversation may end and another begin in one batch', async () => {
    const server = office.open();
    const visitor = office.visitor();
    const first = answerOf(await server.act(visitor, 'message.receive', { text: 'hi' }));
    const [, second] = await Promise.all([
      server.act(visitor, 'conversation.end', {}),
      server.act(visitor, 'message.receive', { text: 'again' }),
    ]);
    expect(answerOf(second).conversationId).not.toBe(first.conversationId);
    expect(server.committed).toHaveLength(2);
    expect(server.troubles).toEqual([]);
  });

  it('nothing is written for a command that changes nothing', async () => {
    const server = office.open();
    const before = (await positionsOf()).length;
    const again = { inboxId: office.inboxId, agentId: office.ann.id };
    expect(await server.act(SYSTEM, 'inbox.add-member', again)).toEqual({
      position: before,
      answer: {},
    });
    expect((await positionsOf()).length).toBe(before);
  });
});

describe('R-5.2 a command sent again', () => {
  const submit = (server: OfficeServer, who: { actor: Actor; clientId: string; text?: string }) =>
    server.submit({
      workspaceId: office.workspaceId,
      actor: who.actor,
      clientId: who.clientId,
      ...write(who.text ?? 'Once'),
    });

  it.each(['in another batch', 'in the same batch', 'to another server'])(
    'R-5.2 %s is done once and answered the same',
    async (where) => {
      const server = office.open();
      const other = where === 'to another server' ? office.open() : server;
      const visitor = office.visitor();
      const clientId = randomUUID();
      const first = submit(server, { actor: visitor, clientId });
      if (where !== 'in the same batch') await first;
      const second = submit(other, { actor: visitor, clientId });
      expect(await second).toEqual(await first);
      const { conversationId } = answerOf(await first);
      expect((await office.messages()).get(String(conversationId))).toEqual(['Once']);
    },
  );

  it.each([true, false])(
    'R-5.2 with another input is refused (same batch: %s)',
    async (isSameBatch) => {
      const server = office.open();
      const visitor = office.visitor();
      const clientId = randomUUID();
      const first = submit(server, { actor: visitor, clientId });
      if (!isSameBatch) await first;
      expect(await submit(server, { actor: visitor, clientId, text: 'Other' })).toMatchObject({
        code: 'repeated-id',
      });
      expect(answerOf(await first).seq).toBe(2);
    },
  );

  it('R-5.2 ids are each sender’s own: another’s command under the same id is another command', async () => {
    const server = office.open();
    const clientId = randomUUID();
    const [one, other] = await Promise.all([
      submit(server, { actor: office.visitor(), clientId }),
      submit(server, { actor: office.visitor(), clientId }),
    ]);
    expect(answerOf(one).conversationId).not.toBe(answerOf(other).conversationId);
  });

  it('R-5.2 a refusal is not kept: the same command may succeed later', async () => {
    const server = office.open();
    const visitor = office.visitor();
    const clientId = randomUUID();
    const end = () =>
      server.submit({
        workspaceId: office.workspaceId,
        actor: visitor,
        kind: 'conversation.end',
        input: {},
        clientId,
      });
    expect(await end()).toMatchObject({ code: 'not-found' });
    await server.act(visitor, 'message.receive', { text: 'hi' });
    expect(answerOf(await end())).toEqual({});
  });
});

describe('nobody suffers for another', () => {
  const throwing = handler({
    kind: 'contact.change',
    needs: () => [],
    decide() {
      throw new Error('a bug in a rule');
    },
  });
  /** A statement that the database refuses: a contact without a creation time. */
  const wrong = handler({
    kind: 'contact.change',
    needs: () => [],
    decide: (_state, { input }) => ({
      puts: [
        put(contacts, {
          id: input.contactId,
          version: 1,
          name: null,
          email: null,
          phone: null,
          createdAt: null as never,
        }),
      ],
      events: [],
      answer: {},
    }),
  });
  const change = () => ({ contactId: randomUUID(), name: 'X' });

  it.each([
    ['a decision that throws', throwing],
    ['a statement that fails', wrong],
  ])('%s fails its caller alone', async (_what, guilty) => {
    const server = office.open({ handlers: handlersWith(guilty) });
    const visitors = Array.from({ length: 6 }, () => office.visitor());
    const before = visitors
      .slice(0, 3)
      .map((visitor) => server.act(visitor, 'message.receive', { text: 'hi' }));
    const failed = server.act(office.ann, 'contact.change', change());
    const after = visitors
      .slice(3)
      .map((visitor) => server.act(visitor, 'message.receive', { text: 'hi' }));
    expect(await failed).toMatchObject({ code: 'failed' });
    const answers = (await Promise.all([...before, ...after])).map(answerOf);
    const messages = await office.messages();
    for (const { conversationId } of answers)
      expect(messages.get(String(conversationId))).toEqual(['hi']);
    expect(server.bugs.map(({ command }) => command.kind)).toEqual(['contact.change']);
    const positions = await positionsOf();
    expect(positions).toEqual(dense(positions.length));
  });

  it('and the workspace goes on after it', async () => {
    const server = office.open({ handlers: handlersWith(wrong) });
    await server.act(office.ann, 'contact.change', change());
    expect(
      answerOf(await server.act(office.visitor(), 'message.receive', { text: 'hi' })).seq,
    ).toBe(2);
  });

  it('a batch that failed as a whole is never silent', async () => {
    const server = office.open({ handlers: handlersWith(wrong) });
    await Promise.all([
      server.act(office.ann, 'contact.change', change()),
      server.act(office.visitor(), 'message.receive', { text: 'hi' }),
    ]);
    expect(server.troubles.join()).toContain('one by one');
  });

  it('a flood of one is refused beyond its share, and another is served meanwhile', async () => {
    const server = office.open();
    const flooder = office.visitor();
    const flood = Array.from({ length: 1_000 }, () =>
      server.act(flooder, 'message.receive', { text: 'x' }),
    );
    const calm = server.act(office.visitor(), 'message.receive', { text: 'me too' });
    let isFloodOver = false;
    const all = Promise.all(flood).then((results) => {
      isFloodOver = true;
      return results;
    });
    answerOf(await calm);
    expect(isFloodOver).toBe(false);
    const refused = (await all).filter((result) => 'code' in result && result.code === 'too-many');
    expect(refused.length).toBeGreaterThan(0);
    expect(refused.length).toBeLessThan(1_000);
  });

  it('a busy workspace leaves its connection to another between batches', async () => {
    const server = office.open({ connections: 1 });
    const second = randomUUID();
    await office.pool`insert into workspaces (id, name, created_at) values (${second}, 'Second', 0)`;
    let isServed = false;
    let batches = 0;
    const busy = Array.from({ length: 3 }, async () => {
      while (!isServed && batches < 2_000) {
        await server.act(office.visitor(), 'message.receive', { text: 'more' });
        batches += 1;
      }
    });
    const actor = office.visitor();
    const other = server.submit({ workspaceId: second, actor, clientId: randomUUID(), ...write() });
    const served = other.then(() => {
      isServed = true;
    });
    await Promise.all([...busy, served]);
    answerOf(await other);
    expect(batches).toBeLessThan(2_000);
  });
});

describe('what the database would refuse, the contract refuses by the field’s name', () => {
  const bad = ['U+0000 \0 within', 'half a pair \ud83d', '\udd14 the other half'];

  it.each(bad)('%j', async (text) => {
    const server = office.open();
    expect(await server.act(office.visitor(), 'message.receive', { text })).toMatchObject({
      code: 'invalid',
      field: 'text',
    });
    expect(await server.act(office.ann, 'agent.rename', { name: text })).toMatchObject({
      code: 'invalid',
      field: 'name',
    });
    expect(
      await server.act(office.ann, 'inbox.change', { inboxId: office.inboxId, greeting: text }),
    ).toMatchObject({ code: 'invalid', field: 'greeting' });
    expect(server.bugs).toEqual([]);
  });

  it('whatever is written is read as it was', async () => {
    const server = office.open();
    const texts = [
      '"quoted", {curly} and \\back\\slashed',
      'null',
      'NULL',
      '{}',
      '  blank ends ',
      'zwj 👩‍👩‍👧',
      'line\u2028separator',
      "it's",
      'tab\tand\nline',
      '\u{10ffff}',
    ];
    const visitor = office.visitor();
    const [first] = await Promise.all(
      texts.map((text) => server.act(visitor, 'message.receive', { text })),
    );
    const { conversationId } = answerOf(first as never);
    expect((await office.messages()).get(String(conversationId))).toEqual(texts);
  });

  it('kinds that are not there, and those of others, are refused', async () => {
    const server = office.open();
    for (const kind of ['no.such', 'constructor', '__proto__', ''])
      expect(await server.act(office.ann, kind as never, {})).toMatchObject({
        code: 'invalid',
        field: 'kind',
      });
    expect(await server.act(office.ann, 'message.receive', { text: 'hi' })).toMatchObject({
      code: 'forbidden',
    });
    expect(
      await server.act(office.visitor(), 'conversation.tick', { conversationId: randomUUID() }),
    ).toMatchObject({ code: 'forbidden' });
  });
});

describe('the clock', () => {
  it('never stands below the last event of the log', async () => {
    const server = office.open();
    const visitor = office.visitor();
    await turnClock(office.pool, office.workspaceId, 5 * 3_600_000);
    await server.act(visitor, 'message.receive', { text: 'hi' });
    await office.open().act(visitor, 'message.receive', { text: 'ho' });
    const times = (await office.log()).map(({ at }) => at);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(times.at(-1)).toBeGreaterThan(Date.now() + 4 * 3_600_000);
  });
});

it('a workspace that is not there fails its caller, and holds nothing up', async () => {
  const server = office.open();
  const lost = {
    workspaceId: randomUUID(),
    actor: office.visitor(),
    clientId: randomUUID(),
    ...write(),
  };
  expect(await server.submit(lost)).toMatchObject({ code: 'failed' });
  answerOf(await server.act(office.visitor(), 'message.receive', { text: 'hi' }));
});

it('a server that stops answers what it has, and takes nothing more', async () => {
  const server = office.open();
  const underWay = Array.from({ length: 5 }, () =>
    server.act(office.visitor(), 'message.receive', { text: 'hi' }),
  );
  const closed = server.close();
  expect(await server.act(office.visitor(), 'message.receive', { text: 'late' })).toMatchObject({
    code: 'unavailable',
  });
  for (const result of await Promise.all(underWay)) answerOf(result);
  await closed;
});
