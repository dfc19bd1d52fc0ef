import type { AgentId, Conversation } from '@deskbell/contract';
import { describe, expect, it } from 'vitest';
import { availableActions, composerState, needsReason } from './available-actions.ts';

const ann = { id: 'ann' as AgentId, role: 'agent' as const };
const susan = { id: 'susan' as AgentId, role: 'supervisor' as const };
const conversation = (given: Partial<Conversation>) =>
  ({
    status: 'open',
    holder: 'nobody',
    assigneeId: null,
    participants: [],
    isFlagged: false,
    ...given,
  }) as Conversation;
const untaken = conversation({});
const anns = conversation({ holder: 'agent', assigneeId: ann.id });
const bens = conversation({ holder: 'agent', assigneeId: 'ben' as AgentId });

describe('what the head of a conversation offers', () => {
  it('R-3.1 accept while nobody has it', () => {
    expect(availableActions(untaken, ann)).toEqual(['accept', 'close', 'assign', 'flag']);
  });

  it('R-3.5 join and leave', () => {
    expect(availableActions(bens, ann)).toEqual(['join']);
    expect(availableActions(anns, ann)).toContain('leave');
    const joined = { ...bens, participants: [{ agentId: ann.id, joinedAt: 1 }] };
    expect(availableActions(joined, ann)).toEqual([
      'close',
      'assign',
      'flag',
      'markPending',
      'invite',
      'unassign',
      'leave',
    ]);
  });

  it('R-1.3, R-1.4 a supervisor may close and mark pending what others have', () => {
    const [joins, ...others] = availableActions(bens, susan);
    expect(joins).toBe('join');
    expect(others).toEqual(['close', 'assign', 'flag', 'markPending', 'invite', 'unassign']);
    expect(availableActions(untaken, susan)).toEqual(['accept', 'close', 'assign', 'flag']);
  });

  it('R-1.3 a pending one can be taken up again, R-1.8 a closed one reopened', () => {
    expect(availableActions({ ...anns, status: 'pending' }, ann)).toContain('markOpen');
    expect(availableActions({ ...anns, status: 'closed' }, ann)).toEqual(['reopen', 'flag']);
  });

  it('R-1.7 a flag is taken off where it stands', () => {
    expect(availableActions({ ...anns, isFlagged: true }, ann)).toContain('unflag');
    expect(availableActions(anns, ann)).not.toContain('unflag');
    expect(availableActions(bens, ann)).not.toContain('flag');
  });

  it('R-19.5 a supervisor closes what others have with a reason, their own without', () => {
    expect(needsReason(bens, susan.id)).toBe(true);
    expect(needsReason(untaken, susan.id)).toBe(false);
    expect(needsReason(anns, ann.id)).toBe(false);
  });

  it('R-1.9 only who is in it writes', () => {
    expect(composerState(anns, ann.id)).toBe('writes');
    expect(composerState(bens, ann.id)).toBe('join');
    expect(composerState(untaken, ann.id)).toBe('accept');
    expect(composerState({ ...anns, status: 'closed' }, ann.id)).toBe('reopen');
  });
});
