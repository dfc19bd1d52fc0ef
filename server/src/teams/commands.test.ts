import { TEAM_RULES_LIMIT } from '@deskbell/contract';
import { describe, expect, it } from 'vitest';
import { type InboxRow, inboxes } from '../inboxes/index.ts';
import { acting, said } from '../testing/acting.ts';
import type { Name } from '../testing/company.ts';
import { viewerIn } from './sight.ts';
import { teams } from './sql.ts';

/** Susan is an admin, and there is a team of Ben's. */
function sales() {
  const stage = acting();
  stage.make('susan', { role: 'admin' });
  stage.team('sales', ['ben']);
  stage.team('former', [], true);
  return {
    ...stage,
    sales: () => stage.state.get(teams, 'sales'),
    inbox: (id = 'shop') => stage.state.get(inboxes, id) as InboxRow,
    try: (kind: Parameters<typeof stage.by>[1], input: object, who: Name = 'susan') =>
      said(stage.by(who, kind, input)),
    rule: (teamId: string) => ({ teamId: teamId as never, when: { pageContains: '/' } }),
  };
}

describe('R-3.6, R-18.1 teams', () => {
  it('R-3.6, R-18.1 admins change them, and nobody changes one that isn’t there', () => {
    const { try: attempt } = sales();
    const on = { teamId: 'sales' };
    for (const [kind, input] of [
      ['team.change', { ...on, name: 'Sale' }],
      ['team.delete', on],
      ['team.add-member', { ...on, agentId: 'ann' }],
      ['team.remove-member', { ...on, agentId: 'ben' }],
      ['inbox.add-team', { ...on, inboxId: 'shop' }],
      ['inbox.remove-team', { ...on, inboxId: 'shop' }],
    ] as const) {
      expect([kind, attempt(kind, input, 'ann')]).toEqual([kind, 'forbidden']);
      for (const teamId of ['nowhere', 'former'])
        expect([kind, attempt(kind, { ...input, teamId })]).toEqual([kind, 'not-found']);
    }
    expect(attempt('team.create', { name: 'New' }, 'ann')).toBe('forbidden');
    expect(attempt('inbox.change-team-rules', { inboxId: 'shop', teamRules: [] }, 'ann')).toBe(
      'forbidden',
    );
  });

  it('R-3.6 made and renamed, by an admin or the system', () => {
    const { by, bySystem, state, sales: row } = sales();
    const made = bySystem('team.create', { name: 'Support' });
    expect(said(made)).toBe('team.added');
    const teamId = 'answer' in made ? (made.answer as { teamId: string }).teamId : '';
    expect(state.get(teams, teamId)).toEqual({
      ...{ id: teamId, version: 1, name: 'Support', memberIds: [], isDeleted: false, kept: null },
    });
    expect(said(by('susan', 'team.create', { name: 'Help' }))).toBe('team.added');
    const change = (name: string) => by('susan', 'team.change', { teamId: 'sales', name });
    expect(said(change('sales'))).toBe('nothing');
    expect(change('Sale')).toMatchObject({
      events: [{ kind: 'team.changed', version: 2 }],
      audit: [{ changes: [{ field: 'name', before: 'sales', after: 'Sale' }] }],
    });
    expect(row()).toMatchObject({ name: 'Sale', version: 2, memberIds: ['ben'] });
  });

  it('R-3.6 who is in it or no longer has other rights from then on', () => {
    const { try: attempt, make, sales: row, agentRow } = sales();
    const add = (agentId: string) => attempt('team.add-member', { teamId: 'sales', agentId });
    const remove = (agentId: string) => attempt('team.remove-member', { teamId: 'sales', agentId });
    expect([add('nobody'), add('ben'), remove('ann')]).toEqual(['not-found', 'nothing', 'nothing']);
    make('ann', { isActive: false });
    expect(add('ann')).toBe('not-found');
    make('ann', { isActive: true });
    expect(add('ann')).toBe('team.member-added, agent.changed');
    expect([row()?.memberIds, row()?.version, agentRow('ann').rights]).toEqual([
      ...[['ben', 'ann'], 2, 2],
    ]);
    expect(remove('ben')).toBe('team.member-removed, agent.changed');
    expect(row()).toMatchObject({ memberIds: ['ann'], version: 3 });
  });

  it('R-3.6 a deleted one leaves its inboxes and their rules', () => {
    const stage = sales();
    const { furnish, inbox, rule, by, state } = stage;
    stage.team('support', ['ann']);
    furnish('shop', { teamIds: ['sales', 'support'] });
    furnish('wholesale', { teamRules: [rule('sales'), rule('support')] });
    state.set(inboxes, {
      ...inbox(),
      id: 'third',
      teamIds: ['support'],
      teamRules: [rule('support')],
    });
    const outcome = by('susan', 'team.delete', { teamId: 'sales' });
    expect(outcome).toMatchObject({
      events: [
        ...[
          { kind: 'inbox.team-removed', id: 'shop' },
          { id: 'wholesale', version: 2 },
        ],
        ...[
          { kind: 'team.deleted', id: 'sales' },
          { kind: 'agent.changed', id: 'ben' },
        ],
      ],
    });
    expect(stage.sales()).toMatchObject({ memberIds: [], isDeleted: true, version: 2 });
    expect(inbox()).toMatchObject({ teamIds: ['support'], version: 2 });
    expect(inbox('wholesale')).toMatchObject({ teamRules: [rule('support')], version: 2 });
    expect(inbox('third').version).toBe(1);
  });
});

describe('R-3.6 a deleted team that is brought back', () => {
  it('R-3.6 by admins, once, and with nothing where nothing is known of it', () => {
    const { try: attempt, state, team } = sales();
    const back = (teamId: string, who: Name = 'susan') => attempt('team.restore', { teamId }, who);
    expect([back('nowhere'), back('former', 'ann'), back('sales')]).toEqual([
      ...['not-found', 'forbidden', 'nothing'],
    ]);
    expect([back('former'), back('former')]).toEqual(['team.restored', 'nothing']);
    expect(state.get(teams, 'former')).toMatchObject({
      memberIds: [],
      isDeleted: false,
      version: 2,
    });
    team('former', [], true);
    expect(attempt('team.change', { teamId: 'former', name: 'x' })).toBe('not-found');
  });

  it('R-3.6 has its members, inboxes and rules again, each where it stood, beside what was added since', () => {
    const stage = sales();
    const { furnish, inbox, rule, by, state } = stage;
    stage.team('support', ['ann']);
    furnish('shop', { teamIds: ['support', 'sales'] });
    const [first, second] = [
      rule('sales'),
      { ...rule('sales'), when: { language: 'de' as const } },
    ];
    furnish('wholesale', { teamRules: [first, rule('support'), second] });
    state.set(inboxes, { ...inbox(), id: 'third', teamIds: ['sales', 'support'] });
    by('susan', 'team.delete', { teamId: 'sales' });
    by('susan', 'inbox.add-team', { inboxId: 'wholesale', teamId: 'support' });
    const back = by('susan', 'team.restore', { teamId: 'sales' });
    expect(back).toMatchObject({
      events: [
        { kind: 'team.restored', id: 'sales', version: 3 },
        { kind: 'inbox.team-added', id: 'shop', version: 3 },
        { kind: 'inbox.team-added', id: 'wholesale' },
        { kind: 'inbox.team-added', id: 'third' },
        { kind: 'agent.changed', id: 'ben' },
      ],
      audit: [{ what: 'team.restored', subject: { name: 'sales' } }],
    });
    expect(stage.sales()).toMatchObject({ memberIds: ['ben'], isDeleted: false, kept: null });
    expect(inbox()).toMatchObject({ teamIds: ['support', 'sales'] });
    expect(inbox('third')).toMatchObject({ teamIds: ['sales', 'support'] });
    expect(inbox('wholesale')).toMatchObject({
      teamIds: ['support'],
      teamRules: [first, rule('support'), second],
    });
  });

  it('R-3.6 brings rules as far as there is room for them', () => {
    const stage = sales();
    const { furnish, inbox, rule, by } = stage;
    stage.team('support', ['ann']);
    furnish('shop', { teamRules: [rule('sales')] });
    by('susan', 'team.delete', { teamId: 'sales' });
    const fill = (count: number) =>
      furnish('shop', { teamRules: Array.from({ length: count }, () => rule('support')) });
    fill(TEAM_RULES_LIMIT);
    by('susan', 'team.restore', { teamId: 'sales' });
    expect(inbox().teamRules).toHaveLength(TEAM_RULES_LIMIT);
    expect(inbox().teamRules).not.toContainEqual(rule('sales'));
    const second = { ...rule('sales'), when: { language: 'de' as const } };
    furnish('shop', { teamRules: [rule('sales'), second] });
    by('susan', 'team.delete', { teamId: 'sales' });
    fill(TEAM_RULES_LIMIT - 1);
    by('susan', 'team.restore', { teamId: 'sales' });
    expect(inbox().teamRules).toHaveLength(TEAM_RULES_LIMIT);
    expect(inbox().teamRules[0]).toEqual(rule('sales'));
  });
});

describe('R-3.6 teams and inboxes', () => {
  it('R-3.6 a team serves an inbox once, and no more when it is taken off', () => {
    const { try: attempt, inbox, agentRow } = sales();
    const serve = (kind: 'inbox.add-team' | 'inbox.remove-team', inboxId = 'shop') =>
      attempt(kind, { inboxId, teamId: 'sales' });
    expect([serve('inbox.add-team', 'nowhere'), serve('inbox.remove-team', 'nowhere')]).toEqual([
      ...['not-found', 'not-found'],
    ]);
    expect(serve('inbox.remove-team')).toBe('nothing');
    expect(serve('inbox.add-team')).toBe('inbox.team-added, agent.changed');
    expect(inbox()).toMatchObject({ teamIds: ['sales'], version: 2 });
    expect(serve('inbox.add-team')).toBe('nothing');
    expect(serve('inbox.remove-team')).toBe('inbox.team-removed, agent.changed');
    expect(inbox()).toMatchObject({ teamIds: [], version: 3 });
    expect(agentRow('ben').rights).toBe(3);
  });

  it('R-3.6 an inbox’s rules name teams that there are', () => {
    const { try: attempt, inbox, rule } = sales();
    const rules = (teamIds: string[], inboxId = 'shop') =>
      attempt('inbox.change-team-rules', { inboxId, teamRules: teamIds.map(rule) });
    expect([rules([], 'nowhere'), rules(['sales', 'former']), rules([])]).toEqual([
      ...['not-found', 'not-found', 'nothing'],
    ]);
    expect([rules(['sales']), rules(['sales'])]).toEqual(['inbox.changed', 'nothing']);
    expect(inbox()).toMatchObject({ teamRules: [rule('sales')], version: 2 });
  });

  it('R-3.6 whoever is in a team that serves an inbox serves it, and is no member of it', () => {
    const { state, furnish } = sales();
    furnish('wholesale', { teamIds: ['former', 'sales'] });
    const sees = (who: string) => {
      const { isSupervisor, inboxIds, teamIds, servedInboxIds } = viewerIn(state, who);
      const places = ['shop', 'wholesale', 'nowhere'];
      return [
        isSupervisor,
        places.filter((id) => inboxIds.has(id)),
        places.filter((id) => servedInboxIds.has(id)),
        ['sales', 'former', 'nowhere'].filter((id) => teamIds.has(id)),
      ];
    };
    expect(sees('ben')).toEqual([false, ['shop'], ['shop', 'wholesale'], ['sales']]);
    expect(sees('cara')).toEqual([false, ['wholesale'], ['wholesale'], []]);
    expect(sees('susan')).toEqual([true, [], [], []]);
    expect(sees('nobody')).toEqual([false, [], [], []]);
  });
});
