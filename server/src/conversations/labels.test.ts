import { randomUUID } from 'node:crypto';
import { CONVERSATION_LABELS } from '@deskbell/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Queries } from '../platform/store/connect.ts';
import { createWorld, type World } from '../testing/world.ts';
import { conversations, readTimeline } from './sql.ts';

let world: World;
let sql: Queries;
let conversationId: string;
beforeAll(async () => {
  world = await createWorld();
  sql = world.server.engine.pool as unknown as Queries;
  conversationId = await world.write(world.vera, 'Where is my parcel?');
});
afterAll(() => world.close());

let count = 0;
async function newLabel(): Promise<string> {
  const input = { name: `Label ${++count}`, color: '#b45309' };
  return String((await world.act(world.adam, 'label.create', input)).answer.labelId);
}

async function labelsNow(): Promise<string[]> {
  const [row] = await conversations.load(sql, world.workspaceId, [conversationId]);
  return row?.labelIds ?? [];
}

async function activitiesNow(): Promise<unknown[]> {
  const page = { conversationId, limit: 100 };
  const entries = await readTimeline(sql, world.workspaceId, page);
  return entries.filter(({ kind }) => kind === 'activity').map(({ activity }) => activity);
}

const label = (input: { add?: string[]; remove?: string[] }, by = world.ben) =>
  world.server.engine.submit({
    workspaceId: world.workspaceId,
    actor: by.actor,
    kind: 'conversation.label',
    clientId: randomUUID(),
    input: { conversationId, ...input },
  });

describe('R-2.8 labels on a conversation', () => {
  it('R-2.8 whoever sees it puts them on and takes them off, and the timeline says so once', async () => {
    const [refund, sales, other] = [await newLabel(), await newLabel(), await newLabel()];
    // Ann has it, and Ben labels it.
    await world.act(world.ann, 'conversation.accept', { conversationId });
    await label({ add: [refund, sales] });
    expect(await labelsNow()).toEqual([refund, sales]);
    await label({ add: [sales, other], remove: [refund] });
    expect(await labelsNow()).toEqual([sales, other]);
    // What is so already changes nothing, and what is asked both ways comes off.
    const before = await activitiesNow();
    await label({ add: [sales], remove: [refund] });
    expect(await activitiesNow()).toEqual(before);
    await label({ add: [refund], remove: [refund, sales, other] });
    expect(await labelsNow()).toEqual([]);
    expect((await activitiesNow()).slice(-3)).toEqual([
      { what: 'labelled', added: [refund, sales], removed: [] },
      { what: 'labelled', added: [other], removed: [refund] },
      { what: 'labelled', added: [], removed: [sales, other] },
    ]);
  });

  it('R-2.8 also one that is closed, and not by somebody who does not see it', async () => {
    const labelId = await newLabel();
    expect(await label({ add: [labelId] }, world.cara)).toMatchObject({ code: 'not-found' });
    await world.act(world.ann, 'conversation.close', { conversationId });
    await label({ add: [labelId] });
    expect(await labelsNow()).toEqual([labelId]);
    await label({ remove: [labelId] });
  });

  it('R-2.8 a deleted one is put on nothing, and is where it was once it is brought back', async () => {
    const labelId = await newLabel();
    await label({ add: [labelId] });
    await world.act(world.adam, 'label.delete', { labelId });
    const other = await newLabel();
    await label({ add: [other] });
    for (const unknown of [labelId, randomUUID()])
      expect(await label({ add: [unknown] })).toMatchObject({ code: 'not-found', field: 'add' });
    await world.act(world.adam, 'label.restore', { labelId });
    expect(await labelsNow()).toEqual([labelId, other]);
    await label({ remove: [labelId, other] });
  });

  it('R-2.8 so many are the most, not counting deleted ones', async () => {
    const many: string[] = [];
    for (let each = 0; each < CONVERSATION_LABELS; each += 1) many.push(await newLabel());
    await label({ add: many });
    const [first = '', more] = [many[0], await newLabel()];
    expect(await label({ add: [more] })).toMatchObject({ code: 'too-large' });
    await world.act(world.adam, 'label.delete', { labelId: first });
    expect(await label({ add: [more] })).not.toHaveProperty('code');
    expect(await labelsNow()).toHaveLength(CONVERSATION_LABELS + 1);
  });
});
