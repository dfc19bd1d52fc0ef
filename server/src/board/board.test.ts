import type { AgentId, Board } from '@deskbell/contract';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anyConversation, newCast } from '../testing/any-conversation.ts';
import type { TestSocket } from '../testing/socket.ts';
import { createWorld, type World } from '../testing/world.ts';
import { LiveBoard } from './board.ts';

describe('folded', () => {
  const cast = newCast();

  it('R-14.1 whatever happened in whatever order, it stands as if it had been counted anew', () => {
    const histories = fc.array(anyConversation(cast), { maxLength: 60, size: 'max' });
    const few = fc.array(fc.nat({ max: 7 }), { minLength: 60, maxLength: 60 });
    fc.assert(
      fc.property(histories, few, (rows, picks) => {
        // Each row is the next state of one of eight conversations.
        const history = rows.map((row, index) => ({ ...row, id: `conversation-${picks[index]}` }));
        const folded = new LiveBoard();
        for (const row of history) folded.apply(row);
        const anew = new LiveBoard();
        const last = [...new Map(history.map((row) => [row.id, row])).values()];
        anew.load(last.filter(({ status }) => status !== 'closed'));
        expect(folded.now).toEqual(anew.now);

        const open = last.filter(({ status }) => status === 'open');
        const untaken = open.filter(({ holder }) => holder === 'nobody');
        expect(folded.now.waiting).toBe(untaken.length);
        const waits = untaken.map((row) => row.waitingSince ?? row.queuedAt ?? row.openedAt);
        expect(folded.now.waitingSince).toBe(waits.length > 0 ? Math.min(...waits) : null);
        for (const agentId of cast.agentIds) {
          const own = open.filter((row) => row.holder === 'agent' && row.assigneeId === agentId);
          expect(folded.now.agents[agentId as AgentId]?.open ?? 0).toBe(own.length);
        }
      }),
      { numRuns: 500 },
    );
  });
});

describe('on the socket', () => {
  let world: World;
  beforeAll(async () => {
    world = await createWorld();
  });
  afterAll(() => world.close());

  const show = async (socket: TestSocket, fits: (board: Board) => boolean) => {
    const { board } = await socket.next('board', (frame) => fits(frame.board));
    return board;
  };

  it('R-14.1 a supervisor sees who waits since when and what each has to do, as it changes', async () => {
    const desk = await world.connect(world.susan);
    desk.send({ t: 'board', isWatched: true });
    expect(await show(desk, () => true)).toEqual({ waiting: 0, waitingSince: null, agents: {} });

    const conversationId = await world.write(world.vera, 'Is anybody there?');
    const waiting = await show(desk, (board) => board.waiting === 1);
    const [stored] = await world.server.engine.pool<{ at: number }[]>`
      select waiting_since as at from conversations where id = ${conversationId}`;
    expect(waiting.waitingSince).toBe(Number(stored?.at));

    const { ann } = world;
    await world.act(ann, 'conversation.accept', { conversationId });
    const taken = await show(desk, (board) => board.waiting === 0);
    const load = (open: number, unanswered: number, pending = 0) => ({
      [ann.agentId]: { open, pending, unanswered },
    });
    expect(taken).toEqual({ waiting: 0, waitingSince: null, agents: load(1, 1) });

    await world.act(ann, 'message.send', { conversationId, text: 'I am' });
    const isAnswered = (board: Board) => board.agents[ann.agentId as AgentId]?.unanswered === 0;
    expect((await show(desk, isAnswered)).agents).toEqual(load(1, 0));
    await world.act(ann, 'conversation.mark-pending', { conversationId });
    const isPending = (board: Board) => board.agents[ann.agentId as AgentId]?.pending === 1;
    expect((await show(desk, isPending)).agents).toEqual(load(0, 0, 1));
    await world.act(ann, 'conversation.close', { conversationId });
    await show(desk, (board) => Object.keys(board.agents).length === 0);
  });

  it('R-14.1 it is for supervisors: an agent is refused, and a contact is told nothing', async () => {
    const [ann, vera] = [await world.connect(world.ann), await world.connect(world.walt)];
    for (const socket of [ann, vera]) socket.send({ t: 'board', isWatched: true });
    expect(await ann.next('refused')).toMatchObject({ id: null, code: 'forbidden' });
    await world.write(world.walt, 'Hello');
    vera.send({ t: 'ping' });
    ann.send({ t: 'ping' });
    await Promise.all([ann.next('pong'), vera.next('pong')]);
    for (const { frames } of [ann, vera])
      expect(frames.filter(({ t }) => t === 'board')).toEqual([]);
  });

  it('R-14.1 whoever ceases to be a supervisor has the board no more, who becomes one again has it at once', async () => {
    const { susan, olga, ann } = world;
    const desk = await world.connect(susan);
    const role = (to: string) =>
      world.act(olga, 'agent.change-role', { agentId: susan.agentId, role: to });
    desk.send({ t: 'board', isWatched: true });
    const { waiting } = await show(desk, () => true);

    await role('agent');
    await desk.next('snapshot', ({ me }) => me.kind === 'agent' && me.role === 'agent');
    const seen = desk.frames.length;
    const conversationId = await world.write(world.newVisitor(), 'What now?');
    const { position } = await world.act(ann, 'conversation.accept', { conversationId });
    await desk.reach(position);
    expect(desk.frames.slice(seen).filter(({ t }) => t === 'board')).toEqual([]);

    await role('supervisor');
    expect(await show(desk, () => true)).toMatchObject({
      waiting,
      agents: { [ann.agentId]: { open: 1 } },
    });
  });

  it('R-14.1 a desk that looks away is told no more', async () => {
    const desk = await world.connect(world.susan);
    desk.send({ t: 'board', isWatched: true });
    const { waiting } = await show(desk, () => true);
    desk.send({ t: 'board', isWatched: false });
    desk.send({ t: 'ping' });
    await desk.next('pong');
    const other = await world.connect(world.adam);
    other.send({ t: 'board', isWatched: true });
    await world.write(world.newVisitor(), 'Hello?');
    await show(other, (board) => board.waiting === waiting + 1);
    const boards = desk.frames.filter(({ t }) => t === 'board');
    expect(boards).toHaveLength(1);
  });
});
