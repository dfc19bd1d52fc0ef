import { type Conversation, unread } from '@deskbell/contract';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { conversationForAgents, conversations } from '../conversations/index.ts';
import type { Queries } from '../platform/store/connect.ts';
import { answerOf, type Office, type OfficeServer, openOffice } from '../testing/office.ts';
import { findMarks, findReceipts, markRead, moveReceipt } from './index.ts';

let office: Office;
let server: OfficeServer;
let sql: Queries;
let conversationId: string;
let visitor: ReturnType<Office['visitor']>;
beforeAll(async () => {
  office = await openOffice();
  server = office.open();
  sql = office.pool as unknown as Queries;
});
afterAll(() => office.close());
/** Opened at 1; the contact's messages at 2, 3 and 4. */
beforeEach(async () => {
  visitor = office.visitor();
  for (const text of ['one', 'two', 'three'])
    conversationId = String(
      answerOf(await server.act(visitor, 'message.receive', { text })).conversationId,
    );
});

const read = (seq: number, agentId = office.ann.id) =>
  markRead(sql, office.workspaceId, { agentId, conversationId, seq });
async function unreadOf(agentId: string): Promise<number> {
  const [row] = await conversations.load(sql, office.workspaceId, [conversationId]);
  const [mark] = await findMarks(sql, office.workspaceId, {
    agentId,
    conversationIds: [conversationId],
  });
  return unread(conversationForAgents(row as never) as Conversation, mark);
}

describe('R-2.3 unread', () => {
  it('R-2.3 is the contact’s messages after this agent’s last reading', async () => {
    expect(await unreadOf(office.ann.id)).toBe(3);
    await read(3);
    expect(await unreadOf(office.ann.id)).toBe(1);
    expect(await unreadOf(office.ben.id)).toBe(3);
    await server.act(visitor, 'message.receive', { text: 'four' });
    expect(await unreadOf(office.ann.id)).toBe(2);
    await read(5);
    expect(await unreadOf(office.ann.id)).toBe(0);
  });

  it('R-2.3 what our side writes is never unread', async () => {
    await read(4);
    answerOf(await server.act(office.ben, 'conversation.accept', { conversationId }));
    answerOf(await server.act(office.ben, 'message.send', { conversationId, text: 'yes' }));
    expect(await unreadOf(office.ann.id)).toBe(0);
  });

  it('R-2.3 an older reading of another device takes nothing back', async () => {
    expect(await read(4)).toMatchObject({ version: 4, contactMessages: 3 });
    expect(await read(2)).toBeUndefined();
    expect(await unreadOf(office.ann.id)).toBe(0);
  });

  it('R-2.3 nobody has read what is not written yet', async () => {
    expect(await read(1_000)).toMatchObject({ version: 4 });
    await server.act(visitor, 'message.receive', { text: 'four' });
    expect(await unreadOf(office.ann.id)).toBe(1);
  });

  it('of another workspace’s conversation nothing is marked', async () => {
    const elsewhere = '00000000-0000-4000-8000-000000000001';
    expect(
      await markRead(sql, elsewhere, { agentId: office.ann.id, conversationId, seq: 4 }),
    ).toBeUndefined();
  });
});

describe('R-5.2 receipts', () => {
  const move = (side: 'contact_delivered' | 'contact_read' | 'ours_read', seq: number) =>
    moveReceipt(sql, office.workspaceId, { conversationId, side, seq });

  it('R-5.2 only ever grow, each side by itself', async () => {
    expect(await move('contact_delivered', 3)).toMatchObject({
      contactDelivered: 3,
      contactRead: 0,
      oursRead: 0,
    });
    expect(await move('contact_read', 2)).toMatchObject({ contactDelivered: 3, contactRead: 2 });
    expect(await move('contact_delivered', 1)).toBeUndefined();
    expect(await move('ours_read', 1_000)).toMatchObject({ oursRead: 4 });
    expect(await findReceipts(sql, office.workspaceId, [conversationId])).toEqual([
      { id: conversationId, contactDelivered: 3, contactRead: 2, oursRead: 4 },
    ]);
  });
});
