import { describe, expect, it } from 'vitest';
import { acting, said } from '../testing/acting.ts';
import type { Name } from '../testing/company.ts';
import type { Before } from './put-back.rules.ts';

/** Vera's conversation is Ann's, and somebody did something to it as a job does. */
function done(kind: 'conversation.close' | 'conversation.unassign' | 'conversation.assign') {
  const stage = acting();
  const conversationId = stage.taken('ann', 'vera');
  stage.by('ben', 'conversation.join', { conversationId });
  const { seq, status, assigneeId, participants, pendingAt, queuedAt, waitingSince } =
    stage.conversation(conversationId);
  const before = {
    ...{ seq, status, assigneeId, participants },
    ...{ pendingAt, queuedAt, waitingSince },
    ...{ isQueuedInFront: false, preferredAgentId: null, avoidedAgentId: null },
  } as unknown as Before;
  stage.company.now += 1_000;
  const input = kind === 'conversation.assign' ? { agentId: 'susan' } : { reason: 'It is over' };
  stage.by('susan', kind, { conversationId, ...input });
  return {
    ...{ stage, conversationId, before },
    row: () => stage.conversation(conversationId),
    back: (more: object = {}, agentId: Name = 'susan', id = conversationId) =>
      stage.bySystem('conversation.put-back', {
        ...{ conversationId: id, agentId },
        before: { ...before, ...more },
      }),
  };
}

describe('R-2.8 what a job did is taken back', () => {
  it('R-2.8 as it stood: who had it, who took part, its state', () => {
    const { back, row, before, stage } = done('conversation.close');
    const { resumedAt } = row();
    stage.company.now += 1_000;
    expect(back()).toMatchObject({
      events: [{ kind: 'conversation.reopened' }],
      puts: [{}, { row: { activity: { what: 'reopened' }, authorId: 'susan' } }],
    });
    expect(row()).toMatchObject({
      ...{ status: 'open', holder: 'agent', assigneeId: 'ann', seq: before.seq + 2 },
      ...{ participants: [{ agentId: 'ben' }], closedAt: null, closeReason: null },
      // Time before it was taken up again doesn't count.
      ...{ closedById: null, isContactFinal: false, resumedAt: stage.company.now },
    });
    expect(resumedAt).toBeNull();
    const unassigned = done('conversation.unassign');
    expect(unassigned.back()).toMatchObject({
      events: [{ kind: 'conversation.assigned' }],
      puts: [{}, { row: { activity: { what: 'assigned', agentId: 'ann' } } }],
    });
    expect(unassigned.row()).toMatchObject({ assigneeId: 'ann', resumedAt: null });
  });

  it('R-2.8 whom nobody had, nobody has again', () => {
    const { back, row } = done('conversation.assign');
    expect(back({ assigneeId: null, participants: [], queuedAt: 7 })).toMatchObject({
      events: [{ kind: 'conversation.unassigned' }],
      puts: [{}, { row: { activity: { what: 'unassigned', agentId: 'susan' } } }],
    });
    expect(row()).toMatchObject({ assigneeId: null, holder: 'nobody', queuedAt: 7 });
    expect(row()).toMatchObject({ isQueuedInFront: false, preferredAgentId: null });
  });

  it('R-2.8, R-3.4 who can’t have it any more is preferred, and it is queued in front', () => {
    for (const become of [{ availability: 'away' as const }, { isActive: false }]) {
      const { back, row, stage } = done('conversation.close');
      stage.make('ann', become);
      expect(said(back())).toBe('conversation.reopened');
      expect(row()).toMatchObject({
        ...{ status: 'open', assigneeId: null, holder: 'nobody' },
        ...{ isQueuedInFront: true, preferredAgentId: 'ann' },
      });
    }
    const full = done('conversation.close');
    for (const contact of ['walt', 'xenia']) full.stage.taken('ann', contact);
    full.back();
    expect(full.row()).toMatchObject({ assigneeId: null, preferredAgentId: 'ann' });
  });

  it('R-2.8, R-3.4 a pending one takes nobody’s room: it is put back to who is full or away', () => {
    const { back, row, stage } = done('conversation.close');
    for (const contact of ['walt', 'xenia']) stage.taken('ann', contact);
    stage.make('ann', { availability: 'away' });
    back({ status: 'pending', pendingAt: 5 });
    expect(row()).toMatchObject({ status: 'pending', pendingAt: 5, assigneeId: 'ann' });
    const gone = done('conversation.close');
    gone.stage.make('ann', { isActive: false });
    gone.back({ status: 'pending', pendingAt: 5 });
    expect(gone.row()).toMatchObject({ status: 'open', pendingAt: null, assigneeId: null });
  });

  it('R-2.8, R-18.1 who took part and was deactivated no longer does', () => {
    const { back, row, stage } = done('conversation.close');
    stage.make('ben', { isActive: false });
    back();
    expect(row()).toMatchObject({ assigneeId: 'ann', participants: [] });
  });

  it('R-2.8 by the rights of who takes it back, and only where nothing else has happened', () => {
    const { back, before, conversationId } = done('conversation.close');
    expect(said(back({}, 'cara'))).toBe('not-found');
    expect(said(back({}, 'susan', 'nowhere'))).toBe('not-found');
    expect(said(back({ seq: before.seq - 1 }))).toBe('changed-meanwhile');
    expect(said(back({ seq: before.seq + 1 }))).toBe('changed-meanwhile');
    expect(said(back({}, 'ben', conversationId))).toBe('conversation.reopened');
  });

  it('R-1.2, R-2.8 not where the contact has begun anew meanwhile', () => {
    const { back, stage, conversationId } = done('conversation.close');
    stage.turn(conversationId, { isContactFinal: true });
    stage.writes('vera');
    expect(said(back())).toBe('conversation-unclosed');
    // A newer one that is closed as well is in nobody's way.
    for (const { id } of stage.company.conversations()) stage.turn(id, { status: 'closed' });
    expect(said(back())).toBe('conversation.reopened');
  });

  it('R-2.8, R-3.6 in a team that is no more, it is the whole inbox’s', () => {
    const { back, row, stage, conversationId } = done('conversation.close');
    stage.turn(conversationId, { teamId: 'sales' });
    stage.team('sales', [], true);
    back();
    expect(row()).toMatchObject({ teamId: null, assigneeId: 'ann' });
  });
});
