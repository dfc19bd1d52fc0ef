import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Candidate, plan, type Waiting } from './rules.ts';

const waits = (id: string, given: Partial<Waiting> = {}): Waiting => ({
  id,
  queue: 'shop',
  preferredAgentId: null,
  avoidedAgentId: null,
  isQueuedInFront: false,
  ...given,
});
const agent = (agentId: string, given: Partial<Candidate> = {}): Candidate => ({
  agentId,
  queues: new Set(['shop']),
  load: 0,
  capacity: 5,
  servedAt: null,
  ...given,
});
const given = (planned: ReturnType<typeof plan>) =>
  planned.map(({ conversationId, agentId }) => `${conversationId}:${agentId}`);
const roundRobin = { mode: 'round-robin', isSticky: false } as const;

describe('R-3.3 who gets whom', () => {
  it('R-3.3 round robin: in turn, beginning with whoever was served longest ago', () => {
    const candidates = [
      agent('ann', { servedAt: 30 }),
      agent('ben', { servedAt: 10 }),
      agent('cara', { servedAt: 20 }),
    ];
    const waiting = ['1', '2', '3', '4'].map((id) => waits(id));
    expect(given(plan({ ...roundRobin, waiting, candidates }))).toEqual([
      '1:ben',
      '2:cara',
      '3:ann',
      '4:ben',
    ]);
  });

  it('R-3.3 round robin looks at turns and not at loads, and at names where turns are equal', () => {
    const waiting = [waits('1'), waits('2'), waits('3')];
    const busy = [agent('ben', { load: 0 }), agent('ann', { load: 4 }), agent('cara')];
    expect(given(plan({ ...roundRobin, waiting, candidates: busy }))).toEqual([
      '1:ann',
      '2:ben',
      '3:cara',
    ]);
    const backwards = busy.toReversed();
    expect(given(plan({ ...roundRobin, waiting, candidates: backwards }))[0]).toBe('1:ann');
  });

  it('R-3.3 least busy: of those who are equally busy, whoever was served longest ago', () => {
    const candidates = [agent('ann', { servedAt: 9 }), agent('ben', { servedAt: 3 })];
    const mode = 'least-busy';
    expect(given(plan({ ...roundRobin, mode, waiting: [waits('1')], candidates }))).toEqual([
      '1:ben',
    ]);
  });

  it('R-3.3 least busy: by the share of what each may have', () => {
    const candidates = [
      agent('ann', { load: 2, capacity: 4 }),
      agent('ben', { load: 3, capacity: 10 }),
    ];
    const planned = plan({
      ...roundRobin,
      mode: 'least-busy',
      waiting: ['1', '2', '3'].map((id) => waits(id)),
      candidates,
    });
    // 3/10, 4/10, then both have half: ben was served just now.
    expect(given(planned)).toEqual(['1:ben', '2:ben', '3:ann']);
  });

  it('R-3.3 sticky: the contact’s last agent, when there with room', () => {
    const waiting = [waits('1', { preferredAgentId: 'ben' })];
    const candidates = [agent('ann'), agent('ben', { servedAt: 9 })];
    const of = (isSticky: boolean, people = candidates) =>
      given(plan({ ...roundRobin, isSticky, waiting, candidates: people }));
    expect(of(true)).toEqual(['1:ben']);
    expect(of(false)).toEqual(['1:ann']);
    expect(of(true, [agent('ann'), agent('ben', { load: 5 })])).toEqual(['1:ann']);
  });

  it('R-3.4 what came back from a full agent goes to them first, once they have room', () => {
    const waiting = [waits('1', { preferredAgentId: 'ben', isQueuedInFront: true })];
    const candidates = [agent('ann'), agent('ben', { servedAt: 9 })];
    expect(given(plan({ ...roundRobin, waiting, candidates }))).toEqual(['1:ben']);
  });

  it('R-1.6 who let the contact wait gets them again only where nobody else can', () => {
    const waiting = [
      waits('1', { avoidedAgentId: 'ann', preferredAgentId: 'ann', isQueuedInFront: true }),
    ];
    const both = [agent('ann'), agent('ben', { servedAt: 9 })];
    const of = (candidates: Candidate[]) =>
      given(plan({ ...roundRobin, isSticky: true, waiting, candidates }));
    expect(of(both)).toEqual(['1:ben']);
    expect(of([agent('ann')])).toEqual(['1:ann']);
  });

  it('R-3.3 one whom nobody there serves doesn’t keep those behind from being served', () => {
    const waiting = [waits('1', { queue: 'wholesale' }), waits('2')];
    expect(given(plan({ ...roundRobin, waiting, candidates: [agent('ann')] }))).toEqual(['2:ann']);
  });

  it('R-3.3, R-3.4 nothing that fits is left, nobody has more than they may, and who waits longer goes first', () => {
    const names = ['ann', 'ben', 'cara', 'dan'];
    const queue = fc.constantFrom('shop', 'wholesale', 'returns');
    const candidate = fc.record({
      queues: fc.uniqueArray(queue).map((all) => new Set(all)),
      load: fc.nat(6),
      capacity: fc.integer({ min: 1, max: 5 }),
      servedAt: fc.option(fc.nat(5)),
    });
    const someone = fc.option(fc.constantFrom(...names));
    const conversation = fc.record({
      queue,
      preferredAgentId: someone,
      avoidedAgentId: someone,
      isQueuedInFront: fc.boolean(),
    });
    const property = fc.property(
      fc.array(conversation, { maxLength: 20 }),
      fc.array(candidate, { maxLength: 4 }),
      fc.record({
        mode: fc.constantFrom('round-robin' as const, 'least-busy' as const),
        isSticky: fc.boolean(),
      }),
      (conversations, people, settings) => {
        const waiting = conversations.map((each, index) => ({ ...each, id: `${index}` }));
        const candidates = people.map((each, index) => ({ ...each, agentId: names[index] ?? '' }));
        const planned = plan({ ...settings, waiting, candidates });
        const by = new Map(planned.map(({ conversationId, agentId }) => [conversationId, agentId]));
        expect(by.size).toBe(planned.length);
        const loads = new Map(candidates.map((each) => [each.agentId, each.load]));
        for (const each of waiting) {
          const taker = by.get(each.id);
          const able = candidates.filter(
            ({ agentId, queues, capacity }) =>
              queues.has(each.queue) && (loads.get(agentId) ?? 0) < capacity,
          );
          // Step by step: whoever comes later finds only the room that those before have left.
          if (taker === undefined) expect(able).toEqual([]);
          else {
            expect(able.map(({ agentId }) => agentId)).toContain(taker);
            if (taker === each.avoidedAgentId) expect(able).toHaveLength(1);
            loads.set(taker, (loads.get(taker) ?? 0) + 1);
          }
        }
      },
    );
    fc.assert(property, { numRuns: 2000 });
  });
});
