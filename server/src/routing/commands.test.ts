import { describe, expect, it } from 'vitest';
import { openOf, queueKey, waiting } from '../conversations/index.ts';
import type { Outcome } from '../platform/pipeline/command.ts';
import { acting, said } from '../testing/acting.ts';
import { turns } from './sql.ts';

const automatic = { routing: 'round-robin' } as const;
const told = (outcome: Outcome) => ('answer' in outcome ? outcome.answer : outcome.code);

/** A workspace that routes, in which these write, one after the other. */
function routing(contacts: string[], ...[settings]: Parameters<typeof acting>) {
  const stage = acting({ ...automatic, ...settings });
  const ids = contacts.map((contact) => {
    stage.company.now += 1;
    return stage.begins(contact);
  });
  return {
    ...stage,
    ids,
    run: () => stage.bySystem('routing.run', {}),
    holders: () => ids.map((id) => stage.conversation(id).assigneeId),
    turn: stage.turn,
  };
}

describe('R-3.3 who waits is given to an agent', () => {
  it('R-3.3 where the workspace routes, and not where people do', () => {
    const { run, holders } = routing(['vera'], { routing: 'manual' });
    expect(told(run())).toEqual({ isAutomatic: false, isLeft: false });
    expect(holders()).toEqual([null]);
    const other = routing([]);
    expect(other.run()).toEqual({
      ...{ puts: [], events: [], answer: { isAutomatic: true, isLeft: false } },
    });
  });

  it('R-3.3 each in turn: who serves the place, is online and has room', () => {
    const { run, holders, make, state, company } = routing(['vera', 'walt', 'xenia']);
    make('ben', { capacity: 1 });
    expect(told(run())).toEqual({ isAutomatic: true, isLeft: false });
    expect(holders()).toEqual(['ann', 'ben', 'ann']);
    // Who was given the last one stands behind the others.
    expect(['ann', 'ben', 'cara'].map((who) => state.get(turns, who)?.servedAt)).toEqual([
      ...[company.now + 3, company.now + 2, undefined],
    ]);
    const away = routing(['vera']);
    away.make('ann', { availability: 'away' });
    away.make('ben', { availability: 'offline' });
    expect(said(away.run())).toBe('nothing');
    const later = routing(['vera']);
    later.state.set(turns, { agentId: 'ben', servedAt: later.company.now + 9 });
    later.state.set(turns, { agentId: 'ann', servedAt: later.company.now + 10 });
    later.run();
    expect(later.holders()).toEqual(['ben']);
    expect(later.state.get(turns, 'ben')?.servedAt).toBe(later.company.now + 11);
  });

  it('R-3.3 to whoever has the most room, and to the last agent of a contact who comes back', () => {
    const busy = routing(['vera', 'walt'], { routing: 'least-busy' });
    const [first = ''] = busy.ids;
    busy.make('ann', { capacity: 9 });
    busy.by('ann', 'conversation.accept', { conversationId: first });
    busy.make('ben', { capacity: 1 });
    busy.run();
    expect(busy.holders()).toEqual(['ann', 'ben']);
    for (const isRoutingSticky of [true, false]) {
      const { turn, ids, run, holders } = routing(['vera'], { isRoutingSticky });
      turn(ids[0] ?? '', { preferredAgentId: 'ben' });
      run();
      expect(holders()).toEqual([isRoutingSticky ? 'ben' : 'ann']);
    }
  });

  it('R-3.3, R-3.6 a team’s queue is its members’ alone', () => {
    const { team, turn, ids, run, holders } = routing(['vera', 'walt']);
    team('sales', ['cara']);
    team('support', []);
    turn(ids[0] ?? '', { teamId: 'sales' });
    turn(ids[1] ?? '', { teamId: 'support' });
    run();
    expect(holders()).toEqual(['cara', null]);
  });

  it('R-3.3 who waits longest comes first over all queues, and before them who came back', () => {
    const { team, turn, ids, run, holders, make } = routing(['vera', 'walt', 'xenia']);
    for (const who of ['ben', 'cara', 'susan'] as const) make(who, { availability: 'away' });
    make('ann', { capacity: 1 });
    team('sales', ['ann']);
    turn(ids[0] ?? '', { teamId: 'sales' });
    turn(ids[2] ?? '', { isQueuedInFront: true });
    run();
    expect(holders()).toEqual([null, null, 'ann']);
    make('ann', { capacity: 2 });
    run();
    expect(holders()).toEqual(['ann', null, 'ann']);
  });

  it('R-3.3 a run gives so many, and says whether another may give more', () => {
    const many = (count: number) => Array.from({ length: count }, (_, index) => `contact-${index}`);
    const asks = (count: number, capacity: number) => {
      const { run, make, company } = routing(many(count));
      make('ann', { capacity });
      make('ben', { availability: 'away' });
      const { isLeft } = told(run()) as { isLeft: boolean };
      return [company.load('ann'), isLeft];
    };
    expect([asks(49, 60), asks(50, 60), asks(50, 0)]).toEqual([
      ...[
        [49, false],
        [50, true],
        [0, false],
      ],
    ]);
    // Of two queues, more fit than one run gives.
    const { run, make, team, turn, ids, company } = routing(many(103));
    make('ann', { capacity: 200 });
    for (const [index, name] of ['one', 'two', 'three'].entries()) {
      team(name, ['ann']);
      for (const id of ids.slice(index * 40, index * 40 + 40)) turn(id, { teamId: name });
    }
    expect(told(run())).toEqual({ isAutomatic: true, isLeft: true });
    expect(company.load('ann')).toBe(100);
    expect(told(run())).toEqual({ isAutomatic: true, isLeft: false });
    expect(company.load('ann')).toBe(103);
  });
});

describe('R-2.4, R-3.4 what waits, and what an agent has', () => {
  it('R-3.4 an agent has what is open and theirs', () => {
    const { taken, conversation } = acting();
    const row = conversation(taken('ann', 'vera'));
    expect(openOf.key(row)).toBe('ann');
    for (const other of [{ status: 'pending' }, { status: 'closed' }, { holder: 'nobody' }])
      expect(openOf.key({ ...row, ...other } as typeof row)).toBeNull();
    const later = { ...row, id: `${row.id}-later` };
    expect([
      openOf.compare(row, later),
      openOf.compare(later, row),
      openOf.compare(row, row),
    ]).toEqual([-1, 1, 0]);
  });

  it('R-2.4 a queue is an inbox’s or a team’s in it: in front who came back, then who waits longest', () => {
    const { begins, conversation } = acting();
    const row = conversation(begins('vera'));
    expect([waiting.key(row), waiting.key({ ...row, teamId: 'sales' })]).toEqual([
      ...['shop/shop', 'shop/sales'],
    ]);
    expect(queueKey(row)).toBe('shop/shop');
    for (const other of [{ status: 'pending' }, { status: 'closed' }, { holder: 'agent' }])
      expect(waiting.key({ ...row, ...other } as typeof row)).toBeNull();
    const first = { ...row, queuedAt: 5, openedAt: 9 };
    const isBefore = (left: object, right: object) =>
      waiting.compare({ ...first, ...left }, { ...first, ...right });
    expect(isBefore({ queuedAt: 9, isQueuedInFront: true }, {})).toBeLessThan(0);
    expect(isBefore({}, { queuedAt: 9, isQueuedInFront: true })).toBeGreaterThan(0);
    expect(isBefore({}, { queuedAt: 6 })).toBeLessThan(0);
    expect(isBefore({ queuedAt: null }, { queuedAt: 8 })).toBeGreaterThan(0);
    expect([isBefore({ id: 'a' }, { id: 'b' }), isBefore({ id: 'b' }, { id: 'a' })]).toEqual([
      -1, 1,
    ]);
    expect(isBefore({}, {})).toBe(0);
  });
});
