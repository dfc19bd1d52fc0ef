import { describe, expect, it } from 'vitest';
import { acting } from '../testing/acting.ts';
import { contactPlaces } from './sight.sql.ts';
import { knows } from './sight.ts';

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
});
