import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { answerOf, type Office, openOffice } from '../../testing/office.ts';
import { openUnsteadyLine } from '../../testing/unsteady-line.ts';
import { recall } from './answers.ts';
import type { Actor } from './command.ts';

let office: Office;
beforeEach(async () => {
  office = await openOffice();
});
afterEach(() => office.close());

const count = (length: number) => Array.from({ length }, (_, index) => String(index));

/** A server on which so many batches have passed under the lock that the next one is sent on trust. */
async function trusting(overrides: Parameters<Office['open']>[0] = {}) {
  const asked: number[] = [];
  const server = office.open({
    recall: (sql, workspaceId, work) => {
      asked.push(work.commands.length);
      return recall(sql, workspaceId, work);
    },
    ...overrides,
  });
  const visitor = office.visitor();
  const write = async (text: string) =>
    answerOf(await server.act(visitor, 'message.receive', { text }));
  await write('under the lock');
  const { conversationId } = await write('under the lock again');
  await write('on trust');
  // Under the lock every batch asks what was answered before; on trust nobody does.
  expect(asked).toEqual([1, 1]);
  asked.length = 0;
  const texts = async () => (await office.messages()).get(String(conversationId))?.slice(3);
  return { server, asked, visitor, write, texts, conversationId: String(conversationId) };
}

async function expectDense(): Promise<void> {
  const positions = (await office.log()).map(({ position }) => position);
  expect(positions).toEqual(positions.map((_, index) => index + 1));
}

describe('what makes a batch on trust fail is decided again under the lock', () => {
  it('another server wrote in between', async () => {
    const { write, texts, conversationId, server, asked } = await trusting();
    const other = office.open();
    answerOf(await other.act(office.ann, 'conversation.accept', { conversationId }));
    answerOf(await other.act(office.ann, 'conversation.close', { conversationId }));
    await write('Hello?');
    expect(asked).toEqual([1]);
    // It was decided from what the other one had written: reopened, with its entries before it.
    expect((await office.log()).slice(-4).map(({ kind }) => kind)).toEqual([
      'conversation.assigned',
      'conversation.closed',
      'conversation.reopened',
      'message.added',
    ]);
    expect(await texts()).toEqual(['Hello?']);
    expect(server.troubles).toEqual([]);
    await expectDense();
  });

  it('the settings were changed', async () => {
    const { write, server, conversationId, asked } = await trusting();
    answerOf(await server.act(office.ann, 'conversation.accept', { conversationId }));
    const settings = JSON.stringify({ reopenWithinMs: 0 });
    await office.pool`update workspaces set settings = ${settings}::text::jsonb where id = ${office.workspaceId}`;
    asked.length = 0;
    answerOf(await server.act(office.ann, 'conversation.close', { conversationId }));
    expect(asked).toEqual([1]);
    expect((await write('A new matter')).conversationId).not.toBe(conversationId);
  });

  it('R-5.2 a message was sent before', async () => {
    const { server, visitor, texts } = await trusting();
    const message = {
      workspaceId: office.workspaceId,
      actor: visitor,
      kind: 'message.receive',
      input: { text: 'once' },
      clientId: randomUUID(),
    };
    const first = await server.submit(message);
    answerOf(first);
    const others = ['before', 'after'].map((text) =>
      server.act(office.visitor(), 'message.receive', { text }),
    );
    // At the same position, though the log has gone on.
    expect(await server.submit(message)).toEqual(first);
    expect(await server.submit({ ...message, input: { text: 'another' } })).toMatchObject({
      code: 'repeated-id',
    });
    for (const other of others) answerOf(await other);
    expect(await texts()).toEqual(['once']);
    expect(server.troubles).toEqual([]);
    await expectDense();
  });

  it('R-5.2 it was sent twice before the first one was answered', async () => {
    const { server, visitor, texts } = await trusting();
    const message = {
      workspaceId: office.workspaceId,
      actor: visitor,
      kind: 'message.receive',
      input: { text: 'once' },
      clientId: randomUUID(),
    };
    const results = [server.submit(message), server.submit(message)];
    await new Promise(setImmediate);
    await new Promise(setImmediate);
    results.push(server.submit(message), server.submit(message));
    const answers = (await Promise.all(results)).map(answerOf);
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect(await texts()).toEqual(['once']);
  });

  it('a statement is refused: only the command at fault is', async () => {
    const { server, asked } = await trusting();
    const results = await Promise.all([
      server.act(office.visitor(), 'message.receive', { text: 'before' }),
      server.submit({
        workspaceId: office.workspaceId,
        actor: office.visitor(),
        kind: 'message.receive',
        input: { text: 'at fault' },
        // Never passes the wire; here it stands for whatever the database refuses.
        clientId: 'not a uuid',
      }),
      server.act(office.visitor(), 'message.receive', { text: 'after' }),
    ]);
    expect(results.map((result) => ('code' in result ? result.code : 'done'))).toEqual([
      'done',
      'failed',
      'done',
    ]);
    // On trust, together, and each alone.
    expect(asked).toEqual([3, 1, 1, 1]);
    await expectDense();
  });
});

describe('R-5.2 what is refused on trust', () => {
  it('was perhaps done before: it is answered as then', async () => {
    const { server, conversationId, asked } = await trusting();
    const accept = {
      workspaceId: office.workspaceId,
      actor: office.ann as Actor,
      kind: 'conversation.accept',
      input: { conversationId },
      clientId: randomUUID(),
    };
    const first = await server.submit(accept);
    answerOf(first);
    answerOf(await server.act(office.ann, 'conversation.close', { conversationId }));
    expect(asked).toEqual([]);
    expect(await server.submit(accept)).toEqual(first);
    expect(asked).toEqual([1]);
    const anew = await server.submit({ ...accept, clientId: randomUUID() });
    expect(anew).toMatchObject({ code: expect.any(String) });
    await expectDense();
  });
});

describe('R-5.2 several batches on their way', () => {
  it('keep the order of what one sends without waiting', async () => {
    const { server, visitor, texts, asked } = await trusting();
    const sent: Promise<unknown>[] = [];
    for (const text of count(300)) {
      sent.push(server.act(visitor, 'message.receive', { text }).then(answerOf));
      if (Number(text) % 7 === 0) await new Promise(setImmediate);
    }
    await Promise.all(sent);
    expect(await texts()).toEqual(count(300));
    expect(asked).toEqual([]);
    expect(server.committed.length).toBeGreaterThan(5);
    await expectDense();
  });

  it('are all or nothing when their connection dies, in any moment', async () => {
    const { server, visitor, texts } = await trusting({ connections: 1 });
    const sent: Promise<unknown>[] = [];
    const written: string[] = [];
    // On until one of them died with something on its way.
    while (written.length < 350 || server.troubles.length === 0) {
      const text = String(written.length + 1);
      written.push(text);
      sent.push(server.act(visitor, 'message.receive', { text }).then(answerOf));
      await new Promise(setImmediate);
      const isMore = written.length > 350;
      if (isMore || written.length % 25 === 0)
        await office.pool`
          select pg_terminate_backend(pid) from pg_stat_activity
          where datname = current_database() and application_name = 'deskbell pipeline'`;
      // No faster than one visitor may.
      if (isMore) await sent.at(-1);
    }
    await Promise.all(sent);
    expect(await texts()).toEqual(written);
    await expectDense();
  });

  it('were committed without our hearing of it: answered as they were done, once', async () => {
    const line = await openUnsteadyLine(office.url);
    const recovered: string[] = [];
    const { server, write, texts } = await trusting({
      url: line.url,
      connections: 1,
      onRecovered: (id) => void recovered.push(id),
    });
    const told = server.committed.length;
    const lost = line.loseAnswer('SELECT 1');
    const writing = write('unheard');
    await lost;
    const { seq } = await writing;
    expect(seq).toBe((await office.log()).at(-1)?.version);
    expect(await texts()).toEqual(['unheard']);
    expect(server.committed).toHaveLength(told);
    expect(recovered).toEqual([office.workspaceId]);
    await expectDense();
    await server.close();
    await line.close();
  });
});
