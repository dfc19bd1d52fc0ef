import { describe, expect, it } from 'vitest';
import { acting, said } from '../testing/acting.ts';
import type { Name } from '../testing/company.ts';
import { labels } from './sql.ts';

const color = '#b45309';

/** Susan is an admin, and there is a label. */
function labelled() {
  const stage = acting();
  const { state, by, bySystem, make } = stage;
  make('susan', { role: 'admin' });
  const add = (id: string, isDeleted = false) =>
    state.set(labels, { id, version: 1, name: id, color, isDeleted });
  add('vip');
  return {
    ...{ state, add, bySystem },
    by: (kind: Parameters<typeof by>[1], input: object, who: Name = 'susan') =>
      by(who, kind, input),
    vip: () => state.get(labels, 'vip'),
  };
}
const on = { labelId: 'vip' };

describe('R-2.8 the labels of a workspace', () => {
  it('R-2.8 admins manage them, and nobody one that isn’t there', () => {
    const { by } = labelled();
    expect(said(by('label.create', { name: 'New', color }, 'ann'))).toBe('forbidden');
    for (const kind of ['label.change', 'label.delete', 'label.restore'] as const) {
      expect([kind, said(by(kind, on, 'ann'))]).toEqual([kind, 'forbidden']);
      expect([kind, said(by(kind, { labelId: 'nothing' }))]).toEqual([kind, 'not-found']);
    }
  });

  it('R-2.8 made, by an admin or the system; no two in force have one name', () => {
    const { by, bySystem, state } = labelled();
    const made = by('label.create', { name: 'New', color });
    expect(made).toMatchObject({
      events: [{ kind: 'label.added' }],
      audit: [{ what: 'label.added' }],
    });
    const { labelId } = ('answer' in made ? made.answer : {}) as { labelId: string };
    expect(state.get(labels, labelId)).toEqual({
      ...{ id: labelId, version: 1, name: 'New', color, isDeleted: false },
    });
    expect(said(bySystem('label.create', { name: 'Newer', color }))).toBe('label.added');
    expect(by('label.create', { name: 'VIP', color })).toMatchObject({
      ...{ code: 'already-exists', field: 'name' },
    });
  });

  it('R-2.8 changed in name and colour, while it is in force', () => {
    const { by, vip, add } = labelled();
    const change = (more: object) => by('label.change', { ...on, ...more });
    expect([said(change({})), said(change({ name: 'vip', color }))]).toEqual([
      'nothing',
      'nothing',
    ]);
    expect(change({ name: 'Vip' })).toMatchObject({
      events: [{ kind: 'label.changed', version: 2 }],
      audit: [{ what: 'label.changed', changes: [{ field: 'name', before: 'vip', after: 'Vip' }] }],
    });
    expect(said(change({ color: '#000000' }))).toBe('label.changed');
    expect(vip()).toMatchObject({ name: 'Vip', color: '#000000', version: 3 });
    add('other');
    expect(said(change({ name: 'Other' }))).toBe('already-exists');
    add('other', true);
    expect(said(change({ name: 'Other' }))).toBe('label.changed');
    add('vip', true);
    expect(said(change({ name: 'x' }))).toBe('not-found');
  });

  it('R-2.8 deleted and brought back, once, where its name is still free', () => {
    const { by, vip, add } = labelled();
    const remove = () => by('label.delete', on);
    const restore = () => by('label.restore', on);
    expect(said(restore())).toBe('nothing');
    expect(remove()).toMatchObject({ audit: [{ what: 'label.deleted' }] });
    expect(vip()).toMatchObject({ isDeleted: true, version: 2 });
    expect(said(remove())).toBe('nothing');
    add('VIP');
    expect(said(restore())).toBe('already-exists');
    add('VIP', true);
    expect(restore()).toMatchObject({ audit: [{ what: 'label.restored' }] });
    expect(vip()).toMatchObject({ isDeleted: false, version: 3 });
  });

  it('R-2.8 so many at most', () => {
    const { by, add } = labelled();
    for (let index = 2; index < 200; index += 1) add(`label-${index}`);
    const another = (name: string) => said(by('label.create', { name, color }));
    expect([another('the 200th'), another('the 201st')]).toEqual(['label.added', 'too-large']);
  });
});
