import { randomUUID } from 'node:crypto';
import {
  type CommandInput,
  type CommandKind,
  type ConversationId,
  settingsSchema,
} from '@deskbell/contract';
import type { AgentClient } from '@deskbell/sdk';
import { SYSTEM } from '../../server/src/platform/pipeline/command.ts';
import { turnClock } from '../../server/src/testing/clock.ts';
import type { Visitor } from '../../server/src/testing/world.ts';
import { isLive, Stage } from '../resume/stage.ts';
import { type Allowed, liveLists, type Shown } from './by-rows.ts';
import { Fleet } from './fleet.ts';
import {
  type Act,
  type History,
  type Name,
  names,
  type Round,
  VISITORS,
  WAITING,
} from './histories.ts';

const CAPACITY = 2;
const TIME_TO_ANSWER_MS = settingsSchema.parse({}).detachMs;

/** A workspace's people at their desks, each at one of three servers: two that may die, and the test's own. */
export class Staff {
  readonly stage: Stage;
  private readonly fleet: Fleet;
  private readonly desks: ReadonlyMap<Name, AgentClient>;
  private visitors: Visitor[] = [];
  private deaths = 0;

  private constructor(stage: Stage, fleet: Fleet) {
    this.stage = stage;
    this.fleet = fleet;
    this.desks = new Map(names.map((name) => [name, stage.desk(stage.world[name])]));
  }

  static async open(): Promise<Staff> {
    const stage = await Stage.open();
    const fleet = await Fleet.start(stage.world.database.url, { count: 2 });
    stage.add(fleet);
    stage.proxy.redirect(...fleet.urls, stage.world.url);
    await fleet.knowEachOther(3);
    const staff = new Staff(stage, fleet);
    await Promise.all([...staff.desks.values()].map(isLive));
    return staff;
  }

  close(): Promise<void> {
    return this.stage.close();
  }

  /** Whatever the last history left is undone: everybody is in the places that they begin in, and some visitors wait. */
  async beginAnew({ own }: History): Promise<void> {
    const { world } = this.stage;
    const { olga, susan } = world;
    const settings = { routing: 'manual', capacity: CAPACITY };
    await world.act(olga, 'workspace.change-settings', settings);
    await Promise.all([
      ...(await this.unclosed()).map(({ id: conversationId }) =>
        world.act(susan, 'conversation.close', { conversationId, reason: 'It is over' }),
      ),
      ...asTheyBegan.map((act) => this.take(act, [])),
    ]);
    await Promise.all(own.map((act) => this.take(act, [])));
    this.visitors = Array.from({ length: VISITORS }, () => world.newVisitor());
    for (const visitor of this.visitors.slice(-WAITING)) await world.write(visitor, 'Hello?');
  }

  /** All of it at once. Resolves when everything has been answered; who died lies there. */
  async play({ acts, meanwhile }: Round): Promise<void> {
    const there = await this.unclosed();
    if (meanwhile === 'lines are down') this.takeDown(true);
    const doing = acts.map((act) => this.take(act, there));
    if (meanwhile === 'lines break' || meanwhile === 'lines are down') this.stage.proxy.cut();
    const dying = meanwhile === 'a server dies' ? this.next?.kill() : null;
    await Promise.all([...doing, dying]);
    this.takeDown(false);
  }

  /** One act, while nothing else happens that could make up for what is forgotten after it. */
  alone(act: Act, meanwhile: Round['meanwhile'] = 'nothing'): Promise<Round> {
    const round: Round = { acts: [act], meanwhile };
    return this.play(round).then(() => round);
  }

  /** Of whoever that has it, the first conversation by the order in which acts name them. */
  async firstOf(who: Name | null): Promise<number> {
    const agentId = who && this.agentId(who);
    const open = await this.unclosed();
    return open.findIndex((each) => each.assigneeId === agentId && each.status === 'open');
  }

  /** What is left of a server that raised a limit and died: its commit, and nobody who looked whom that lets be served. */
  async raiseAndDie(who: Name, capacity: number): Promise<void> {
    const { server, workspaceId } = this.stage.world;
    await server.engine.pool.begin(async (sql) => {
      await sql`select pg_advisory_xact_lock(hashtextextended(${workspaceId}, 0))`;
      const [agent] = await sql<{ version: number }[]>`
        update agents set capacity = ${capacity}, version = version + 1
        where workspace_id = ${workspaceId} and id = ${this.agentId(who)} returning version`;
      await sql`
        insert into log (workspace_id, position, at, kind, id, version, actor, audience)
        select ${workspaceId}, max(position) + 1, max(at), 'agent.changed', ${this.agentId(who)}, ${agent?.version ?? 0},
          'test', 'workspace'
        from log where workspace_id = ${workspaceId}`;
    });
  }

  /** What a round lets an agent have: the limits that they were given meanwhile, and how many were forced on them. */
  allowedIn({ acts }: Round, agentId: string): Allowed {
    const theirs = acts.filter((act) => 'who' in act && this.agentId(act.who) === agentId);
    return {
      limits: theirs.flatMap((act) => (act.what === 'capacity' ? [act.capacity] : [])),
      forced: theirs.filter(({ what }) => what === 'force').length,
    };
  }

  async mend({ meanwhile }: Round): Promise<void> {
    if (meanwhile !== 'a server dies') return;
    await this.next?.startAgain();
    this.deaths += 1;
  }

  /** What the desk of each was told, however often its line broke. */
  told(): Map<Name, Shown> {
    return new Map([...this.desks].map(([name, desk]) => [name, shownOn(desk)]));
  }

  /** The server that dies next. */
  private get next() {
    return this.fleet.servers[this.deaths % this.fleet.servers.length];
  }

  /** What is refused is part of a history as well. */
  private async take(act: Act, there: readonly Unclosed[]): Promise<void> {
    switch (act.what) {
      case 'write':
      case 'end':
        return this.visit(act);
      case 'command': {
        const one = there[act.which];
        const who = act.isOwn ? this.havingIt(one) : null;
        if (one) await this.send(who ?? act.who, act.kind, { conversationId: one.id });
        return;
      }
      case 'comes back': {
        const one = there[act.which];
        if (one) await this.comeBack(one, this.havingIt(one) ?? act.who);
        return;
      }
      case 'transfer': {
        const [conversationId, teamId] = [there[act.which]?.id, this.teamId(act.team)];
        if (conversationId)
          await this.send(act.who, 'conversation.transfer', { conversationId, teamId });
        return;
      }
      case 'force': {
        const conversationId = there[act.which]?.id;
        const input = {
          agentId: this.agentId(act.who),
          isForced: true,
          note: 'There is nobody else',
        };
        if (conversationId)
          await this.send('susan', 'conversation.assign', { conversationId, ...input });
        return;
      }
      case 'availability': {
        const { availability, conversations } = act;
        return this.send(act.who, 'agent.set-availability', { availability, conversations });
      }
      case 'time passes':
        return this.timePasses();
      default:
        return this.send('olga', ...this.changeOf(act));
    }
  }

  private changeOf(act: Change): [kind: CommandKind, input: object] {
    switch (act.what) {
      case 'capacity':
        return ['agent.set-capacity', { agentId: this.agentId(act.who), capacity: act.capacity }];
      case 'member': {
        const input = { inboxId: this.inboxId(act.inbox), agentId: this.agentId(act.who) };
        return [act.isIn ? 'inbox.add-member' : 'inbox.remove-member', input];
      }
      case 'team member': {
        const input = { teamId: this.teamId(act.team), agentId: this.agentId(act.who) };
        return [act.isIn ? 'team.add-member' : 'team.remove-member', input];
      }
      case 'team of an inbox': {
        const input = { teamId: this.teamId(act.team), inboxId: this.inboxId(act.inbox) };
        return [act.isIn ? 'inbox.add-team' : 'inbox.remove-team', input];
      }
      case 'team rule': {
        const teamRules = act.team === null ? [] : [{ when: {}, teamId: this.teamId(act.team) }];
        return ['inbox.change-team-rules', { inboxId: this.inboxId(act.inbox), teamRules }];
      }
      case 'routing':
        return ['workspace.change-settings', { routing: act.routing }];
    }
  }

  private async send(who: Name, kind: CommandKind, input: object): Promise<void> {
    if (!this.stage.proxy.isReachable) return this.sendFromElsewhere(who, kind, input);
    await this.desks.get(who)?.send(kind, input as CommandInput<typeof kind>);
  }

  private async sendFromElsewhere(who: Name, kind: CommandKind, input: object): Promise<void> {
    const { server, workspaceId } = this.stage.world;
    const { actor } = this.stage.world[who];
    const clientId = randomUUID();
    await server.engine.submit({ workspaceId, actor, kind, input, clientId });
  }

  /** As long as they are, everybody acts from elsewhere, and no desk hears of it. */
  private takeDown(areDown: boolean): void {
    this.stage.proxy.isReachable = !areDown;
  }

  private visit({ what, visitor, inbox }: Extract<Act, { visitor: number }>): Promise<void> {
    const contactId = this.visitors[visitor]?.contactId;
    if (!contactId) throw new Error(`there is no visitor ${visitor}`);
    const from = { contactId, inboxId: this.inboxId(inbox) };
    return this.hear(from, what === 'write' ? 'message.receive' : 'conversation.end');
  }

  private async comeBack(one: Unclosed, who: Name): Promise<void> {
    const conversationId = one.id;
    await this.send(who, 'conversation.accept', { conversationId });
    await this.send(who, 'conversation.mark-pending', { conversationId });
    await this.send(who, 'agent.set-availability', { availability: 'away' });
    await this.hear(one, 'message.receive');
    await this.send(who, 'agent.set-availability', { availability: 'online' });
  }

  /** Contacts have no desk whose line could break: they write at the test's own server. */
  private async hear(
    { contactId, inboxId }: { contactId: string; inboxId: string },
    kind: 'message.receive' | 'conversation.end',
  ): Promise<void> {
    const { server, workspaceId } = this.stage.world;
    const actor = { kind: 'contact' as const, id: contactId, inboxId };
    const input = kind === 'message.receive' ? { text: 'Is somebody there?' } : {};
    const clientId = randomUUID();
    await server.engine.submit({ workspaceId, actor, kind, input, clientId });
  }

  private async timePasses(): Promise<void> {
    const { world } = this.stage;
    const { workspaceId } = world;
    await turnClock(world.server.engine.pool, workspaceId, TIME_TO_ANSWER_MS);
    const system = { workspaceId, actor: SYSTEM };
    await Promise.all(
      (await this.unclosed()).map(({ id: conversationId }) =>
        world.act(system, 'conversation.tick', { conversationId }),
      ),
    );
  }

  private unclosed(): Promise<Unclosed[]> {
    const { server, workspaceId } = this.stage.world;
    return server.engine.pool<Unclosed[]>`
      select id, inbox_id as "inboxId", contact_id as "contactId", assignee_id as "assigneeId", status from conversations
      where workspace_id = ${workspaceId} and status <> 'closed' order by id`;
  }

  private havingIt(one: Unclosed | undefined): Name | undefined {
    return names.find((name) => this.agentId(name) === one?.assigneeId);
  }

  private agentId = (name: Name) => this.stage.world[name].agentId;
  private inboxId = (name: 'shop' | 'wholesale') =>
    (name === 'shop' ? this.stage.world.inbox : this.stage.world.wholesale).id;
  private teamId = (name: 'support' | 'sales' | null) =>
    name === null ? null : this.stage.world[name];
}

interface Unclosed {
  id: ConversationId;
  inboxId: string;
  contactId: string;
  assigneeId: string | null;
  status: string;
}

type Change = Extract<
  Act,
  { what: 'capacity' | 'member' | 'team member' | 'team of an inbox' | 'team rule' | 'routing' }
>;

const inboxNames = ['shop', 'wholesale'] as const;
const teamNames = ['support', 'sales'] as const;
/** Ann alone sees all of the shop: the others see what is nobody's, and of the teams' their own. */
const began = {
  shop: ['ann'],
  support: ['ben', 'tess'],
  sales: ['tom'],
} as const satisfies Record<string, readonly Name[]>;
const isAmong = (place: keyof typeof began, who: Name) =>
  (began[place] as readonly Name[]).includes(who);
const asTheyBegan: readonly Act[] = [
  ...names.flatMap((who): Act[] => [
    { what: 'availability', who, availability: 'online', conversations: 'keep' },
    { what: 'capacity', who, capacity: null },
    { what: 'member', who, inbox: 'shop', isIn: isAmong('shop', who) },
    { what: 'member', who, inbox: 'wholesale', isIn: false },
    { what: 'team member', who, team: 'support', isIn: isAmong('support', who) },
    { what: 'team member', who, team: 'sales', isIn: isAmong('sales', who) },
  ]),
  ...inboxNames.flatMap((inbox): Act[] => [
    { what: 'team rule', inbox, team: null },
    ...teamNames.map((team): Act => {
      const isIn = inbox === 'shop' && team === 'support';
      return { what: 'team of an inbox', inbox, team, isIn };
    }),
  ]),
];

function shownOn({ store }: AgentClient): Shown {
  const { inboxes: _inboxes, ...counts } = store.counts ?? { inboxes: {} };
  return {
    lists: Object.fromEntries(liveLists.map((list) => [list, store.list(list).ids])),
    counts: store.counts && (counts as Shown['counts']),
  };
}
