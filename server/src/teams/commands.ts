import { type EventKind, type Refusal, refuse, type TeamId } from '@deskbell/contract';
import { agents, changesSettings, withOtherRights } from '../accounts/index.ts';
import { type InboxRow, inboxes } from '../inboxes/index.ts';
import { differences } from '../platform/audit/audit.ts';
import { type Actor, handler, type NewEvent } from '../platform/pipeline/command.ts';
import { put, type State } from '../platform/pipeline/table.ts';
import { placeIn, type TeamRow, withoutPlace, withoutTeam, withPlace } from './rules.ts';
import { teams } from './sql.ts';

const audience = 'workspace';
const nothing = { puts: [], events: [], answer: {} };

/** The one door to a team that somebody changes. */
function accessTeam(state: State, actor: Actor, teamId: string): TeamRow | Refusal {
  const team = state.get(teams, teamId);
  if (!team || team.isDeleted) return refuse('not-found');
  return mayChange(state, actor) ? team : refuse('forbidden', 'Only admins change teams');
}

const mayChange = (state: State, actor: Actor) =>
  actor.kind === 'system' || changesSettings(state.get(agents, actor.id));

const told = (kind: EventKind, { id, version }: TeamRow | InboxRow): NewEvent => ({
  kind,
  id,
  version,
  audience,
});

function changed(team: TeamRow, change: Partial<TeamRow>, kind: EventKind) {
  const row = { ...team, ...change, version: team.version + 1 };
  return { puts: [put(teams, row)], events: [told(kind, row)], answer: {} };
}

/** The same, where other people see something else from now on. */
function withRights<Change extends ReturnType<typeof changed>>(
  state: State,
  change: Change,
  agentIds: Iterable<string>,
) {
  const rights = withOtherRights(state, agentIds);
  return {
    ...change,
    puts: [...change.puts, ...rights.puts],
    events: [...change.events, ...rights.events],
  };
}

const ofTeams = [
  handler({
    kind: 'team.create',
    needs: () => [],
    decide(state, { input, actor }, { newId }) {
      if (!mayChange(state, actor)) return refuse('forbidden', 'Only admins create teams');
      const name = input.name;
      const row: TeamRow = {
        id: newId(),
        version: 1,
        name,
        memberIds: [],
        isDeleted: false,
        kept: null,
      };
      return {
        puts: [put(teams, row)],
        events: [told('team.added', row)],
        answer: { teamId: row.id as TeamId },
        audit: [{ what: 'team.added', subject: row }],
      };
    },
  }),
  handler({
    kind: 'team.change',
    needs: () => [],
    decide(state, { input, actor }) {
      const team = accessTeam(state, actor, input.teamId);
      if ('code' in team) return team;
      const changes = differences({ name: team.name }, { name: input.name });
      if (changes.length === 0) return nothing;
      return {
        ...changed(team, { name: input.name }, 'team.changed'),
        audit: [{ what: 'team.changed', subject: team, changes }],
      };
    },
  }),
  handler({
    kind: 'team.delete',
    needs: () => [],
    decide(state, { input, actor }) {
      const team = accessTeam(state, actor, input.teamId);
      if ('code' in team) return team;
      const all = [...state.all(inboxes)];
      const places = all.flatMap((inbox) => placeIn(inbox, team.id) ?? []);
      const kept = { memberIds: team.memberIds, places };
      const deleted = changed(team, { memberIds: [], isDeleted: true, kept }, 'team.deleted');
      const left = all
        .filter(({ id }) => places.some(({ inboxId }) => inboxId === id))
        .map((inbox) => withoutPlace(inbox, team.id));
      return withRights(
        state,
        {
          ...deleted,
          audit: [{ what: 'team.deleted' as const, subject: team }],
          puts: [...left.map((inbox) => put(inboxes, inbox)), ...deleted.puts],
          events: [...left.map((inbox) => told('inbox.team-removed', inbox)), ...deleted.events],
        },
        team.memberIds,
      );
    },
  }),
  handler({
    kind: 'team.restore',
    needs: () => [],
    decide(state, { input, actor }) {
      const team = state.get(teams, input.teamId);
      if (!team) return refuse('not-found');
      if (!mayChange(state, actor)) return refuse('forbidden', 'Only admins change teams');
      if (!team.isDeleted) return nothing;
      const { memberIds, places } = team.kept ?? { memberIds: [], places: [] };
      const back = changed(team, { memberIds, isDeleted: false, kept: null }, 'team.restored');
      const entered = [...state.all(inboxes)].flatMap((inbox) =>
        places
          .filter(({ inboxId }) => inboxId === inbox.id)
          .map((place) => withPlace(inbox, team.id, place)),
      );
      return withRights(
        state,
        {
          ...back,
          audit: [{ what: 'team.restored' as const, subject: team }],
          puts: [...back.puts, ...entered.map((inbox) => put(inboxes, inbox))],
          events: [...back.events, ...entered.map((inbox) => told('inbox.team-added', inbox))],
        },
        memberIds,
      );
    },
  }),
  handler({
    kind: 'team.add-member',
    needs: () => [],
    decide(state, { input: { teamId, agentId }, actor }) {
      const team = accessTeam(state, actor, teamId);
      if ('code' in team) return team;
      const whom = state.get(agents, agentId);
      if (!whom?.isActive) return refuse('not-found');
      if (team.memberIds.includes(agentId)) return nothing;
      const memberIds = [...team.memberIds, agentId];
      return {
        ...withRights(state, changed(team, { memberIds }, 'team.member-added'), [agentId]),
        audit: [{ what: 'team.member-added', subject: team, whom }],
      };
    },
  }),
  handler({
    kind: 'team.remove-member',
    needs: () => [],
    decide(state, { input: { teamId, agentId }, actor }) {
      const team = accessTeam(state, actor, teamId);
      if ('code' in team) return team;
      if (!team.memberIds.includes(agentId)) return nothing;
      const memberIds = team.memberIds.filter((id) => id !== agentId);
      return {
        ...withRights(state, changed(team, { memberIds }, 'team.member-removed'), [agentId]),
        audit: [{ what: 'team.member-removed', subject: team, whom: state.get(agents, agentId) }],
      };
    },
  }),
];

function accessBoth(state: State, actor: Actor, of: { inboxId: string; teamId: string }) {
  const inbox = state.get(inboxes, of.inboxId);
  if (!inbox) return refuse('not-found');
  const team = accessTeam(state, actor, of.teamId);
  return 'code' in team ? team : { inbox, team };
}

/** Which teams serve an inbox: decided here, because inboxes know no teams. */
const ofInboxes = [
  handler({
    kind: 'inbox.add-team',
    needs: () => [],
    decide(state, { input: { inboxId, teamId }, actor }) {
      const access = accessBoth(state, actor, { inboxId, teamId });
      if ('code' in access) return access;
      const { inbox, team } = access;
      if (inbox.teamIds.includes(teamId)) return nothing;
      const teamIds = [...inbox.teamIds, teamId];
      const row = { ...inbox, teamIds, version: inbox.version + 1 };
      return served(row, 'inbox.team-added', { state, team });
    },
  }),
  handler({
    kind: 'inbox.remove-team',
    needs: () => [],
    decide(state, { input: { inboxId, teamId }, actor }) {
      const access = accessBoth(state, actor, { inboxId, teamId });
      if ('code' in access) return access;
      const { inbox, team } = access;
      if (!inbox.teamIds.includes(teamId)) return nothing;
      return served(withoutTeam(inbox, teamId), 'inbox.team-removed', { state, team });
    },
  }),
  handler({
    kind: 'inbox.change-team-rules',
    needs: () => [],
    decide(state, { input: { inboxId, teamRules }, actor }) {
      const inbox = state.get(inboxes, inboxId);
      if (!inbox) return refuse('not-found');
      if (!mayChange(state, actor)) return refuse('forbidden', 'Only admins change inboxes');
      for (const { teamId } of teamRules) {
        const team = accessTeam(state, actor, teamId);
        if ('code' in team) return team;
      }
      const row = { ...inbox, teamRules, version: inbox.version + 1 };
      const changes = differences(inbox, row);
      if (changes.length === 0) return nothing;
      return {
        puts: [put(inboxes, row)],
        events: [told('inbox.changed', row)],
        answer: {},
        audit: [{ what: 'inbox.changed', subject: inbox, changes }],
      };
    },
  }),
];

function served(
  inbox: InboxRow,
  kind: 'inbox.team-added' | 'inbox.team-removed',
  { state, team }: { state: State; team: TeamRow },
) {
  const change = { puts: [put(inboxes, inbox)], events: [told(kind, inbox)], answer: {} };
  return {
    ...withRights(state, change, team.memberIds),
    audit: [{ what: kind, subject: inbox, whom: team }],
  };
}

export const teamCommands = [...ofTeams, ...ofInboxes];
