import { describe, expect, it } from 'vitest';
import type { Role } from '../entities.ts';
import { type SightFacts, sees, serves, sightOf } from './sight.ts';

const inboxes = [
  { id: 'shop', memberIds: ['ann'], teamIds: ['sales'] },
  { id: 'wholesale', memberIds: ['cara'], teamIds: [] },
  { id: 'both', memberIds: ['ann'], teamIds: ['support', 'sales'] },
];
const teams = [
  { id: 'sales', memberIds: ['tess'] },
  { id: 'support', memberIds: ['ann'] },
];
const sight = (id: string, role: Role = 'agent', isActive = true) =>
  sightOf({ id, role, isActive }, { inboxes, teams });
const facts = (more: object = {}) =>
  ({
    ...{ inboxId: 'shop', teamId: null, assigneeId: null, participants: [] },
    ...more,
  }) as SightFacts;

describe('R-3.6 who sees what', () => {
  it('R-3.6 an agent is in inboxes and teams, and serves what either serves', () => {
    const told = (id: string) => {
      const { inboxIds, teamIds, servedInboxIds } = sight(id);
      return [[...inboxIds], [...teamIds], [...servedInboxIds]];
    };
    expect(told('ann')).toEqual([['shop', 'both'], ['support'], ['shop', 'both']]);
    expect(told('tess')).toEqual([[], ['sales'], ['shop', 'both']]);
    expect(told('cara')).toEqual([['wholesale'], [], ['wholesale']]);
  });

  it('R-18.1 supervisors and above see all; who is deactivated is none', () => {
    const roles = ['owner', 'admin', 'supervisor', 'agent'] as const;
    expect(roles.map((role) => sight('susan', role).isSupervisor)).toEqual([
      ...[true, true, true, false],
    ]);
    expect(sight('susan', 'owner', false).isSupervisor).toBe(false);
    expect(serves(sight('susan', 'supervisor'), facts())).toBe(true);
  });

  it('R-3.6 who serves the place sees it: of a team its members and the inbox’s own', () => {
    const place = (who: string, more: object = {}) => serves(sight(who), facts(more));
    expect(['ann', 'tess', 'cara'].map((who) => place(who))).toEqual([true, true, false]);
    const ofSupport = { teamId: 'support' };
    expect(['ann', 'tess', 'cara'].map((who) => place(who, ofSupport))).toEqual([
      ...[true, false, false],
    ]);
    const ofSales = { inboxId: 'wholesale', teamId: 'sales' };
    expect(['ann', 'tess', 'cara'].map((who) => place(who, ofSales))).toEqual([
      ...[false, true, true],
    ]);
  });

  it('R-3.6 and so does who is in it, wherever it stands', () => {
    const cara = sight('cara');
    expect(sees(cara, facts())).toBe(false);
    expect(sees(cara, facts({ assigneeId: 'cara' }))).toBe(true);
    expect(sees(cara, facts({ participants: [{ agentId: 'cara', joinedAt: 1 }] }))).toBe(true);
    expect(sees(sight('tess'), facts())).toBe(true);
  });
});
