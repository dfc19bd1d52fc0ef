import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Readers } from '../platform/readers/readers.ts';
import type { Queries } from '../platform/store/connect.ts';
import { Writers } from '../platform/store/writers.ts';
import { turnClock } from '../testing/clock.ts';
import { answerOf, type Office, type OfficeServer, openOffice } from '../testing/office.ts';
import { firstAnswers, usualFirstAnswer } from './index.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

let office: Office;
let server: OfficeServer;
let readers: Readers;
let writers: Writers;
const troubles: unknown[] = [];
beforeAll(async () => {
  office = await openOffice();
  server = office.open();
  const onTrouble = (error: unknown) => void troubles.push(error);
  writers = new Writers(office.url, 1);
  readers = new Readers({
    pool: office.pool,
    writers,
    readers: [firstAnswers],
    onTrouble,
    pollMs: 2 ** 30,
  });
});
afterAll(async () => {
  await readers.close();
  await writers.close();
  await office.close();
});

/** A contact writes, and after `waitMs` an agent answers; returns when. */
async function answeredAfter(waitMs: number): Promise<string> {
  const visitor = office.visitor();
  const conversationId = String(
    answerOf(await server.act(visitor, 'message.receive', { text: 'hi' })).conversationId,
  );
  await turnClock(office.pool, office.workspaceId, waitMs);
  answerOf(await server.act(office.ann, 'conversation.accept', { conversationId }));
  answerOf(await server.act(office.ann, 'message.send', { conversationId, text: 'hello' }));
  return conversationId;
}

const sql = () => office.pool as unknown as Queries;
const now = async () => (await office.log()).at(-1)?.at ?? 0;
const usual = async (later = 0) => {
  await readers.poll();
  const median = await usualFirstAnswer(sql(), office.workspaceId, (await now()) + later);
  return median === null ? null : Math.round(median / MINUTE);
};
const facts = () =>
  office.pool<
    { conversation_id: string }[]
  >`select conversation_id from first_answers where workspace_id = ${office.workspaceId}`;

describe('R-4.3 the usual time to a first answer', () => {
  it('R-4.3 is hidden below five answers', async () => {
    for (const minutes of [1, 30, 2, 3]) await answeredAfter(minutes * MINUTE);
    expect(await usual()).toBeNull();
  });

  it('R-4.3 is the median from five on', async () => {
    await answeredAfter(60 * MINUTE);
    expect(await usual()).toBe(3);
    expect(troubles).toEqual([]);
  });

  it('R-4.3 is that of the first answer alone', async () => {
    const before = (await facts()).length;
    const conversationId = await answeredAfter(MINUTE);
    await readers.poll();
    await turnClock(office.pool, office.workspaceId, 5 * MINUTE);
    answerOf(await server.act(office.ann, 'message.send', { conversationId, text: 'and also' }));
    await readers.poll();
    expect((await facts()).length).toBe(before + 1);
    const [fact] = await office.pool<
      { took: number }[]
    >`select answered_at - opened_at as took from first_answers where conversation_id = ${conversationId}`;
    expect(Math.round((fact?.took ?? 0) / MINUTE)).toBe(1);
  });

  it('R-4.3 counts no conversation that an agent began', async () => {
    const visitor = office.visitor();
    const first = String(
      answerOf(await server.act(visitor, 'message.receive', { text: 'hi' })).conversationId,
    );
    answerOf(await server.act(office.ann, 'conversation.close', { conversationId: first }));
    const input = { inboxId: office.inboxId, contactId: visitor.id, text: 'About before' };
    const begun = String(
      answerOf(await server.act(office.ann, 'conversation.start', input)).conversationId,
    );
    await readers.poll();
    expect((await facts()).map((fact) => fact.conversation_id)).not.toContain(begun);
    expect((await facts()).map((fact) => fact.conversation_id)).not.toContain(first);
  });

  it('R-4.3 forgets what is older than 7 days, and knows nothing of another workspace', async () => {
    expect(await usual(6 * DAY)).not.toBeNull();
    expect(await usual(8 * DAY)).toBeNull();
    const other = await openOffice();
    expect(
      await usualFirstAnswer(other.pool as unknown as Queries, other.workspaceId, Date.now()),
    ).toBeNull();
    await other.close();
  });
});
