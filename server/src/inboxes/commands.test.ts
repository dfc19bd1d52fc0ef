import type { CommandKind } from '@deskbell/contract';
import { describe, expect, it } from 'vitest';
import { acting, said } from '../testing/acting.ts';
import type { Name } from '../testing/company.ts';
import { type InboxRow, inboxes } from './index.ts';

/** Susan is an admin. */
function admin() {
  const stage = acting();
  stage.make('susan', { role: 'admin' });
  return {
    ...stage,
    shop: () => stage.state.get(inboxes, 'shop') as InboxRow,
    try: (kind: CommandKind, input: object, who: Name = 'susan') =>
      said(stage.by(who, kind, input)),
  };
}
const on = { inboxId: 'shop' };

describe('R-9.2, R-18.1 inboxes', () => {
  it('R-18.1 admins make and change them, and nobody one that isn’t there', () => {
    const { try: attempt } = admin();
    expect(attempt('inbox.create', { name: 'New' }, 'ann')).toBe('forbidden');
    for (const [kind, input] of [
      ['inbox.change', { name: 'x' }],
      ['inbox.add-member', { agentId: 'cara' }],
      ['inbox.remove-member', { agentId: 'ben' }],
    ] as const) {
      expect([kind, attempt(kind, { ...on, ...input }, 'ann')]).toEqual([kind, 'forbidden']);
      expect([kind, attempt(kind, { inboxId: 'x', ...input })]).toEqual([kind, 'not-found']);
    }
  });

  it('R-3.6 who makes one serves it; the system serves none', () => {
    const { by, bySystem, state, agentRow } = admin();
    const made = by('susan', 'inbox.create', { name: 'New' });
    expect(said(made)).toBe('inbox.added, agent.changed');
    const rowOf = (outcome: typeof made) =>
      state.get(inboxes, String('answer' in outcome && Object.values(outcome.answer)[0]));
    expect(rowOf(made)).toMatchObject({ name: 'New', memberIds: ['susan'], version: 1 });
    expect(agentRow('susan').rights).toBe(2);
    const bare = bySystem('inbox.create', { name: 'Bare' });
    expect(said(bare)).toBe('inbox.added');
    expect(rowOf(bare)).toMatchObject({ name: 'Bare', memberIds: [] });
  });

  it('R-9.2 what is named changes, and stands in the audit log; the rest stays', () => {
    const { by, shop } = admin();
    const before = shop();
    expect(by('susan', 'inbox.change', { ...on, greeting: 'Hello' })).toMatchObject({
      events: [{ kind: 'inbox.changed', version: 2 }],
      audit: [{ what: 'inbox.changed', changes: [{ field: 'greeting' }] }],
    });
    expect(shop()).toEqual({ ...before, greeting: 'Hello', version: 2 });
    expect(by('susan', 'inbox.change', { ...on, greeting: 'Hello' })).toMatchObject({ audit: [] });
    by('susan', 'inbox.change', {
      ...on,
      name: 'Store',
      color: '#000000',
      domains: ['a.b', 'a.b'],
    });
    expect(shop()).toMatchObject({ name: 'Store', color: '#000000', domains: ['a.b'] });
  });

  it('R-3.6 members are let in and taken off once, and have other rights from then on', () => {
    const { try: attempt, shop, agentRow, bySystem, furnish } = admin();
    const add = (agentId: string) => attempt('inbox.add-member', { ...on, agentId });
    const remove = (agentId: string) => attempt('inbox.remove-member', { ...on, agentId });
    expect([add('nobody'), add('ann'), remove('cara')]).toEqual([
      ...['not-found', 'nothing', 'nothing'],
    ]);
    expect(add('cara')).toBe('inbox.member-added, agent.changed');
    expect(remove('ann')).toBe('inbox.member-removed, agent.changed');
    expect(shop()).toMatchObject({ memberIds: ['ben', 'cara'], version: 3 });
    expect(agentRow('cara')).toMatchObject({ rights: 2, version: 2 });
    expect(agentRow('ann')).toMatchObject({ rights: 2, version: 2 });
    expect(said(bySystem('inbox.add-member', { ...on, agentId: 'ann' }))).toBe(
      'inbox.member-added, agent.changed',
    );
    // Whom nobody knows any more is taken off as well.
    furnish('shop', { memberIds: ['gone'] });
    expect(remove('gone')).toBe('inbox.member-removed');
  });
});
