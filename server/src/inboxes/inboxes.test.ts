import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { agents } from '../accounts/index.ts';
import { SYSTEM } from '../platform/pipeline/command.ts';
import type { Queries } from '../platform/store/connect.ts';
import { answerOf, type Office, type OfficeServer, openOffice } from '../testing/office.ts';
import { findInboxByKey, inboxes } from './index.ts';

let office: Office;
let server: OfficeServer;
let sql: Queries;
/** Ann is an agent; Adam, an admin, is hired here. */
const adam = { kind: 'agent' as const, id: randomUUID() };
beforeAll(async () => {
  office = await openOffice();
  server = office.open();
  sql = office.pool as unknown as Queries;
  const input = {
    agentId: adam.id,
    userId: randomUUID(),
    name: 'Adam',
    email: 'adam@example.org',
    role: 'admin',
  };
  answerOf(await server.act(SYSTEM, 'agent.add', input));
});
afterAll(() => office.close());

const rowOf = async (id: string) => (await inboxes.load(sql, office.workspaceId, [id]))[0];
const rightsOf = async (id: string) =>
  (await agents.load(sql, office.workspaceId, [id]))[0]?.rights ?? 0;

let inboxId: string;
beforeEach(async () => {
  inboxId = String(answerOf(await server.act(adam, 'inbox.create', { name: 'Help' })).inboxId);
});

describe('R-18.1 who may change an inbox', () => {
  it('R-18.1 admins do, agents do not', async () => {
    const member = { inboxId, agentId: office.ben.id };
    for (const [kind, input] of [
      ['inbox.create', { name: 'Mine' }],
      ['inbox.change', { inboxId, name: 'Mine' }],
      ['inbox.add-member', member],
      ['inbox.remove-member', member],
    ] as const) {
      expect(await server.act(office.ann, kind, input)).toMatchObject({ code: 'forbidden' });
      answerOf(await server.act(adam, kind, input));
    }
  });

  it('R-18.1 nobody can name one of another workspace', async () => {
    const other = await openOffice();
    expect(
      await server.act(adam, 'inbox.change', { inboxId: other.inboxId, name: 'Mine' }),
    ).toMatchObject({ code: 'not-found' });
    expect(
      await server.act(adam, 'inbox.add-member', { inboxId, agentId: other.ann.id }),
    ).toMatchObject({ code: 'not-found' });
    await other.close();
  });
});

describe('R-9.2 an inbox', () => {
  it('R-9.2 has its creator as first member, and a key by which a page finds it', async () => {
    const row = await rowOf(inboxId);
    expect(row).toMatchObject({ name: 'Help', memberIds: [adam.id], version: 1 });
    expect(row?.key).toMatch(/^[\w-]{1,64}$/);
    expect(await findInboxByKey(sql, row?.key ?? '')).toMatchObject({
      id: inboxId,
      workspaceId: office.workspaceId,
    });
  });

  it('R-9.2 changes what is named, and nothing else', async () => {
    answerOf(await server.act(adam, 'inbox.change', { inboxId, color: '#00ff00' }));
    answerOf(await server.act(adam, 'inbox.change', { inboxId, greeting: 'Hello' }));
    expect(await rowOf(inboxId)).toMatchObject({
      name: 'Help',
      color: '#00ff00',
      greeting: 'Hello',
      version: 3,
    });
  });

  it('R-18.1 each membership won or lost gives other rights, one that was there already does not', async () => {
    const member = { inboxId, agentId: office.ben.id };
    const rights = await rightsOf(office.ben.id);
    await server.act(adam, 'inbox.add-member', member);
    await server.act(adam, 'inbox.add-member', member);
    expect(await rightsOf(office.ben.id)).toBe(rights + 1);
    await server.act(adam, 'inbox.remove-member', member);
    await server.act(adam, 'inbox.remove-member', member);
    expect(await rightsOf(office.ben.id)).toBe(rights + 2);
    expect((await rowOf(inboxId))?.memberIds).toEqual([adam.id]);
  });

  it('R-18.1, R-3.6 who is no longer a member finishes what they have, and can do nothing else there', async () => {
    answerOf(await server.act(adam, 'inbox.add-member', { inboxId, agentId: office.ann.id }));
    const write = async () => {
      const visitor = { ...office.visitor(), inboxId };
      const answer = answerOf(await server.act(visitor, 'message.receive', { text: 'hi' }));
      return answer.conversationId as string;
    };
    const hers = await write();
    const queued = await write();
    answerOf(await server.act(office.ann, 'conversation.accept', { conversationId: hers }));
    answerOf(await server.act(adam, 'inbox.remove-member', { inboxId, agentId: office.ann.id }));
    const answer = (conversationId: string) =>
      server.act(office.ann, 'message.send', { conversationId, text: 'yes?' });
    answerOf(await answer(hers));
    expect(await answer(queued)).toMatchObject({ code: 'not-found' });
    answerOf(await server.act(office.ann, 'conversation.leave', { conversationId: hers }));
    expect(await answer(hers)).toMatchObject({ code: 'not-found' });
  });
});
