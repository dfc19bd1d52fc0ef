import type { Conversation, ServerFrame } from '@deskbell/contract';
import { type ListQuery, matches } from '@deskbell/contract/views/filter';
import { belongs, compareIn, lists, usualSort } from '@deskbell/contract/views/lists';
import { holdsWords, searchText, searchWords } from '@deskbell/contract/views/search-text';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { AgentStore } from './agent-store.ts';
import { Overlay } from './overlay.ts';
import {
  ann,
  ben,
  changes,
  conversation,
  conversationId,
  message,
  snapshot,
} from './testing/build.ts';

const RUNS = { numRuns: 2_000 };
const WATCHED = conversationId('one');
const noOutbox = { inLane: () => [] };

/** A desk with a snapshot behind it, that watches the conversation `one`. */
function openStore(): AgentStore {
  const store = new AgentStore(new Overlay(noOutbox, 'message.send'));
  store.apply(snapshot({}));
  store.open(WATCHED);
  return store;
}

/** What one step does to a conversation; its version and its timeline grow by one each time. */
const step = fc.record({
  of: fc.constantFrom('one', 'one', 'two', 'three'),
  status: fc.constantFrom('open' as const, 'pending' as const, 'closed' as const),
  holder: fc.constantFrom(null, ann, ben),
  joined: fc.boolean(),
  at: fc.integer({ min: 0, max: 9 }),
  isQueuedInFront: fc.boolean(),
  read: fc.nat(3),
});
const story = fc.array(step, { minLength: 1, maxLength: 20 });
type Step = typeof step extends fc.Arbitrary<infer Each> ? Each : never;

/** How its conversation stands after each step. */
function states(steps: readonly Step[]): Conversation[] {
  const grown = new Map<string, number>();
  return steps.map((facts) => {
    const version = (grown.get(facts.of) ?? 0) + 1;
    grown.set(facts.of, version);
    return stateAfter(facts, version);
  });
}

/** Each step as the server tells it. */
function tell(steps: readonly Step[]): ServerFrame[] {
  return states(steps).map((state, index) => {
    const { id, version: seq } = state;
    const contactRead = steps[index]?.read ?? 0;
    return changes({
      conversations: [state],
      entries: [message(id, seq)],
      marks: [{ id, version: seq, contactMessages: Math.min(seq, contactRead) }],
      receipts: [{ id, contactDelivered: seq, contactRead, oursRead: 0 }],
    });
  });
}

function stateAfter(facts: Step, version: number): Conversation {
  return conversation(facts.of, {
    version,
    status: facts.status,
    holder: facts.holder ? 'agent' : 'nobody',
    assigneeId: facts.holder,
    participants: facts.joined ? [{ agentId: ann, joinedAt: 1 }] : [],
    lastMessage: { side: 'contact', text: '', at: 2_000 + facts.at, seq: version },
    closedAt: facts.status === 'closed' ? 3_000 + facts.at : null,
    isQueuedInFront: facts.isQueuedInFront,
    contactMessages: version,
  });
}

/** The first page of the watched timeline, as it was at some time of the story. */
function firstPage(frames: readonly ServerFrame[], until: number): ServerFrame {
  const told = frames.slice(0, until).flatMap((frame) => (frame.t === 'changes' ? [frame] : []));
  const entries = told.flatMap(({ entities }) => entities.entries ?? []);
  const own = entries.filter((entry) => entry.conversationId === WATCHED);
  const through = own.at(-1)?.seq ?? 0;
  const page = { entities: { entries: own }, isReset: true, hasEarlier: false, through };
  return { t: 'timeline', conversationId: WATCHED, ...page };
}

const contents = (store: AgentStore) => ({
  conversations: store.entities.conversations.all().toSorted(byId),
  marks: store.entities.marks.all().toSorted(byId),
  receipts: store.entities.receipts.all().toSorted(byId),
  lists: lists.map((list) => store.list(list).ids),
  timeline: store.timeline(WATCHED),
});

const byId = (left: { id: string }, right: { id: string }) => (left.id < right.id ? -1 : 1);

test('frames that come twice and in any order lead to the same store', () => {
  const shuffled = story.chain((steps) => {
    const frames = tell(steps);
    return fc
      .nat(steps.length)
      .map((until) => [...frames, firstPage(frames, until)])
      .chain((all) =>
        fc.record({
          inOrder: fc.constant(all),
          repeated: fc
            .array(fc.constantFrom(...all), { maxLength: 20 })
            .chain((again) =>
              fc.shuffledSubarray([...all, ...again], { minLength: all.length + again.length }),
            ),
        }),
      );
  });
  fc.assert(
    fc.property(shuffled, ({ inOrder, repeated }) => {
      const [first, second] = [openStore(), openStore()];
      for (const frame of inOrder) first.apply(frame);
      for (const frame of repeated) second.apply(frame);
      expect(contents(second)).toEqual(contents(first));
      expect(second.timeline(WATCHED).isComplete).toBe(true);
    }),
    RUNS,
  );
});

test('each list is what filtering and sorting all conversations would give, and what is unread of one’s own is counted, after every frame', () => {
  fc.assert(
    fc.property(story, (steps) => {
      const store = openStore();
      for (const frame of tell(steps)) {
        store.apply(frame);
        for (const list of lists) {
          const usual = { list, sort: usualSort(list), filter: {}, search: '' };
          expect(store.list(list).ids).toEqual(plainly(usual, store));
        }
        const own = store.list('mine').ids;
        expect(store.unreadOwn).toBe(own.filter((id) => store.unread(id) > 0).length);
        // Narrowed ones show what is held before their first page has come.
        for (const query of wished) expect(store.list(query).ids).toEqual(plainly(query, store));
      }
    }),
    RUNS,
  );
});

const wished: ListQuery[] = [
  { list: 'open', sort: 'oldest', filter: { assigneeIds: ['nobody', ann] }, search: '' },
  { list: 'mine', sort: 'waiting', filter: { isFlagged: false }, search: '' },
  { list: 'closed', sort: 'opened', filter: { closedById: ann }, search: '' },
  { list: 'open', sort: 'activity', filter: {}, search: 'a' },
];

function plainly({ list, sort, filter, search }: ListQuery, store: AgentStore): string[] {
  const words = searchWords(search);
  const textOf = ({ contactId, lastMessage }: Conversation) => {
    const nameless = { id: contactId, name: null, email: null };
    return searchText(store.entities.contacts.get(contactId) ?? nameless, lastMessage);
  };
  return store.entities.conversations
    .all()
    .filter((each) => belongs(list, each, ann) && matches(filter, each))
    .filter((each) => holdsWords(textOf(each), words))
    .sort(compareIn(list, sort))
    .map(({ id }) => id);
}

test('what a frame does not change stays the same object', () => {
  fc.assert(
    fc.property(story, (steps) => {
      const store = openStore();
      const frames = tell(steps);
      for (const frame of frames) store.apply(frame);
      const before = contents(store);
      let told = 0;
      store.subscribe(() => told++);
      for (const frame of frames) store.apply(frame);
      const after = contents(store);
      expect(told).toBe(0);
      expect(after.timeline).toBe(before.timeline);
      for (const [index, ids] of after.lists.entries()) expect(ids).toBe(before.lists[index]);
    }),
    RUNS,
  );
});

test('whatever was held: after a snapshot the store holds what it says, and what is told behind it', () => {
  fc.assert(
    fc.property(story, fc.nat(20), (steps, cut) => {
      const frames = tell(steps);
      const [resumed, fresh] = [openStore(), openStore()];
      for (const frame of frames.slice(0, cut)) resumed.apply(frame);
      const latest = new Map(states(steps).map((state) => [state.id, state]));
      latest.delete(WATCHED);
      const again = snapshot({ conversations: [...latest.values()] });
      for (const store of [resumed, fresh]) {
        store.apply(again);
        for (const frame of frames.slice(cut)) store.apply(frame);
        store.apply(firstPage(frames, frames.length));
      }
      const others = (store: AgentStore) =>
        contents(store).conversations.filter(({ id }) => id !== WATCHED);
      expect(others(resumed)).toEqual(others(fresh));
      expect(resumed.timeline(WATCHED).items).toEqual(fresh.timeline(WATCHED).items);
    }),
    RUNS,
  );
});
