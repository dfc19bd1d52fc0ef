import type { AgentId, Conversation } from '@deskbell/contract';
import { describe, expect, it } from 'vitest';
import { availableActions, composerState } from './available-actions.ts';

const ann = { id: 'ann' as AgentId, role: 'agent' as const };
const susan = { id: 'susan' as AgentId, role: 'supervisor' as const };
const conversation = (given: Partial<Conversation>) =>
  ({
    status: 'open',
    holder: 'nobody',
    assigneeId: null,
    participants: [],
    ...given,
  }) as Conversation;
const untaken = conversation({});
const anns = conversation({ holder: 'agent', assigneeId: ann.id });
const bens = conversation({ holder: 'agent', assigneeId: 'ben' as AgentId });

describe('what the head of a conversation offers', () => {
  it('R-3.1 accept while nobody has it', () => {
    expect(availableActions(untaken, ann)).toEqual(['accept', 'close']);
  });

  it('R-3.5 join and leave', () => {
    expect(availableActions(bens, ann)).toEqual(['join']);
    expect(availableActions(anns, ann)).toContain('leave');
    const joined = { ...bens, participants: [{ agentId: ann.id, joinedAt: 1 }] };
    expect(availableActions(joined, ann)).toEqual(['close', 'markPending', 'leave']);
  });

  it('R-1.3, R-1.4 a supervisor may close and mark pending what others have', () => {
    expect(availableActions(bens, susan)).toEqual(['join', 'close', 'markPending']);
    expect(availableActions(untaken, susan)).toEqual(['accept', 'close']);
  });

  it('R-1.3 a pending one can be taken up again, R-1.8 a closed one reopened', () => {
    expect(availableActions({ ...anns, status: 'pending' }, ann)).toContain('markOpen');
    expect(availableActions({ ...anns, status: 'closed' }, ann)).toEqual(['reopen']);
  });

  it('R-1.9 only who is in it writes', () => {
    expect(composerState(anns, ann.id)).toBe('writes');
    expect(composerState(bens, ann.id)).toBe('join');
    expect(composerState(untaken, ann.id)).toBe('accept');
    expect(composerState({ ...anns, status: 'closed' }, ann.id)).toBe('reopen');
  });
});
