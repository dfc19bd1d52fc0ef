import { describe, expect, it } from 'vitest';
import { acting, said } from '../testing/acting.ts';
import { contactPlaces } from './sight.sql.ts';
import { knows } from './sight.ts';
import { contacts } from './sql.ts';

describe('R-3.6 whose details somebody is shown', () => {
  it('R-3.6 those who see a conversation of theirs, and supervisors; nobody who is deactivated', () => {
    const { state, make } = acting();
    const place = { inboxId: 'shop', teamId: null, assigneeId: null, participants: [] };
    state.set(contactPlaces, { contactId: 'vera', places: [{ ...place, inboxId: 'x' }, place] });
    const known = (contactId: string) =>
      ['ann', 'cara', 'susan', 'nobody'].filter((who) => knows(state, who, contactId));
    expect(known('vera')).toEqual(['ann', 'susan']);
    expect(known('walt')).toEqual(['susan']);
    make('ann', { isActive: false });
    make('susan', { isActive: false });
    expect(known('vera')).toEqual([]);
  });

  it('R-3.6 and who is shown them changes them: what is named, and nothing else', () => {
    const { begins, by, state } = acting();
    begins('vera');
    const change = (input: object, who: 'ann' | 'cara' = 'ann') =>
      said(by(who, 'contact.change', { contactId: 'vera', ...input }));
    const vera = () => state.get(contacts, 'vera');
    expect([change({ name: 'Vera' }, 'cara'), change({ contactId: 'nobody' })]).toEqual([
      ...['not-found', 'not-found'],
    ]);
    expect(said(by('susan', 'contact.change', { contactId: 'nobody' }))).toBe('not-found');
    expect(change({ name: 'Vera', email: 'v@x.org', phone: '+43 1' })).toBe('contact.changed');
    const known = { name: 'Vera', email: 'v@x.org', phone: '+43 1' };
    expect(vera()).toMatchObject({ ...known, version: 2 });
    for (const field of ['name', 'email', 'phone']) {
      change({ ...known, [field]: undefined });
      expect(vera()).toMatchObject(known);
      change({ [field]: null });
      expect(vera()).toMatchObject({ ...known, [field]: null });
      change(known);
    }
  });
});
