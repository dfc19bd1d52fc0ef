import {
  type CommandKind,
  DEFAULT_LOOK,
  events as eventKinds,
  settingsSchema,
} from '@deskbell/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type AgentRow, agents } from '../accounts/index.ts';
import { contacts } from '../contacts/index.ts';
import { type InboxRow, inboxes } from '../inboxes/index.ts';
import {
  type Actor,
  type Command,
  type Decision,
  isRefusal,
  type Outcome,
  SYSTEM,
} from '../platform/pipeline/command.ts';
import { presence } from '../presence/index.ts';
import { decideOn, MemoryState } from '../testing/memory-state.ts';
import { conversationForContact, entryForContact } from './present.ts';
import { type ConversationRow, deadline, type EntryRow } from './rules.ts';
import { conversations, timeline } from './sql.ts';

const settings = settingsSchema.parse({});
const RUNS = { numRuns: 1_500 };
const MINUTE = 60_000;

/** Ann and Ben serve the shop, Cara serves wholesale alone, Susan supervises. */
const cast = { ann: 'agent', ben: 'agent', cara: 'agent', susan: 'supervisor' } as const;
type Name = keyof typeof cast;
const names = Object.keys(cast) as Name[];
const places: Record<string, Name[]> = { shop: ['ann', 'ben'], wholesale: ['cara', 'ann'] };

const agentKinds = [
  'message.send',
  'conversation.accept',
  'conversation.join',
  'conversation.leave',
  'conversation.mark-pending',
  'conversation.mark-open',
  'conversation.close',
  'conversation.reopen',
] as const;

type Act =
  | { by: 'agent'; who: Name; kind: (typeof agentKinds)[number]; which: number }
  | { by: 'agent'; who: Name; kind: 'conversation.start'; inbox: string; contact: string }
  | { by: 'contact'; contact: string; inbox: string; kind: 'message.receive' | 'conversation.end' }
  | { by: 'system'; kind: 'conversation.tick'; which: number }
  | { by: 'desk'; who: Name; isOnline: boolean };
type Move = { after: number; act: Act };

// Ann and the first conversation come most often: long stories happen to those who meet again.
const name = fc.constantFrom<Name>('ann', 'ann', 'ann', ...names);
const inbox = fc.constantFrom('shop', 'shop', 'shop', 'wholesale');
const contact = fc.constantFrom('vera', 'vera', 'vera', 'walt');
const which = fc.constantFrom(0, 0, 0, 0, 1, 2, 3);
const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 8,
    arbitrary: fc.record({
      by: fc.constant('agent' as const),
      who: name,
      kind: fc.constantFrom(...agentKinds),
      which,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      by: fc.constant('agent' as const),
      who: name,
      kind: fc.constant('conversation.start' as const),
      inbox,
      contact,
    }),
  },
  {
    weight: 5,
    arbitrary: fc.record({
      by: fc.constant('contact' as const),
      contact,
      inbox,
      kind: fc.constantFrom(
        'message.receive' as const,
        'message.receive' as const,
        'conversation.end' as const,
      ),
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      by: fc.constant('system' as const),
      kind: fc.constant('conversation.tick' as const),
      which,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ by: fc.constant('desk' as const), who: name, isOnline: fc.boolean() }),
  },
);
const after = fc.constantFrom(
  0,
  0,
  1,
  1_000,
  5 * MINUTE,
  14 * MINUTE,
  15 * MINUTE,
  31 * MINUTE,
  25 * 60 * MINUTE,
);
const moves: fc.Arbitrary<Move[]> = fc.array(fc.record({ after, act }), {
  minLength: 1,
  maxLength: 60,
  size: 'max',
});

/** A small company in memory, its clock turned by hand. */
class Company {
  readonly state: MemoryState;
  now = 1_700_000_000_000;
  private ids = 0;

  constructor(state = new MemoryState()) {
    this.state = state;
    for (const who of names) {
      const row = {
        id: who,
        userId: null,
        version: 1,
        name: who,
        email: who,
        role: cast[who],
        isActive: true,
        rights: 1,
      };
      state.set(agents, row satisfies AgentRow);
      state.set(presence, { agentId: who, isOnline: true });
    }
    for (const [id, memberIds] of Object.entries(places))
      state.set(inboxes, {
        id,
        version: 1,
        name: id,
        channel: 'web',
        key: id,
        color: '',
        greeting: '',
        look: DEFAULT_LOOK,
        domains: [],
        memberIds,
      } satisfies InboxRow);
  }

  decide(
    act: Exclude<Act, { by: 'desk' }>,
    state = this.state,
  ): { outcome: Outcome; command: Command } {
    const command = this.commandOf(act);
    const newId = () => `id-${String(++this.ids).padStart(6, '0')}`;
    return {
      command,
      outcome: decideOn(state, command, { now: this.now, newId, settings, workspaceId: 'w' }),
    };
  }

  conversations(): ConversationRow[] {
    return [...this.state.all(conversations)];
  }

  private commandOf(act: Exclude<Act, { by: 'desk' }>): Command {
    const all = this.conversations();
    const conversationId =
      'which' in act ? (all[act.which % Math.max(1, all.length)]?.id ?? 'none') : 'none';
    const base = { workspaceId: 'w', kind: act.kind, clientId: `client-${++this.ids}` };
    return {
      ...base,
      actor: actorOf(act),
      input: inputOf(act, conversationId),
    } as unknown as Command;
  }
}

function actorOf(act: Exclude<Act, { by: 'desk' }>): Actor {
  if (act.by === 'system') return SYSTEM;
  return act.by === 'agent'
    ? { kind: 'agent', id: act.who }
    : { kind: 'contact', id: act.contact, inboxId: act.inbox };
}

function inputOf(act: Exclude<Act, { by: 'desk' }>, conversationId: string): object {
  if (act.kind === 'message.receive') return { text: 'hello' };
  if (act.kind === 'conversation.end') return {};
  if (act.kind === 'conversation.start')
    return { inboxId: act.inbox, contactId: act.contact, text: 'hi' };
  return act.kind === 'message.send' ? { conversationId, text: 'yes?' } : { conversationId };
}

interface Moment {
  company: Company;
  before: ReadonlyMap<string, ConversationRow>;
  command: Command;
  outcome: Outcome;
}

/** Plays random moves, and looks after each. */
function play(look: (moment: Moment) => void): void {
  fc.assert(
    fc.property(moves, (given) => {
      const company = new Company();
      for (const move of given) {
        company.now += move.after;
        if (move.act.by === 'desk') {
          company.state.set(presence, { agentId: move.act.who, isOnline: move.act.isOnline });
          continue;
        }
        const before = new Map(company.conversations().map((row) => [row.id, row]));
        const decided = company.decide(move.act);
        const { kind } = decided.command;
        if (!isRefusal(decided.outcome)) done.set(kind, (done.get(kind) ?? 0) + 1);
        look({ company, before, ...decided });
      }
    }),
    RUNS,
  );
}

/** How often each kind of command was carried out, over all plays. */
const done = new Map<CommandKind, number>();

const accepted = (moment: Moment): Decision | null =>
  isRefusal(moment.outcome) ? null : moment.outcome;

/** The conversations that the last command wrote. */
const written = ({ company, before }: Moment) =>
  company.conversations().filter((row) => before.get(row.id) !== row);

const entriesOf = (company: Company, id: string): EntryRow[] =>
  [...company.state.all(timeline)]
    .filter((entry) => entry.conversationId === id)
    .sort((a, b) => a.seq - b.seq);

const isIn = (row: ConversationRow, who: string) =>
  row.assigneeId === who || row.participants.some((each) => each.agentId === who);

describe('whatever people do, in whatever order', () => {
  it('R-1.1 exactly one has an open conversation, and a pending one has its agent', () => {
    play((moment) => {
      for (const row of written(moment)) {
        if (row.status === 'closed') continue;
        expect(['agent', 'nobody']).toContain(row.holder);
        expect(row.holder === 'agent').toBe(row.assigneeId !== null);
        if (row.status === 'pending') expect(row.assigneeId).not.toBeNull();
        const people = [row.assigneeId, ...row.participants.map((each) => each.agentId)];
        expect(new Set(people).size).toBe(people.length);
        if (row.assigneeId === null) expect(row.participants).toEqual([]);
        if (row.holder === 'nobody') expect(row.queuedAt).not.toBeNull();
      }
    });
  });

  it('R-1.1 every change is an entry of the timeline, in a dense sequence that is the version', () => {
    play((moment) => {
      const { company, before } = moment;
      for (const row of written(moment)) {
        const earlier = before.get(row.id);
        const seqs = entriesOf(company, row.id).map((entry) => entry.seq);
        expect(seqs).toEqual(Array.from({ length: row.seq }, (_, index) => index + 1));
        expect(row.seq).toBeGreaterThanOrEqual(earlier?.seq ?? 1);
        const { dueAt: _due, ...facts } = row;
        // Only a deadline may move without a word.
        if (row.seq === earlier?.seq) expect(facts).toEqual({ ...earlier, dueAt: undefined });
      }
      const told =
        accepted(moment)?.events.filter((each) => each.kind.startsWith('contact.') === false) ?? [];
      for (const event of told)
        expect(entriesOf(company, event.id).some((entry) => entry.seq === event.version)).toBe(
          true,
        );
      for (const entry of accepted(moment)?.puts.filter(
        (each) => (each.table as object) === timeline,
      ) ?? [])
        expect(told.some((each) => each.version === (entry.row as EntryRow).seq)).toBe(true);
    });
  });

  it('R-1.2 a contact has at most one unclosed conversation per inbox', () => {
    play(({ company }) => {
      const unclosed = company.conversations().filter((row) => row.status !== 'closed');
      const keys = unclosed.map((row) => `${row.contactId} ${row.inboxId}`);
      expect(new Set(keys).size).toBe(keys.length);
    });
  });

  it('R-1.3, R-1.5 no deadline is found late, and a tick at the time closes or moves it', () => {
    play((moment) => {
      const { company } = moment;
      for (const row of written(moment)) {
        const due = deadline(row, settings);
        if (due !== null) expect(row.dueAt ?? Number.POSITIVE_INFINITY).toBeLessThanOrEqual(due);
        if (row.dueAt === null) continue;
        const fork = company.state.fork();
        const command = {
          workspaceId: 'w',
          actor: SYSTEM,
          kind: 'conversation.tick' as const,
          clientId: 'c',
          input: { conversationId: row.id as never },
        };
        const now = Math.max(company.now, row.dueAt);
        decideOn(fork, command, { now, newId: () => 'n', settings, workspaceId: 'w' });
        const ticked = fork.get(conversations, row.id);
        expect(ticked?.dueAt ?? Number.POSITIVE_INFINITY).toBeGreaterThan(now);
      }
    });
  });

  it('R-1.5 nothing closes by itself at the moment when an agent takes it up', () => {
    play(({ company, command, outcome }) => {
      if (command.actor.kind !== 'agent' || isRefusal(outcome) || outcome.events.length === 0)
        return;
      for (const row of company.conversations()) {
        if (row.status !== 'open' || row.id !== outcome.events[0]?.id) continue;
        const opening: CommandKind[] = ['conversation.reopen', 'conversation.mark-open'];
        if (opening.includes(command.kind))
          expect(deadline(row, settings) ?? Number.POSITIVE_INFINITY).toBeGreaterThan(company.now);
      }
    });
  });

  it('R-1.9 no stranger replies, and a stranger learns who has it', () => {
    play(({ before, command, outcome }) => {
      if (command.kind !== 'message.send') return;
      const { conversationId } = command.input as { conversationId: string };
      const row = before.get(conversationId);
      if (!isRefusal(outcome)) {
        expect(row && isIn(row, command.actor.id)).toBe(true);
        return;
      }
      if (outcome.code !== 'taken') return;
      expect(row && isIn(row, command.actor.id)).toBe(false);
      expect(outcome.agentId).toBe(row?.assigneeId);
    });
  });

  it('R-1.9 who does not serve the inbox can neither do nor learn anything', () => {
    play(({ before, command, outcome }) => {
      if (command.actor.id !== 'cara' || !('conversationId' in command.input)) return;
      const row = before.get(String(command.input.conversationId));
      if (row?.inboxId === 'shop') expect(outcome).toMatchObject({ code: 'not-found' });
    });
  });

  it('R-1.1 no state is without an exit', () => {
    play((moment) => {
      const { company } = moment;
      for (const row of written(moment)) {
        const fork = company.state.fork();
        fork.set(presence, { agentId: 'susan', isOnline: true });
        const kind =
          row.status === 'closed'
            ? ('conversation.reopen' as const)
            : ('conversation.close' as const);
        const command: Command = {
          workspaceId: 'w',
          actor: { kind: 'agent', id: 'susan' },
          kind,
          clientId: 'c',
          input: { conversationId: row.id } as never,
        };
        const outcome = decideOn(fork, command, {
          now: company.now,
          newId: () => 'n',
          settings,
          workspaceId: 'w',
        });
        // A closed one is left for the contact's newer conversation at most.
        if (isRefusal(outcome)) expect(outcome.code).toBe('conversation-unclosed');
        else expect(fork.get(conversations, row.id)?.status).not.toBe(row.status);
        // Where our side spoke last, or waits, the clock is an exit too.
        if (row.status === 'pending' || (row.status === 'open' && row.lastSide === 'ours'))
          expect(row.dueAt).not.toBeNull();
      }
    });
  });

  it('versions grow, and events name the version that they speak of', () => {
    const seen = new WeakMap<Company, Map<string, number>>();
    play((moment) => {
      const versions = seen.get(moment.company) ?? new Map<string, number>();
      seen.set(moment.company, versions);
      for (const event of accepted(moment)?.events ?? []) {
        const earlier = versions.get(event.id);
        if (earlier !== undefined) expect(event.version).toBe(earlier + 1);
        versions.set(event.id, event.version);
      }
    });
  });

  it('a contact is told what the catalogue of events says, and never sees what is internal', () => {
    const internal = ['joined', 'left', 'pending', 'resumed'];
    play((moment) => {
      for (const event of accepted(moment)?.events ?? [])
        if (eventKinds[event.kind].entity === 'conversation')
          expect(event.audience.includes('contact:')).toBe(eventKinds[event.kind].contact);
      for (const row of written(moment)) {
        const seen = conversationForContact(row);
        expect(Object.keys(seen).sort()).toEqual([
          'assigneeId',
          'closeReason',
          'closedAt',
          'id',
          'openedAt',
          'status',
          'version',
        ]);
        expect(seen.status).not.toBe('pending');
        for (const entry of entriesOf(moment.company, row.id).map(entryForContact)) {
          if (entry?.kind !== 'activity') continue;
          expect(internal).not.toContain(entry.activity.what);
          expect(entry.author.kind).not.toBe('agent');
        }
      }
    });
  });

  it('a contact is known from the first message on', () => {
    play((moment) => {
      const { company } = moment;
      for (const row of written(moment))
        expect(company.state.get(contacts, row.contactId)?.createdAt).toBeLessThanOrEqual(
          company.now,
        );
    });
  });

  it('and the plays were long enough to carry out every kind of command, often', () => {
    const kinds = [
      ...agentKinds,
      'conversation.start',
      'message.receive',
      'conversation.end',
      'conversation.tick',
    ] as const;
    for (const kind of kinds) expect([kind, (done.get(kind) ?? 0) >= 200]).toEqual([kind, true]);
  });
});
