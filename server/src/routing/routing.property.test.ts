import { type Settings, type SightPlace, settingsSchema, sightOf } from '@deskbell/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { agents } from '../accounts/index.ts';
import { type ConversationRow, conversations } from '../conversations/index.ts';
import { inboxes } from '../inboxes/index.ts';
import {
  type Actor,
  type Command,
  isRefusal,
  type Outcome,
  SYSTEM,
} from '../platform/pipeline/command.ts';
import { isOnline } from '../presence/index.ts';
import { type TeamRow, teams } from '../teams/index.ts';
import {
  Company,
  companySettings,
  type Move,
  moves,
  type Name,
  names,
} from '../testing/company.ts';
import { wakes } from './reactions.ts';

const SECOND = 1_000;
const RUNS = 600;

const teamNames = ['support', 'sales'] as const;
type TeamName = (typeof teamNames)[number];

/** What is changed about the company itself, between what its people do, and who gets it passed on. */
type Change =
  | { what: 'capacity'; who: Name; capacity: number | null }
  | { what: 'member'; who: Name; inbox: string }
  | { what: 'team member'; who: Name; team: TeamName }
  | { what: 'team of an inbox'; team: TeamName; inbox: string }
  /** Whose is what is opened from now on. */
  | { what: 'team rule'; team: TeamName | null; inbox: string }
  | { what: 'transfer'; who: Name; which: number; team: TeamName | null }
  /** The server that should have woken routing died in between. */
  | { what: 'server dies' };
type Turn = Move | { after: number; change: Change };

const who = fc.constantFrom(...names);
const inbox = fc.constantFrom('shop', 'wholesale');
const team = fc.constantFrom(...teamNames);
const teamOrNone = fc.constantFrom(...teamNames, null);
const changeOf = <What extends Change['what'], Rest extends object>(
  what: What,
  rest: { [Key in keyof Rest]: fc.Arbitrary<Rest[Key]> },
) => fc.record(rest).map((given) => ({ what, ...given }));
const change: fc.Arbitrary<Change> = fc.oneof(
  changeOf('capacity', { who, capacity: fc.constantFrom(1, 2, 3, null) }),
  changeOf('member', { who, inbox }),
  changeOf('team member', { who, team }),
  changeOf('team of an inbox', { team, inbox }),
  changeOf('team rule', { team: teamOrNone, inbox }),
  changeOf('transfer', { who, which: fc.nat(3), team: teamOrNone }),
  fc.constant({ what: 'server dies' as const }),
);
const turns: fc.Arbitrary<Turn[]> = fc
  .tuple(
    moves,
    fc.array(fc.record({ at: fc.nat(70), change, after: fc.constantFrom(0, 1, 500) }), {
      maxLength: 30,
    }),
  )
  .map(([given, changes]) => {
    const all: Turn[] = [...given];
    for (const { at, ...rest } of changes) all.splice(at % (all.length + 1), 0, rest);
    return all;
  });

/** A company in which conversations find their agents: routing is woken as a server wakes it, and swept each second. */
class Routed extends Company {
  /** Since when each that could be somebody's has been nobody's. */
  readonly fitsSince = new Map<string, number>();
  longestWaitMs = 0;
  assigned = 0;
  saved = 0;
  /** How many of those assigned were a team's. */
  ofTeams = 0;
  private isDead = false;
  private sweepAt = this.now + SECOND;

  constructor(settings: Settings) {
    super(settings);
    const { state } = this;
    const ann = state.get(agents, 'ann');
    // Changes the company, and is never there to be given anything.
    if (ann) state.set(agents, { ...ann, id: 'olga', role: 'owner', availability: 'offline' });
    for (const id of teamNames)
      state.set(teams, { id, version: 1, name: id, memberIds: [], isDeleted: false, kept: null });
    state.set(teams, { ...this.team('support'), memberIds: ['ben', 'cara'] });
    for (const shop of state.all(inboxes))
      if (shop.id === 'shop') state.set(inboxes, { ...shop, teamIds: ['support'] });
  }

  take(turn: Turn): void {
    this.pass(turn.after);
    if ('change' in turn) return this.change(turn.change);
    if (turn.act.by === 'desk' || turn.act.by === 'typing') return this.note(turn.act);
    this.hear(this.decide(turn.act).outcome);
  }

  /** Time goes by, and each second somebody looks for those who wait. */
  pass(ms: number): void {
    const end = this.now + ms;
    for (let sweep = 0; sweep < 3 && this.sweepAt <= end; sweep += 1) {
      this.now = this.sweepAt;
      this.sweepAt += SECOND;
      this.look();
      const before = this.assigned;
      this.route();
      this.saved += this.assigned - before;
    }
    // Nothing happens in between, so the further ones would find nothing new.
    const missed = Math.max(0, Math.ceil((end + 1 - this.sweepAt) / SECOND));
    this.sweepAt += missed * SECOND;
    this.now = end;
    this.look();
  }

  /** Routing wakes after what may have given somebody room, or let somebody wait; not where its server has died. */
  private hear(outcome: Outcome): void {
    this.look();
    if (isRefusal(outcome) || !outcome.events.some(({ kind }) => wakes.has(kind))) return;
    if (this.isDead) this.isDead = false;
    else this.route();
  }

  private change(given: Change): void {
    if (given.what === 'server dies') this.isDead = true;
    else if (given.what === 'transfer') {
      const all = this.conversations();
      const conversationId = all[given.which % Math.max(1, all.length)]?.id ?? 'none';
      this.order(given.who, 'conversation.transfer', { conversationId, teamId: given.team });
    } else this.order('olga', ...this.commandFor(given));
  }

  private commandFor(
    given: Exclude<Change, { what: 'server dies' | 'transfer' }>,
  ): [kind: Command['kind'], input: object] {
    switch (given.what) {
      case 'capacity':
        return ['agent.set-capacity', { agentId: given.who, capacity: given.capacity }];
      case 'member': {
        const has = this.state.get(inboxes, given.inbox)?.memberIds.includes(given.who);
        const input = { inboxId: given.inbox, agentId: given.who };
        return [has ? 'inbox.remove-member' : 'inbox.add-member', input];
      }
      case 'team member': {
        const has = this.team(given.team).memberIds.includes(given.who);
        const input = { teamId: given.team, agentId: given.who };
        return [has ? 'team.remove-member' : 'team.add-member', input];
      }
      case 'team of an inbox': {
        const has = this.state.get(inboxes, given.inbox)?.teamIds.includes(given.team);
        const input = { inboxId: given.inbox, teamId: given.team };
        return [has ? 'inbox.remove-team' : 'inbox.add-team', input];
      }
      case 'team rule': {
        const teamRules = given.team === null ? [] : [{ when: {}, teamId: given.team }];
        return ['inbox.change-team-rules', { inboxId: given.inbox, teamRules }];
      }
    }
  }

  private order(id: string, kind: Command['kind'], input: object): void {
    const actor: Actor = { kind: 'agent', id };
    this.hear(
      this.decideCommand({ workspaceId: 'w', actor, kind, clientId: 'c', input } as Command),
    );
  }

  route(): void {
    for (let isLeft = true; isLeft; ) {
      const loads = new Map(names.map((who) => [who, this.load(who)]));
      const outcome = this.decideCommand({
        workspaceId: 'w',
        actor: SYSTEM,
        kind: 'routing.run',
        clientId: 'c',
        input: {},
      } as Command);
      if (isRefusal(outcome)) throw new Error(outcome.code);
      const { events, answer } = outcome;
      this.assigned += events.length;
      for (const { id } of events) this.check(id, loads);
      ({ isLeft } = answer as { isLeft: boolean });
      this.look();
    }
  }

  /** What routing gave somebody: they are there, serve that place, and had room. */
  private check(id: string, before: ReadonlyMap<string, number>): void {
    const row = this.state.get(conversations, id) as ConversationRow;
    const who = row.assigneeId as Name;
    if (row.teamId !== null) this.ofTeams += 1;
    expect(isOnline(this.state.get(agents, who))).toBe(true);
    expect(this.mayBeGiven(who, row)).toBe(true);
    expect(before.get(who)).toBeLessThan(this.room(who));
    expect(this.load(who)).toBeLessThanOrEqual(this.room(who));
  }

  room(who: Name): number {
    return this.state.get(agents, who)?.capacity ?? this.settings.capacity;
  }

  /** Whether one of them could have it this very moment. */
  fits(row: ConversationRow): boolean {
    return names.some(
      (who) =>
        isOnline(this.state.get(agents, who)) &&
        this.load(who) < this.room(who) &&
        this.mayBeGiven(who, row),
    );
  }

  /** said once more by what the contract calls sight: of the conversation's team, or without one of the inbox. */
  private mayBeGiven(who: Name, { inboxId, teamId }: SightPlace): boolean {
    const agent = this.state.get(agents, who);
    if (!agent) return false;
    const places = { inboxes: this.state.all(inboxes), teams: this.state.all(teams) };
    const { teamIds, servedInboxIds } = sightOf(agent, places);
    return teamId === null ? servedInboxIds.has(inboxId) : teamIds.has(teamId);
  }

  private team(id: TeamName): TeamRow {
    const row = this.state.get(teams, id);
    if (!row) throw new Error(`the team ${id} stays`);
    return row;
  }

  private look(): void {
    for (const row of this.conversations()) {
      const isWaiting = row.status === 'open' && row.holder === 'nobody' && this.fits(row);
      const since = this.fitsSince.get(row.id);
      if (since !== undefined) this.longestWaitMs = Math.max(this.longestWaitMs, this.now - since);
      if (!isWaiting) this.fitsSince.delete(row.id);
      else if (since === undefined) this.fitsSince.set(row.id, this.now);
    }
  }
}

const automatic: [string, Settings][] = [
  ['in turn', settingsSchema.parse({ ...companySettings, routing: 'round-robin' })],
  ['to who is least busy', settingsSchema.parse({ ...companySettings, routing: 'least-busy' })],
];

describe.each(automatic)('given out %s, whatever people do', (_name, settings) => {
  it('R-3.3, R-3.4 nobody who fits waits longer than two seconds, and nobody gets more than they may have', () => {
    let [assigned, saved, ofTeams] = [0, 0, 0];
    fc.assert(
      fc.property(turns, (given) => {
        const company = new Routed(settings);
        for (const turn of given) company.take(turn);
        company.pass(2 * SECOND);
        expect(company.longestWaitMs).toBeLessThanOrEqual(2 * SECOND);
        expect([...company.fitsSince.keys()]).toEqual([]);
        assigned += company.assigned;
        saved += company.saved;
        ofTeams += company.ofTeams;
      }),
      { numRuns: RUNS },
    );
    expect(assigned).toBeGreaterThan(RUNS);
    // Some were left by a server that died, or freed by what wakes nobody, and found by the sweep.
    expect(saved).toBeGreaterThan(0);
    expect(ofTeams).toBeGreaterThan(RUNS / 10);
  });

  it('R-1.6, R-19.2 nobody keeps one past the time to answer, however it was given', () => {
    let taken = 0;
    fc.assert(
      fc.property(turns, (given) => {
        const company = new Routed(settings);
        for (const turn of given) company.take(turn);
        for (const { id, assigneeId, dueAt } of company.conversations()) {
          if (assigneeId === null || dueAt === null) continue;
          const row = company.tickedAt(id, dueAt);
          if (row?.status === 'open' && row.assigneeId !== assigneeId) taken += 1;
          // Whoever still has it has done something since, and so has another time to do it in.
          else if (row?.assigneeId === assigneeId && row.status === 'open')
            expect(row.dueAt).toBeGreaterThan(dueAt);
        }
      }),
      { numRuns: RUNS },
    );
    expect(taken).toBeGreaterThan(20);
  });
});

it('R-3.3 handed out by people, routing gives nobody anything', () => {
  const company = new Routed(companySettings);
  company.decide({ by: 'contact', contact: 'vera', inbox: 'shop', kind: 'message.receive' });
  expect(company.conversations().map((row) => company.fits(row))).toEqual([true]);
  company.route();
  expect(company.assigned).toBe(0);
});
