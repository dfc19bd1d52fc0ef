import type { BulkJob } from '@deskbell/contract';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { type AgentClient, createAgentClient } from './agent-client.ts';
import { changes, conversation, conversationId, snapshot } from './testing/build.ts';
import { ClientStage } from './testing/client-stage.ts';

let stage: ClientStage;
let desk: AgentClient;

beforeEach(() => {
  vi.useFakeTimers();
  stage = new ClientStage();
  desk = createAgentClient({ ...stage.options, token: 'secret' });
});
afterEach(() => {
  desk.stop();
  vi.useRealTimers();
});

test('R-18.3 the audit log may have grown when the server says so, and after every break', () => {
  stage.begin(snapshot({}));
  const before = desk.store.audited;
  stage.socket.say({ t: 'audited' });
  expect(desk.store.audited).toBeGreaterThan(before);
  const held = desk.store.audited;
  stage.socket.say(changes({}));
  expect(desk.store.audited).toBe(held);
  stage.beginAgain(changes({}));
  expect(desk.store.audited).toBeGreaterThan(held);
});

test('who follows conversations hears of those alone that came, changed or were read', () => {
  const mark = { id: conversationId('two'), version: 1, contactMessages: 1 };
  stage.begin(snapshot({ conversations: [conversation('one'), conversation('two')] }));
  const heard: string[][] = [];
  const stop = desk.store.onConversations((ids) => heard.push([...ids]));
  stage.socket.say(changes({ conversations: [conversation('one'), conversation('three')] }));
  stage.socket.say(changes({ marks: [mark] }));
  stage.socket.say(changes({ marks: [mark] }));
  stop();
  stage.socket.say(changes({ conversations: [conversation('four')] }));
  expect(heard).toEqual([[conversationId('three')], [conversationId('two')]]);
});

describe('R-2.8 jobs on many conversations', () => {
  const job = (version: number, done: number, finishedAt: number | null = null) =>
    ({ id: 'job', version, done, finishedAt }) as unknown as BulkJob;
  const held = () => desk.store.entities.bulkJobs.all();

  test('R-2.8 how far they are comes by itself, the newer state stays, and nothing is asked', () => {
    stage.begin(snapshot({}));
    stage.socket.say(changes({ bulkJobs: [job(1, 0)] }), changes({ bulkJobs: [job(51, 50)] }));
    expect(held()).toEqual([job(51, 50)]);
    stage.socket.say(changes({ bulkJobs: [job(62, 60, 9)] }), changes({ bulkJobs: [job(51, 50)] }));
    expect(held()).toEqual([job(62, 60, 9)]);
    expect(stage.read).toEqual([]);
  });

  test('R-2.8 what went on while the line was cut comes with the first answer, whichever it is', () => {
    stage.begin(snapshot({ bulkJobs: [job(1, 0)] }));
    stage.beginAgain(changes({ bulkJobs: [job(51, 50)] }));
    expect(held()).toEqual([job(51, 50)]);
    stage.beginAgain(snapshot({ bulkJobs: [job(62, 60, 9)] }));
    expect(held()).toEqual([job(62, 60, 9)]);
  });
});
