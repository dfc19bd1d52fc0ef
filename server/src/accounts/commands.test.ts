import type { CommandKind, Role } from '@deskbell/contract';
import { describe, expect, it } from 'vitest';
import { acting, said } from '../testing/acting.ts';
import type { Name } from '../testing/company.ts';
import { changesSettings, invitesAs, manages, mayOf, seesEveryInbox } from './policy.ts';
import { agents } from './sql.ts';

const roles = ['owner', 'admin', 'supervisor', 'agent'] as const;
const holder = (role: Role, isActive = true) => ({ role, isActive });
const who = (may: (each: ReturnType<typeof holder>) => boolean) =>
  roles.filter((role) => may(holder(role)));

describe('R-18.1 what each role may', () => {
  it('R-18.1 supervisors and above see every inbox, admins and owners change settings', () => {
    expect(who(seesEveryInbox)).toEqual(['owner', 'admin', 'supervisor']);
    expect(who(changesSettings)).toEqual(['owner', 'admin']);
    for (const may of [seesEveryInbox, changesSettings])
      expect([may(holder('owner', false)), may(undefined)]).toEqual([false, false]);
  });

  it('R-18.1 admins invite and change, nobody somebody above themselves; an owner alone makes an owner', () => {
    expect(who((each) => invitesAs(each, 'agent'))).toEqual(['owner', 'admin']);
    expect(who((each) => invitesAs(each, 'owner'))).toEqual(['owner']);
    expect(who((each) => manages(each, holder('admin')))).toEqual(['owner', 'admin']);
    expect(who((each) => manages(each, holder('owner')))).toEqual(['owner']);
    expect(invitesAs(holder('owner', false), 'owner')).toBe(false);
    expect(mayOf(holder('admin'))).toEqual({
      ...{ changeSettings: true, seeEveryInbox: true, inviteAs: ['admin', 'supervisor', 'agent'] },
    });
    expect(mayOf(undefined)).toEqual({
      ...{ changeSettings: false, seeEveryInbox: false, inviteAs: [] },
    });
  });
});

/** Ben is the owner, Susan an admin. */
function company() {
  const stage = acting();
  stage.make('ben', { role: 'owner' });
  stage.make('susan', { role: 'admin' });
  return {
    ...stage,
    try: (actor: Name, kind: CommandKind, input: object) => said(stage.by(actor, kind, input)),
  };
}
const ann = { agentId: 'ann' };
const ben = { agentId: 'ben' };

describe('R-18.1 who comes, changes and goes', () => {
  it('R-18.1 one agent has one mail address, and is added once', () => {
    const { bySystem, state } = company();
    const dora = { agentId: 'dora', userId: 'u', name: 'Dora', email: 'dora', role: 'agent' };
    const added = bySystem('agent.add', dora);
    expect(added).toMatchObject({ events: [{ kind: 'agent.added', id: 'dora' }] });
    expect(state.get(agents, 'dora')).toMatchObject({ availability: 'offline', isActive: true });
    expect(said(bySystem('agent.add', dora))).toBe('nothing');
    expect(said(bySystem('agent.add', { ...dora, agentId: 'other' }))).toBe('already-exists');
  });

  it('R-18.1 roles are changed by who may, to no more than they have themselves', () => {
    const { try: attempt, agentRow, by } = company();
    const change = (actor: Name, agentId: string, role: Role) =>
      attempt(actor, 'agent.change-role', { agentId, role });
    expect([change('susan', 'nobody', 'agent'), change('cara', 'ann', 'agent')]).toEqual([
      ...['not-found', 'forbidden'],
    ]);
    expect([change('susan', 'ben', 'agent'), change('susan', 'ann', 'owner')]).toEqual([
      ...['forbidden', 'forbidden'],
    ]);
    expect(change('susan', 'ann', 'agent')).toBe('nothing');
    expect(by('susan', 'agent.change-role', { agentId: 'ann', role: 'supervisor' })).toMatchObject({
      events: [{ kind: 'agent.changed', version: 2 }],
      audit: [
        {
          what: 'agent.role-changed',
          changes: [{ field: 'role', before: 'agent', after: 'supervisor' }],
        },
      ],
    });
    expect(agentRow('ann')).toMatchObject({ role: 'supervisor', version: 2, rights: 2 });
  });

  it('R-18.1 the last owner stays one', () => {
    const { try: attempt, make } = company();
    const step = () => attempt('ben', 'agent.change-role', { ...ben, role: 'admin' });
    expect(step()).toBe('last-owner');
    expect(attempt('ben', 'agent.deactivate', ben)).toBe('last-owner');
    make('cara', { role: 'owner', isActive: false });
    expect(step()).toBe('last-owner');
    make('cara', { isActive: true });
    // Of another than the last it is no matter.
    expect(attempt('ben', 'agent.change-role', { agentId: 'cara', role: 'admin' })).toBe(
      'agent.changed',
    );
    expect(attempt('ben', 'agent.change-role', { agentId: 'cara', role: 'agent' })).toBe(
      'agent.changed',
    );
    make('cara', { role: 'owner' });
    expect(step()).toBe('agent.changed');
  });

  it('R-18.1 who is deactivated is offline at once, and may come back', () => {
    const { try: attempt, agentRow, make, company: at } = company();
    make('ann', { returnsTo: 'online' });
    const leave = (actor: Name, input: object = ann) => attempt(actor, 'agent.deactivate', input);
    const back = (actor: Name) => attempt(actor, 'agent.reactivate', ann);
    expect([leave('cara'), leave('susan', ben), leave('susan', { agentId: 'susan' })]).toEqual([
      ...['forbidden', 'forbidden', 'forbidden'],
    ]);
    expect([back('cara'), back('susan')]).toEqual(['forbidden', 'nothing']);
    expect([leave('susan'), leave('susan')]).toEqual(['agent.deactivated', 'nothing']);
    expect(agentRow('ann')).toMatchObject({
      ...{ isActive: false, availability: 'offline', availabilityAt: at.now, returnsTo: null },
      ...{ rights: 2, version: 2 },
    });
    expect(attempt('ann', 'agent.deactivate', { agentId: 'cara' })).toBe('not-found');
    expect(back('susan')).toBe('agent.reactivated');
    expect(agentRow('ann')).toMatchObject({ isActive: true, rights: 3 });
  });

  it('R-18.1 whoever is at work changes their own name and profile', () => {
    const { by, make, agentRow, bySystem, try: attempt } = company();
    const rename = (name: string) => by('ann', 'agent.rename', { name });
    expect(rename('ann')).toMatchObject({ events: [{}], audit: [] });
    expect(rename('Anna')).toMatchObject({
      audit: [{ what: 'agent.renamed', changes: [{ before: 'ann', after: 'Anna' }] }],
    });
    expect(attempt('ann', 'agent.change-profile', { signature: 'A.' })).toBe('agent.changed');
    attempt('ann', 'agent.change-profile', { languages: ['de'] });
    expect(agentRow('ann')).toMatchObject({ name: 'Anna', languages: ['de'], signature: 'A.' });
    expect(agentRow('ann')).toMatchObject({ version: 5, rights: 1 });
    make('ann', { isActive: false });
    expect(said(rename('Ann'))).toBe('not-found');
    expect(attempt('ann', 'agent.change-profile', {})).toBe('not-found');
    const picture = (agentId: string, name: string | null) =>
      said(bySystem('agent.change-picture', { agentId, picture: name }));
    expect([picture('nobody', 'x'), picture('ann', 'x'), picture('ann', 'x')]).toEqual([
      ...['not-found', 'agent.changed', 'nothing'],
    ]);
    expect(agentRow('ann').picture).toBe('x');
  });
});
