import type { BulkAction } from '@deskbell/contract';
import { describe, expect, it } from 'vitest';
import { type Before, stepBack, stepOf } from './rules.ts';

const on = { conversationId: 'one' };
const before = {
  ...{ seq: 3, status: 'open', assigneeId: 'ann', isFlagged: false, labelIds: ['vip'] },
} as unknown as Before;
const act = (action: object) => action as BulkAction;
const back = (action: object, more: object = {}) =>
  stepBack(act(action), 'one', { before: { ...before, ...more }, agentId: 'susan' });

describe('R-2.8 what is done to many', () => {
  it('R-2.8 is to each what one would do to it', () => {
    const step = (action: object) => stepOf(act(action), 'one');
    expect(step({ do: 'assign', agentId: 'ben' })).toEqual({
      kind: 'conversation.assign',
      input: { ...on, agentId: 'ben' },
    });
    expect(step({ do: 'unassign' })).toEqual({ kind: 'conversation.unassign', input: on });
    expect(step({ do: 'close', reason: 'Over' })).toEqual({
      kind: 'conversation.close',
      input: { ...on, reason: 'Over' },
    });
    expect(step({ do: 'flag' })).toEqual({ kind: 'conversation.flag', input: on });
    expect(step({ do: 'unflag' })).toEqual({ kind: 'conversation.unflag', input: on });
    const label = 'conversation.label';
    expect(step({ do: 'label', labelId: 'vip' })).toEqual({
      ...{ kind: label, input: { ...on, add: ['vip'] } },
    });
    expect(step({ do: 'unlabel', labelId: 'vip' })).toEqual({
      ...{ kind: label, input: { ...on, remove: ['vip'] } },
    });
  });

  it('R-2.8 and is taken back as each stood, by whoever asks', () => {
    const { isFlagged: _, labelIds: __, ...stood } = before;
    const putBack = {
      kind: 'conversation.put-back',
      input: { ...on, agentId: 'susan', before: stood },
    };
    expect(back({ do: 'assign', agentId: 'ben' })).toEqual(putBack);
    expect(back({ do: 'unassign' })).toEqual(putBack);
    expect(back({ do: 'close' })).toEqual(putBack);
  });

  it('R-2.8 where the job changed nothing, nothing is taken back', () => {
    expect(back({ do: 'assign', agentId: 'ann' })).toBeNull();
    expect(back({ do: 'assign', agentId: 'ann' }, { assigneeId: null })).not.toBeNull();
    expect(back({ do: 'unassign' }, { assigneeId: null })).toBeNull();
    expect(back({ do: 'close' }, { assigneeId: null })).not.toBeNull();
    for (const job of [{ do: 'close' }, { do: 'unassign' }, { do: 'assign', agentId: 'ben' }])
      expect(back(job, { status: 'closed' })).toBeNull();
  });

  it('R-2.8 flags and labels come off again, or on', () => {
    const isFlagged = { isFlagged: true };
    expect(back({ do: 'flag' })).toEqual({ kind: 'conversation.unflag', input: on });
    expect(back({ do: 'flag' }, isFlagged)).toBeNull();
    expect(back({ do: 'unflag' }, isFlagged)).toEqual({ kind: 'conversation.flag', input: on });
    expect(back({ do: 'unflag' })).toBeNull();
    const label = { kind: 'conversation.label', input: on };
    expect(back({ do: 'label', labelId: 'new' })).toEqual({
      ...{ ...label, input: { ...on, remove: ['new'] } },
    });
    expect(back({ do: 'label', labelId: 'vip' })).toBeNull();
    expect(back({ do: 'unlabel', labelId: 'vip' })).toEqual({
      ...{ ...label, input: { ...on, add: ['vip'] } },
    });
    expect(back({ do: 'unlabel', labelId: 'new' })).toBeNull();
  });
});
