import { CONVERSATION_LABELS } from '@deskbell/contract';
import { describe, expect, it } from 'vitest';
import { labels } from '../labels/index.ts';
import { acting, said } from '../testing/acting.ts';
import type { Name } from '../testing/company.ts';

function labelled(count = 2) {
  const stage = acting();
  const conversationId = stage.begins('vera');
  const ids = Array.from({ length: count }, (_, index) => `label-${index}`);
  const make = (id: string, isDeleted = false) =>
    stage.state.set(labels, { ...{ id, version: 1, name: id, color: '#000000' }, isDeleted });
  for (const id of ids) make(id);
  const label = (change: { add?: string[]; remove?: string[] }, who: Name = 'ann') =>
    stage.by(who, 'conversation.label', { conversationId, ...change });
  return {
    ...{ stage, ids, make, label },
    on: () => stage.conversation(conversationId).labelIds,
    close: () => stage.turn(conversationId, { status: 'closed' }),
  };
}

describe('R-2.8 labels on a conversation', () => {
  it('R-2.8 whoever sees it puts them on and takes them off, whatever its state', () => {
    const { label, on, close } = labelled();
    expect(said(label({ add: ['label-0'] }, 'cara'))).toBe('not-found');
    expect(said(label({ add: ['label-0'] }, 'ben'))).toBe('conversation.labelled');
    expect(on()).toEqual(['label-0']);
    close();
    const change = label({ add: ['label-1'], remove: ['label-0'] });
    expect(change).toMatchObject({
      puts: [
        {},
        { row: { activity: { what: 'labelled', added: ['label-1'], removed: ['label-0'] } } },
      ],
    });
    expect(on()).toEqual(['label-1']);
    expect(said(label({ remove: ['label-1'] }))).toBe('conversation.labelled');
    expect(on()).toEqual([]);
  });

  it('R-2.8 what changes nothing says nothing, and what is asked both ways comes off', () => {
    const { label, on } = labelled();
    expect(said(label({ remove: ['label-0'] }))).toBe('nothing');
    expect(said(label({ add: ['label-0'], remove: ['label-0'] }))).toBe('nothing');
    label({ add: ['label-0'] });
    expect(said(label({ add: ['label-0'] }))).toBe('nothing');
    label({ add: ['label-0'], remove: ['label-0'] });
    expect(on()).toEqual([]);
  });

  it('R-2.8 only those that there are are put on; a deleted one keeps its place and may come off', () => {
    const { label, on, make } = labelled();
    expect(label({ add: ['nothing'] })).toMatchObject({ code: 'not-found', field: 'add' });
    label({ add: ['label-0'] });
    make('label-0', true);
    expect(said(label({ add: ['label-1', 'label-0'] }))).toBe('not-found');
    label({ add: ['label-1'] });
    expect(on()).toEqual(['label-0', 'label-1']);
    label({ remove: ['label-0'] });
    expect(on()).toEqual(['label-1']);
  });

  it('R-2.8 so many at most, of those that are shown', () => {
    const { label, make, ids } = labelled(CONVERSATION_LABELS + 1);
    const [last = '', ...rest] = ids;
    expect(said(label({ add: rest }))).toBe('conversation.labelled');
    expect(said(label({ add: [last] }))).toBe('too-large');
    make('label-1', true);
    expect(said(label({ add: [last] }))).toBe('conversation.labelled');
  });
});
