import { type Availability, availabilities, type Settings } from '@deskbell/contract';
import fc from 'fast-check';

/** Who sits at a desk: an owner, a supervisor, and agents who serve places or teams, or none yet. */
export const names = ['olga', 'susan', 'ann', 'ben', 'tess', 'tom', 'cara'] as const;
export type Name = (typeof names)[number];
type TeamName = 'support' | 'sales';
type InboxName = 'shop' | 'wholesale';

/** So many come by in one history, and so many of them wait when it begins. */
export const VISITORS = 8;
export const WAITING = 4;

const agentKinds = [
  'conversation.accept',
  'conversation.join',
  'conversation.leave',
  'conversation.unassign',
  'conversation.mark-pending',
  'conversation.mark-open',
  'conversation.close',
  'conversation.reopen',
] as const;
const often = ['conversation.accept', 'conversation.accept', 'conversation.mark-pending'] as const;

/** What somebody does. `which`: of the conversations that there are when its round begins. */
export type Act =
  | { what: 'write' | 'end'; visitor: number; inbox: InboxName }
  /** `isOwn`: by whoever has it, where somebody does; others may do little with it. */
  | {
      what: 'command';
      who: Name;
      isOwn: boolean;
      kind: (typeof agentKinds)[number];
      which: number;
    }
  /** Whoever has it waits for the contact, and is away when they write: it is queued in front. */
  | { what: 'comes back'; who: Name; which: number }
  | { what: 'transfer'; who: Name; which: number; team: TeamName | null }
  /** Susan gives it to them, whether they have room or not. */
  | { what: 'force'; who: Name; which: number }
  | {
      what: 'availability';
      who: Name;
      availability: Availability;
      conversations: 'keep' | 'queue';
    }
  | { what: 'capacity'; who: Name; capacity: number | null }
  | { what: 'member'; who: Name; inbox: InboxName; isIn: boolean }
  | { what: 'team member'; who: Name; team: TeamName; isIn: boolean }
  | { what: 'team of an inbox'; team: TeamName; inbox: InboxName; isIn: boolean }
  /** Whose is what is opened from now on. */
  | { what: 'team rule'; team: TeamName | null; inbox: InboxName }
  | { what: 'routing'; routing: Settings['routing'] }
  /** The assignees' time to answer is over. */
  | { what: 'time passes' };

/** What happens at once, on all servers, before it is quiet again. */
export interface Round {
  acts: Act[];
  meanwhile: 'nothing' | 'lines break' | 'lines are down' | 'a server dies';
}

/** `own`: what some may have from the beginning, whatever the workspace says. */
export interface History {
  own: Extract<Act, { what: 'capacity' }>[];
  rounds: Round[];
}

const agent = fc.constantFrom<Name>('ann', 'ann', 'ben', 'tess', 'tom', 'cara', 'susan');
const which = fc.constantFrom(0, 0, 0, 1, 1, 2, 3, 4, 5, 6);
const inbox = fc.constantFrom<InboxName>('shop', 'shop', 'shop', 'wholesale');
const team = fc.constantFrom<TeamName>('support', 'sales');
const teamOrNone = fc.constantFrom<TeamName | null>('support', 'sales', null);
const isIn = fc.boolean();

const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 12,
    arbitrary: fc.record({
      what: fc.constantFrom('write' as const, 'write' as const, 'write' as const, 'end' as const),
      visitor: fc.nat(VISITORS - 1),
      inbox,
    }),
  },
  {
    weight: 14,
    arbitrary: fc.record({
      what: fc.constant('command' as const),
      who: agent,
      isOwn: fc.constantFrom(true, true, false),
      // Who accepts at once races.
      kind: fc.constantFrom(...often, ...agentKinds),
      which,
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({ what: fc.constant('comes back' as const), who: agent, which }),
  },
  {
    weight: 9,
    arbitrary: fc.record({
      what: fc.constant('transfer' as const),
      who: agent,
      which,
      team: teamOrNone,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ what: fc.constant('force' as const), who: agent, which }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      what: fc.constant('availability' as const),
      who: agent,
      availability: fc.constantFrom('online' as const, 'online' as const, ...availabilities),
      conversations: fc.constantFrom('keep' as const, 'queue' as const),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      what: fc.constant('capacity' as const),
      who: agent,
      // Less than the workspace's number, the same, and more.
      capacity: fc.constantFrom(1, 1, 2, 3, null),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ what: fc.constant('member' as const), who: agent, inbox, isIn }),
  },
  {
    // Seldom: whose rights change begin with a snapshot, which would hide what they were not told before.
    weight: 1,
    arbitrary: fc.record({ what: fc.constant('team member' as const), who: agent, team, isIn }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ what: fc.constant('team of an inbox' as const), team, inbox, isIn }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ what: fc.constant('team rule' as const), team: teamOrNone, inbox }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      what: fc.constant('routing' as const),
      routing: fc.constantFrom(
        'manual' as const,
        'manual' as const,
        'round-robin' as const,
        'least-busy' as const,
      ),
    }),
  },
  { weight: 1, arbitrary: fc.constant({ what: 'time passes' as const }) },
);

const meanwhile = fc.constantFrom(
  'nothing' as const,
  'nothing' as const,
  'lines break' as const,
  'lines are down' as const,
  'a server dies' as const,
);
const round: fc.Arbitrary<Round> = fc.record({
  acts: fc.array(act, { minLength: 8, maxLength: 16, size: 'max' }),
  meanwhile,
});

/** Who is given what waits in the shop. */
const served = ['ann', 'ben', 'tess'] as const satisfies Name[];
const limited = (who: readonly Name[]): History['own'] =>
  who.map((each) => ({ what: 'capacity', who: each, capacity: 1 }));

/** More waits than they may have, and each of them reaches for all of it. */
const rushByHand = fc
  .shuffledSubarray<Name>(['susan', ...served], { minLength: 2, maxLength: 3 })
  .map((who) => ({
    own: limited(who),
    rush: who.flatMap((each) =>
      Array.from({ length: WAITING }, (_, which): Act => {
        return { what: 'command', who: each, isOwn: false, kind: 'conversation.accept', which };
      }),
    ),
  }));
const rushByRouting = fc
  .constantFrom('round-robin' as const, 'least-busy' as const)
  .map((routing) => ({
    own: limited(served),
    rush: [{ what: 'routing', routing } satisfies Act],
  }));

/** Begins with a rush; then those who were given some let their contacts wait too long, while other things happen. */
const historyWith = (beginning: typeof rushByHand | typeof rushByRouting): fc.Arbitrary<History> =>
  fc
    .tuple(beginning, meanwhile, fc.array(round, { minLength: 3, maxLength: 4, size: 'max' }))
    .map(([{ own, rush }, whileRushing, [first, ...others]]) => ({
      own,
      rounds: [
        { acts: rush, meanwhile: whileRushing },
        ...(first ? [{ ...first, acts: [...first.acts, { what: 'time passes' as const }] }] : []),
        ...others,
      ],
    }));

/** One of each, so that every run of the test has both. */
export const histories: fc.Arbitrary<History[]> = fc.tuple(
  historyWith(rushByHand),
  historyWith(rushByRouting),
);
