import fc from 'fast-check';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { OutboxWorld } from './testing/outbox-world.ts';

const RUNS = { numRuns: 2_000 };

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

const tab = fc.constantFrom(0, 1);
const lane = fc.constantFrom('first', 'second', '');
const happening = (tabs: fc.Arbitrary<number>) =>
  fc.oneof(
    { weight: 5, arbitrary: fc.record({ what: fc.constant('write' as const), tab: tabs, lane }) },
    { weight: 4, arbitrary: fc.record({ what: fc.constant('connect' as const), tab: tabs }) },
    { weight: 2, arbitrary: fc.record({ what: fc.constant('cut' as const), tab: tabs }) },
    {
      weight: 6,
      arbitrary: fc.record({
        what: fc.constant('arrive' as const),
        tab: tabs,
        answer: fc.constantFrom('ack' as const, 'ack' as const, 'busy' as const, 'refuse' as const),
      }),
    },
    { weight: 6, arbitrary: fc.record({ what: fc.constant('answer' as const), tab: tabs }) },
    { weight: 2, arbitrary: fc.record({ what: fc.constant('reload' as const), tab: tabs }) },
    {
      weight: 1,
      arbitrary: fc.record({
        what: fc.constant('die' as const),
        tab: tabs,
        after: fc.integer({ min: 0, max: 4 }),
      }),
    },
    {
      weight: 1,
      arbitrary: fc.record({
        what: fc.constantFrom('wait' as const, 'turn the clock back' as const),
        tab: tabs,
      }),
    },
  );
const story = (tabs: fc.Arbitrary<number>) => fc.array(happening(tabs), { maxLength: 60 });

test('whatever breaks and whenever it is reloaded, each command is stored once, in the order of its conversation', () => {
  fc.assert(
    fc.property(story(fc.constant(0)), (happenings) => {
      const world = new OutboxWorld(1);
      for (const each of happenings) world.happen(each);
      world.settle();
      expect(world.stored()).toEqual(world.wanted());
      expect(world.left()).toEqual(world.refused());
    }),
    RUNS,
  );
});

test('two tabs that share an outbox lose, double and reorder nothing, with a lock or without', () => {
  fc.assert(
    fc.property(story(tab), fc.boolean(), (happenings, isLocked) => {
      const world = new OutboxWorld(2, isLocked);
      for (const each of happenings) world.happen(each);
      world.settle();
      expect(world.storedByTab()).toEqual(world.wantedByTab());
      expect(world.left()).toEqual(world.refused());
    }),
    RUNS,
  );
});

test('every promise is kept in the tab that gave it', async () => {
  await fc.assert(
    fc.asyncProperty(story(tab), async (happenings) => {
      const world = new OutboxWorld(2);
      const kind = (each: (typeof happenings)[number]) =>
        each.what !== 'reload' && each.what !== 'die';
      for (const each of happenings.filter(kind)) world.happen(each);
      world.settle();
      await Promise.resolve();
      await Promise.resolve();
      expect(world.told()).toEqual(world.answered());
    }),
    RUNS,
  );
});
