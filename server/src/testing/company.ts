import {
  type Availability,
  availabilities,
  type CommandKind,
  DEFAULT_LOOK,
  NO_PRE_CHAT,
  type Settings,
  type SightFacts,
  settingsSchema,
} from '@deskbell/contract';
import fc from 'fast-check';
import { type AgentRow, agents, newcomer } from '../accounts/index.ts';
import { contactPlaces } from '../contacts/index.ts';
import { type ConversationRow, conversations } from '../conversations/index.ts';
import { typing, typingKey } from '../drafts/index.ts';
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
import { decideOn, MemoryState } from './memory-state.ts';

const MINUTE = 60_000;
const RUNS = { numRuns: 1_500 };

/** As a workspace has them, but that two conversations are as many as an agent may have. */
export const companySettings: Settings = settingsSchema.parse({ capacity: 2 });

/** Ann and Ben serve the shop, Cara serves wholesale alone, Susan supervises. */
export const cast = { ann: 'agent', ben: 'agent', cara: 'agent', susan: 'supervisor' } as const;
export type Name = keyof typeof cast;
export const names = Object.keys(cast) as Name[];
const places: Record<string, Name[]> = { shop: ['ann', 'ben'], wholesale: ['cara', 'ann'] };

export const agentKinds = [
  'message.send',
  'conversation.accept',
  'conversation.join',
  'conversation.leave',
  'conversation.mark-pending',
  'conversation.mark-open',
  'conversation.close',
  'conversation.reopen',
  'conversation.unassign',
  'conversation.flag',
  'conversation.unflag',
  'note.add',
] as const;

const often = [
  'conversation.accept',
  'conversation.mark-pending',
  'conversation.mark-pending',
  'conversation.mark-open',
  'conversation.mark-open',
] as const;

/** Of one agent to another. */
export const givingKinds = ['conversation.assign', 'conversation.add-participant'] as const;

export type Act =
  | { by: 'agent'; who: Name; kind: (typeof agentKinds)[number]; which: number }
  | {
      by: 'agent';
      who: Name;
      kind: (typeof givingKinds)[number];
      which: number;
      whom: Name;
      isForced: boolean;
    }
  | { by: 'agent'; who: Name; kind: 'conversation.start'; inbox: string; contact: string }
  | { by: 'contact'; contact: string; inbox: string; kind: 'message.receive' | 'conversation.end' }
  | { by: 'system'; kind: 'conversation.tick'; which: number }
  | { by: 'typing'; who: Name; which: number }
  | {
      by: 'agent';
      who: Name;
      kind: 'agent.set-availability';
      availability: Availability;
      conversations: 'keep' | 'queue' | undefined;
    }
  | { by: 'system'; kind: 'agent.tick'; who: Name }
  | { by: 'desk'; who: Name; isConnected: boolean };
/** What becomes a command. */
export type CommandAct = Exclude<Act, { by: 'desk' | 'typing' }>;
export type Move = { after: number; act: Act };

// Ann and the first conversation come most often: long stories happen to those who meet again.
const name = fc.constantFrom<Name>('ann', 'ann', 'ann', ...names);
const inbox = fc.constantFrom('shop', 'shop', 'shop', 'wholesale');
const contact = fc.constantFrom('vera', 'vera', 'vera', 'walt');
const which = fc.constantFrom(0, 0, 0, 0, 1, 2, 3);
const act: fc.Arbitrary<Act> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.record({
      by: fc.constant('agent' as const),
      who: fc.constantFrom<Name>('susan', 'ann', ...names),
      kind: fc.constantFrom(...givingKinds),
      which,
      whom: name,
      isForced: fc.constantFrom(true, true, false),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({ by: fc.constant('typing' as const), who: name, which }),
  },
  {
    weight: 10,
    arbitrary: fc.record({
      by: fc.constant('agent' as const),
      who: name,
      // Taking and waiting come oftener: without them little else can happen.
      kind: fc.constantFrom(...agentKinds, ...agentKinds, ...often),
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
    weight: 3,
    arbitrary: fc.record({
      by: fc.constant('system' as const),
      kind: fc.constant('conversation.tick' as const),
      which,
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      by: fc.constant('desk' as const),
      who: name,
      isConnected: fc.boolean(),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      by: fc.constant('agent' as const),
      who: name,
      kind: fc.constant('agent.set-availability' as const),
      availability: fc.constantFrom('online', 'online', 'online', 'online', ...availabilities),
      conversations: fc.constantFrom('keep' as const, 'queue' as const, undefined),
    }),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      by: fc.constant('system' as const),
      kind: fc.constant('agent.tick' as const),
      who: name,
    }),
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
export const moves: fc.Arbitrary<Move[]> = fc.array(fc.record({ after, act }), {
  minLength: 1,
  maxLength: 70,
  size: 'max',
});

/** A small company in memory, its clock turned by hand. */
export class Company {
  readonly state: MemoryState;
  readonly settings: Settings;
  now: number;
  private ids = 0;

  constructor(settings = companySettings, now = 1_700_000_000_000) {
    this.settings = settings;
    this.now = now;
    this.state = new MemoryState();
    const { state } = this;
    for (const who of names) {
      const row = {
        id: who,
        ...newcomer,
        userId: null,
        name: who,
        email: who,
        role: cast[who],
        availability: 'online' as const,
      };
      state.set(agents, row satisfies AgentRow);
      state.set(presence, { agentId: who, isConnected: true, seenAt: now, usedAt: null });
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
        teamIds: [],
        preChat: NO_PRE_CHAT,
        teamRules: [],
      } satisfies InboxRow);
  }

  decide(act: CommandAct, state = this.state): { outcome: Outcome; command: Command } {
    const command = this.commandOf(act);
    return { command, outcome: this.decideCommand(command, { state }) };
  }

  /** What a command comes to, on a copy where one is given, and at another time. */
  decideCommand(
    command: Command,
    { state = this.state, now = this.now }: { state?: MemoryState; now?: number } = {},
  ): Outcome {
    const newId = () => `id-${String(++this.ids).padStart(6, '0')}`;
    const { settings } = this;
    if ('contactId' in command.input) placeContact(state, String(command.input.contactId));
    return decideOn(state, command, { now, newId, settings, workspaceId: 'w' });
  }

  /** What the clock makes of a conversation at this time, on a copy of the world. */
  tickedAt(id: string, now: number): ConversationRow | undefined {
    const state = this.state.fork();
    const command = {
      workspaceId: 'w',
      actor: SYSTEM,
      kind: 'conversation.tick' as const,
      clientId: 'c',
      input: { conversationId: id as never },
    };
    this.decideCommand(command, { state, now });
    return state.get(conversations, id);
  }

  /** how many conversations this agent has open. */
  load(agentId: string): number {
    return this.conversations().filter((row) => row.status === 'open' && row.assigneeId === agentId)
      .length;
  }

  /** When the assignee last typed in it. */
  typedAt({ id, assigneeId }: ConversationRow): number | null {
    return this.state.get(typing, typingKey(id, assigneeId ?? ''))?.at ?? null;
  }

  /** Comes and goes, and types: what is no command. */
  note(act: Exclude<Act, CommandAct>): void {
    if (act.by === 'desk')
      return this.state.set(presence, {
        agentId: act.who,
        isConnected: act.isConnected,
        seenAt: this.now,
        usedAt: null,
      });
    const all = this.conversations();
    const row = all[act.which % Math.max(1, all.length)];
    if (row) this.state.set(typing, { conversationId: row.id, agentId: act.who, at: this.now });
  }

  conversations(): ConversationRow[] {
    return [...this.state.all(conversations)];
  }

  private commandOf(act: CommandAct): Command {
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

/** Where a contact has conversations, as the database would tell it. */
function placeContact(state: MemoryState, contactId: string): void {
  const rows = [...state.all(conversations)].filter((row) => row.contactId === contactId);
  state.set(contactPlaces, { contactId, places: rows as unknown as SightFacts[] });
}

function actorOf(act: CommandAct): Actor {
  if (act.by === 'system') return SYSTEM;
  return act.by === 'agent'
    ? { kind: 'agent', id: act.who }
    : { kind: 'contact', id: act.contact, inboxId: act.inbox };
}

function inputOf(act: CommandAct, conversationId: string): object {
  if (act.kind === 'agent.set-availability')
    return { availability: act.availability, conversations: act.conversations };
  if (act.kind === 'agent.tick') return { agentId: act.who };
  if (act.kind === 'message.receive') return { text: 'hello' };
  if (act.kind === 'conversation.end') return {};
  if (act.kind === 'conversation.start')
    return { inboxId: act.inbox, contactId: act.contact, text: 'hi' };
  if ('whom' in act) return { conversationId, agentId: act.whom, ...giving(act) };
  if (act.kind === 'conversation.close') return { conversationId, reason: 'It is over' };
  const isText = act.kind === 'message.send' || act.kind === 'note.add';
  return isText ? { conversationId, text: 'yes?' } : { conversationId };
}

const giving = ({ kind, isForced }: Extract<Act, { whom: Name }>) =>
  kind === 'conversation.assign' ? { isForced, note: 'Please' } : {};

export interface Moment {
  company: Company;
  before: ReadonlyMap<string, ConversationRow>;
  /** what each had before. */
  loads: ReadonlyMap<Name, number>;
  command: Command;
  outcome: Outcome;
}

/** Plays random moves, and looks after each. */
export function play(look: (moment: Moment) => void, settings = companySettings): void {
  fc.assert(
    fc.property(moves, (given) => {
      const company = new Company(settings);
      for (const { after, act } of given) {
        company.now += after;
        if (act.by === 'desk' || act.by === 'typing') company.note(act);
        else look(played(company, act));
      }
    }),
    RUNS,
  );
}

function played(company: Company, act: CommandAct): Moment {
  const before = new Map(company.conversations().map((row) => [row.id, row]));
  const loads = new Map(names.map((who) => [who, company.load(who)]));
  const decided = company.decide(act);
  const { kind } = decided.command;
  if (!isRefusal(decided.outcome)) done.set(kind, (done.get(kind) ?? 0) + 1);
  return { company, before, loads, ...decided };
}

/** How often each kind of command was carried out, over all plays of this file. */
export const done = new Map<CommandKind, number>();

export const accepted = (moment: Moment): Decision | null =>
  isRefusal(moment.outcome) ? null : moment.outcome;

/** The conversations that the last command wrote. */
export const written = ({ company, before }: Moment): ConversationRow[] =>
  company.conversations().filter((row) => before.get(row.id) !== row);
