import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createWorld, type World } from '../testing/world.ts';

let world: World;
beforeAll(async () => {
  world = await createWorld();
});
afterAll(() => world.close());

const json = async (response: Response) => (await response.json()) as Record<string, unknown>;

describe('a command by HTTP', () => {
  it('is done, and answered with its position', async () => {
    const conversationId = await world.write(world.vera, 'Is it in stock?');
    await world.connect(world.ann);
    const response = await world.request(world.ann, `/conversations/${conversationId}/accept`, {
      method: 'POST',
    });
    expect(response.status).toBe(200);
    expect(await json(response)).toEqual({ position: expect.any(Number) });
    const sent = await world.request(world.ann, `/conversations/${conversationId}/messages`, {
      method: 'POST',
      body: { text: 'It is.' },
    });
    expect(await json(sent)).toMatchObject({ seq: 4, entryId: expect.any(String) });
  });

  it('sent twice under one Idempotency-Key is done once', async () => {
    const send = (text: string, key: string) =>
      world.request(world.walt, '/widget/messages', {
        method: 'POST',
        body: { text },
        headers: { 'idempotency-key': key },
      });
    const key = randomUUID();
    const first = await json(await send('Hello', key));
    expect(await json(await send('Hello', key))).toEqual(first);
    const other = await send('Something else', key);
    expect(other.status).toBe(409);
    expect(await json(other)).toMatchObject({ code: 'repeated-id' });
    expect((await send('Hello', 'no uuid')).status).toBe(400);
  });

  it("never tells a contact the workspace's position", async () => {
    const response = await world.request(world.vera, '/widget/messages', {
      method: 'POST',
      body: { text: 'Still there?' },
    });
    expect(Object.keys(await json(response)).sort()).toEqual(['conversationId', 'entryId', 'seq']);
    expect(response.headers.has('deskbell-position')).toBe(false);
  });

  it('that is not as it should be names the field', async () => {
    const response = await world.request(world.walt, '/widget/messages', {
      method: 'POST',
      body: { text: '  ' },
    });
    expect(response.status).toBe(400);
    expect(response.headers.get('content-type')).toContain('application/problem+json');
    expect(await json(response)).toMatchObject({
      type: '/api/docs#invalid',
      status: 400,
      code: 'invalid',
      field: 'text',
    });
  });
});

describe('reading', () => {
  it('pages a list without end, and says at which position it stood', async () => {
    for (const text of ['one', 'two', 'three']) {
      const token = `${text}-${randomUUID()}`;
      await world.request({ ...world.vera, token }, '/widget/messages', {
        method: 'POST',
        body: { text },
      });
    }
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const query: string = cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`;
      const response = await world.request(world.ann, `/conversations?list=open&limit=2${query}`);
      expect(Number(response.headers.get('deskbell-position'))).toBeGreaterThan(0);
      const page = (await response.json()) as {
        conversations: { id: string }[];
        next: string | null;
      };
      seen.push(...page.conversations.map(({ id }) => id));
      cursor = page.next;
    }
    expect(new Set(seen).size).toBe(seen.length);
    expect(seen.length).toBeGreaterThanOrEqual(3);
  });

  it('answers not-found for what lies in an inbox that one does not see', async () => {
    const id = await world.write(world.vera, 'Anybody?');
    expect((await world.request(world.ann, `/conversations/${id}`)).status).toBe(200);
    expect((await world.request(world.cara, `/conversations/${id}`)).status).toBe(404);
    expect((await world.request(world.elsewhere.otto, `/conversations/${id}`)).status).toBe(404);
  });

  it('R-1.8 a contact’s conversations, the one opened last first, are those that one sees', async () => {
    const visitor = world.newVisitor();
    const ids: string[] = [];
    for (const text of ['First', 'Second', 'Third']) {
      ids.unshift(await world.write(visitor, text));
      if (text !== 'Third') await world.act(visitor, 'conversation.end', {});
    }
    const elsewhere = { ...visitor, actor: { ...visitor.actor, inboxId: world.wholesale.id } };
    const history = async (who: World['ann'], limit = 10) => {
      const address = `/contacts/${visitor.contactId}/conversations?limit=${limit}`;
      const response = await world.request(who, address);
      const { conversations, hasMore } = (await response.json()) as {
        conversations?: { id: string }[];
        hasMore?: boolean;
      };
      return [response.status, conversations?.map(({ id }) => id), hasMore];
    };
    const byPallet = await world.write(elsewhere, 'By the pallet');
    expect(await history(world.cara)).toEqual([404, undefined, undefined]);
    const member = { inboxId: world.wholesale.id, agentId: world.cara.agentId };
    await world.act(world.olga, 'inbox.add-member', member);
    expect(await history(world.ann)).toEqual([200, ids, false]);
    expect(await history(world.ann, 2)).toEqual([200, ids.slice(0, 2), true]);
    expect(await history(world.cara)).toEqual([200, [byPallet], false]);
    expect(await history(world.susan)).toEqual([200, [byPallet, ...ids], false]);
    expect(await history(world.elsewhere.otto)).toEqual([404, undefined, undefined]);
    await world.act(world.olga, 'inbox.remove-member', member);
  });

  it('says what the policy lets one do', async () => {
    const may = async (who: World['ann']) => (await json(await world.request(who, '/me'))).may;
    expect(await may(world.ann)).toEqual({
      changeSettings: false,
      seeEveryInbox: false,
      inviteAs: [],
    });
    expect(await may(world.adam)).toEqual({
      changeSettings: true,
      seeEveryInbox: true,
      inviteAs: ['admin', 'supervisor', 'agent'],
    });
  });

  it('shows a contact the timeline without what is internal', async () => {
    const id = await world.write(world.walt, 'Hello again');
    const response = await world.request(world.walt, `/widget/conversations/${id}/timeline`);
    const { entries } = (await response.json()) as { entries: { kind: string }[] };
    expect(entries.at(-1)).toMatchObject({ kind: 'message', text: 'Hello again' });
    expect((await world.request(world.vera, `/widget/conversations/${id}/timeline`)).status).toBe(
      404,
    );
  });

  it('pages a timeline to its beginning, whatever happened inside the company between', async () => {
    const own = world.newVisitor();
    const conversationId = await world.write(own, 'First');
    await world.act(world.ann, 'conversation.accept', { conversationId });
    await world.act(world.ben, 'conversation.join', { conversationId });
    await world.act(world.ann, 'conversation.mark-pending', { conversationId });
    await world.write(own, 'Second');
    const seen: number[] = [];
    for (let hasEarlier = true, before = ''; hasEarlier; ) {
      const address = `/widget/conversations/${conversationId}/timeline?limit=1${before}`;
      const page = (await (await world.request(own, address)).json()) as {
        entries: { seq: number }[];
        hasEarlier: boolean;
      };
      expect(page.entries).toHaveLength(1);
      seen.push(...page.entries.map(({ seq }) => seq));
      hasEarlier = page.hasEarlier;
      before = `&before=${seen.at(-1)}`;
    }
    expect(seen).toEqual([7, 3, 2, 1]);
  });

  it('shows whoever carries the key what a widget shows of its inbox', async () => {
    const response = await world.request(null, `/widget/site?inbox=${world.inbox.key}`);
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    expect(await json(response)).toMatchObject({ name: 'Shop' });
    expect((await world.request(null, '/widget/site?inbox=none')).status).toBe(404);
  });
});
