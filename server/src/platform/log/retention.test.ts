import { PROTOCOL } from '@deskbell/contract';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { agents } from '../../accounts/index.ts';
import { answerOf, type Office, type OfficeServer, openOffice } from '../../testing/office.ts';
import { TestSocket } from '../../testing/socket.ts';
import { createWorld } from '../../testing/world.ts';
import type { Queries } from '../store/connect.ts';
import { readEvents, readHead } from './log.ts';
import { Retention } from './retention.ts';

const DAY = 24 * 3_600_000;

let office: Office;
let server: OfficeServer;
let troubles: unknown[];
beforeEach(async () => {
  office = await openOffice();
  server = office.open();
  troubles = [];
});
afterEach(async () => {
  expect(troubles).toEqual([]);
  await office.close();
});

const sql = () => office.pool as unknown as Queries;
const retention = () =>
  new Retention({ pool: office.pool, drops: [], onTrouble: (error) => void troubles.push(error) });
const write = () => server.act(office.visitor(), 'message.receive', { text: 'hi' });
const head = () => readHead(sql(), office.workspaceId);

/** Lets what was written up to a position have happened so long ago. */
async function age(byMs: number, upTo = Number.MAX_SAFE_INTEGER): Promise<void> {
  await office.pool`update log set at = at - ${byMs} where workspace_id = ${office.workspaceId} and position <= ${upTo}`;
  await office.pool`update commands set at = at - ${byMs} where workspace_id = ${office.workspaceId} and position <= ${upTo}`;
}
const nextHour = () => office.pool`update chores set begun_at = begun_at - 3600000`;

async function look(): Promise<void> {
  const one = retention();
  await one.look();
  await one.close();
}

describe('what is too old of a log', () => {
  it('is dropped, what is younger stays, and the floor says how far', async () => {
    await write();
    const { position: old } = await head();
    await write();
    const { position: young } = await head();
    await age(31 * DAY, old);
    await look();
    expect(await head()).toEqual({ position: young, floor: old });
    const left = await readEvents(sql(), office.workspaceId, { after: 0, limit: 100 });
    expect(left.map(({ position }) => position)).toEqual([old + 1, old + 2, old + 3]);
  });

  it('positions go on above the floor, also when nothing is left of it', async () => {
    const answer = await write();
    const { position } = await head();
    await age(31 * DAY);
    await look();
    expect(await head()).toEqual({ position, floor: position });
    expect(await readEvents(sql(), office.workspaceId, { after: 0, limit: 100 })).toEqual([]);
    for (const each of [server, office.open()]) {
      const before = (await head()).position;
      const result = await each.act(office.visitor(), 'message.receive', { text: 'on' });
      expect('code' in result ? result : result.position).toBe(before + 3);
    }
    // Timelines and messages are not the log.
    const { conversationId } = answerOf(answer);
    expect((await office.messages()).get(String(conversationId))).toEqual(['hi']);
  });

  it('is dropped by chunks, however much it is', async () => {
    await office.pool`
      insert into log (workspace_id, position, at, kind, id, version, actor, audience)
      select ${office.workspaceId}, n, 0, 'workspace.changed', ${office.workspaceId}, 1, 'test', 'workspace'
      from generate_series(1000, 13000) as n`;
    await write();
    await age(0);
    await office.pool`update log set at = 0 where position < 1000`;
    await look();
    expect((await head()).floor).toBe(13_000);
    expect((await office.log()).map(({ position }) => position)).toEqual([13_001, 13_002, 13_003]);
  });

  it('is what the workspace says, 30 days otherwise', async () => {
    await write();
    await age(3 * DAY);
    await look();
    expect((await head()).floor).toBe(0);
    await office.pool`update workspaces set settings = ${JSON.stringify({ logKeptMs: 2 * DAY })}::text::jsonb`;
    await nextHour();
    await look();
    expect((await head()).floor).toBe((await head()).position);
  });

  it('goes at most once an hour, whatever number of servers runs', async () => {
    await age(31 * DAY);
    await Promise.all([look(), look(), look()]);
    const { floor } = await head();
    expect(floor).toBeGreaterThan(0);
    await write();
    await age(31 * DAY);
    await look();
    expect((await head()).floor).toBe(floor);
    await nextHour();
    await look();
    expect((await head()).floor).toBeGreaterThan(floor);
  });

  it('kept answers go with it, younger ones stay', async () => {
    const answers = async () =>
      (await office.pool`select from commands where workspace_id = ${office.workspaceId}`).length;
    await server.act(office.ann, 'agent.rename', { name: 'before' });
    const { position } = await head();
    const before = await answers();
    await age(31 * DAY, position);
    await server.act(office.ann, 'agent.rename', { name: 'after' });
    await look();
    expect(before).toBeGreaterThan(0);
    expect(await answers()).toBe(1);
  });

  it('a server that slept through it decides from nothing that has changed meanwhile', async () => {
    const [before] = await agents.load(sql(), office.workspaceId, [office.ann.id]);
    answerOf(await server.act(office.ann, 'agent.rename', { name: 'Ann' }));
    const other = office.open();
    answerOf(await other.act(office.ann, 'agent.rename', { name: 'Anne' }));
    answerOf(await other.act(office.ann, 'agent.rename', { name: 'Anna' }));
    await age(31 * DAY);
    await look();
    answerOf(await server.act(office.ben, 'agent.rename', { name: 'Benno' }));
    answerOf(await server.act(office.ann, 'agent.rename', { name: 'Annie' }));
    const rows = await agents.load(sql(), office.workspaceId, [office.ann.id]);
    expect(rows).toMatchObject([{ name: 'Annie', version: (before?.version ?? 0) + 4 }]);
  });
});

it('R-9.4 who was away too long begins with a snapshot, others go on', async () => {
  const world = await createWorld();
  const { pool } = world.server.engine;
  const back = async (through: number, rights: string) => {
    const socket = await TestSocket.open(world.url);
    socket.send({
      t: 'hello',
      protocol: PROTOCOL,
      token: world.ann.token,
      through: String(through),
      rights,
      isPresent: false,
    });
    while (socket.frames.length === 0) await new Promise(setImmediate);
    const [first] = socket.frames;
    socket.close();
    return first?.t;
  };
  const desk = await world.connect(world.ann, false);
  const [snapshot] = desk.frames;
  if (snapshot?.t !== 'snapshot') throw new Error('no snapshot came');
  await world.write(world.vera, 'old');
  await pool`update log set at = 0`;
  const away = Number(snapshot.through);
  expect(await back(away, snapshot.rights)).toBe('changes');
  const retention = new Retention({
    pool,
    drops: [],
    onTrouble: (error) => void troubles.push(error),
  });
  await retention.look();
  await retention.close();
  expect(await back(away, snapshot.rights)).toBe('snapshot');
  const { position } = await readHead(pool as unknown as Queries, world.workspaceId);
  expect(await back(position, snapshot.rights)).toBe('changes');
  await world.close();
});
