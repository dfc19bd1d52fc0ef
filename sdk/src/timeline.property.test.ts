import fc from 'fast-check';
import { expect, test } from 'vitest';
import { conversationId, message } from './testing/build.ts';
import { Timeline } from './timeline.ts';

const RUNS = { numRuns: 3_000 };
const id = conversationId('shop talk');
const entriesBetween = (after: number, through: number) =>
  Array.from({ length: through - after }, (_, index) => message(id, after + 1 + index));

/** What comes from a server whose conversation has grown to `length`: single entries, and pages of what there was at some time. */
const arrival = (length: number) =>
  fc.oneof(
    fc.record({ what: fc.constant('entry' as const), seq: fc.integer({ min: 1, max: length }) }),
    fc
      .tuple(fc.nat(length), fc.nat(length))
      .map(([a, b]) => ({ after: Math.min(a, b), through: Math.max(a, b) }))
      .chain((page) =>
        fc.record({
          what: fc.constant('page' as const),
          after: fc.constant(page.after),
          through: fc.constant(page.through),
          isReset: fc.boolean(),
        }),
      ),
    fc.record({ what: fc.constant('earlier' as const), size: fc.integer({ min: 1, max: 5 }) }),
  );

type Arrival = ReturnType<typeof arrival> extends fc.Arbitrary<infer Each> ? Each : never;

function arrive(timeline: Timeline, each: Arrival): void {
  if (each.what === 'entry') timeline.add([message(id, each.seq)]);
  if (each.what === 'page')
    timeline.addPage({ ...each, entries: entriesBetween(each.after, each.through) });
  if (each.what === 'earlier' && timeline.earlierThan !== null) {
    const before = timeline.earlierThan;
    const after = Math.max(0, before - 1 - each.size);
    timeline.addEarlier({
      before,
      entries: entriesBetween(after, before - 1),
      hasEarlier: after > 0,
    });
  }
}

const seqs = (timeline: Timeline) => timeline.entries.map(({ seq }) => seq);

test('whatever comes in whatever order: entries are in order, each once, and a hole is never called complete', () => {
  fc.assert(
    fc.property(fc.array(arrival(20), { maxLength: 40 }), (arrivals) => {
      const timeline = new Timeline(true);
      for (const each of arrivals) {
        arrive(timeline, each);
        const held = seqs(timeline);
        expect(held).toEqual([...new Set(held)].sort((left, right) => left - right));
        if (!timeline.isLoaded) continue;
        const first = (timeline.earlierThan ?? 1) - 1;
        const whole = entriesBetween(first, timeline.completeThrough).map(({ seq }) => seq);
        expect(held.slice(0, whole.length)).toEqual(whole);
        expect(timeline.isMissing(0)).toBe(held.length > whole.length);
      }
    }),
    RUNS,
  );
});

test('once asked again from its last entry without a hole, a timeline is whole up to the newest', () => {
  fc.assert(
    fc.property(fc.array(arrival(20), { maxLength: 40 }), (arrivals) => {
      const timeline = new Timeline(true);
      for (const each of arrivals) arrive(timeline, each);
      const after = timeline.isLoaded ? timeline.completeThrough : 10;
      const isReset = !timeline.isLoaded;
      timeline.addPage({ entries: entriesBetween(after, 20), isReset, through: 20 });
      expect(timeline.completeThrough).toBe(20);
      expect(timeline.isMissing(20)).toBe(false);
      const whole = entriesBetween((timeline.earlierThan ?? 1) - 1, 20).map(({ seq }) => seq);
      expect(seqs(timeline)).toEqual(whole);
    }),
    RUNS,
  );
});

test('a page that starts afresh keeps what came live behind it', () => {
  const timeline = new Timeline(true);
  timeline.add([message(id, 12)]);
  timeline.addPage({ entries: entriesBetween(1, 11), isReset: true, through: 11 });
  expect(timeline.completeThrough).toBe(12);
});

test('a page that starts afresh forgets what lies before a hole', () => {
  const timeline = new Timeline(true);
  timeline.addPage({ entries: entriesBetween(0, 5), isReset: true, through: 5 });
  timeline.addPage({ entries: entriesBetween(8, 10), isReset: true, through: 10 });
  expect(seqs(timeline)).toEqual([9, 10]);
  expect(timeline.earlierThan).toBe(9);
});

test("a contact's sequence has gaps that are no holes", () => {
  const timeline = new Timeline(false);
  timeline.addPage({ entries: [message(id, 1), message(id, 4)], isReset: true, through: 4 });
  timeline.add([message(id, 9)]);
  expect(timeline.isMissing(9)).toBe(false);
});

test('a page of earlier entries for another place is of no use', () => {
  const timeline = new Timeline(true);
  timeline.addPage({ entries: entriesBetween(10, 12), isReset: true, through: 12 });
  timeline.addEarlier({ before: 9, entries: entriesBetween(6, 8), hasEarlier: true });
  expect(seqs(timeline)).toEqual([11, 12]);
});
