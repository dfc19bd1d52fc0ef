import type { CommandKind } from '@deskbell/contract';
import { describe, expect, it } from 'vitest';
import { typing } from '../drafts/index.ts';
import { acting, said } from '../testing/acting.ts';
import type { Name } from '../testing/company.ts';

const MINUTE = 60_000;

/** Vera's conversation is Ann's. */
function annHasIt(...settings: Parameters<typeof acting>) {
  const stage = acting(...settings);
  const conversationId = stage.taken('ann', 'vera');
  return {
    ...stage,
    conversationId,
    row: () => stage.conversation(conversationId),
    try: (who: Name, kind: CommandKind, more: object = {}) =>
      said(stage.by(who, kind, { conversationId, ...more })),
    ends: () => stage.act({ kind: 'contact', id: 'vera', inboxId: 'shop' }, 'conversation.end', {}),
    ticks: () => said(stage.bySystem('conversation.tick', { conversationId })),
  };
}
const isClosed = { status: 'closed', closedAt: 1 } as const;

describe('R-1.3 waiting for the contact', () => {
  it('R-1.3 who is in it marks it pending, and a supervisor, where somebody has it', () => {
    const stage = annHasIt();
    const mark = (who: Name) => stage.try(who, 'conversation.mark-pending');
    expect([mark('cara'), mark('ben'), mark('susan'), mark('ann')]).toEqual([
      ...['not-found', 'forbidden', 'conversation.pending', 'wrong-state'],
    ]);
    expect(stage.row()).toMatchObject({ status: 'pending', assigneeId: 'ann' });
    const queued = annHasIt();
    queued.try('ann', 'conversation.unassign');
    expect(queued.try('susan', 'conversation.mark-pending')).toBe('wrong-state');
    const member = annHasIt();
    member.try('ben', 'conversation.join');
    expect(member.try('ben', 'conversation.mark-pending')).toBe('conversation.pending');
    member.turn(member.conversationId, isClosed);
    expect(member.try('ben', 'conversation.mark-pending')).toBe('conversation-closed');
  });

  it('R-1.3, R-3.4 and takes it up again, where its agent has room', () => {
    const stage = annHasIt();
    const open = (who: Name) => stage.by(who, 'conversation.mark-open', stage);
    expect(said(open('ann'))).toBe('wrong-state');
    stage.try('ann', 'conversation.mark-pending');
    expect([said(open('cara')), said(open('ben'))]).toEqual(['not-found', 'forbidden']);
    const [other = ''] = ['walt', 'xenia'].map((contact) => stage.taken('ann', contact));
    expect(said(open('ann'))).toBe('at-capacity');
    expect(open('susan')).toMatchObject({ code: 'agent-at-capacity', agentId: 'ann' });
    stage.by('ann', 'conversation.close', { conversationId: other });
    stage.make('ann', { availability: 'offline' });
    expect(said(open('ann'))).toBe('conversation.resumed');
    // It is their own doing: it stays with them also while they are away.
    expect(stage.row()).toMatchObject({ status: 'open', assigneeId: 'ann' });
  });
});

describe('R-1.4, R-1.8 closing and reopening', () => {
  it('R-1.4, R-19.5 who is in it closes it, a supervisor with a reason, and anybody while nobody has it', () => {
    const close = (who: Name, more: object = {}, stage = annHasIt()) =>
      stage.by(who, 'conversation.close', { conversationId: stage.conversationId, ...more });
    expect(said(close('cara'))).toBe('not-found');
    expect(close('ben', { reason: 'Over' })).toMatchObject({ code: 'taken', agentId: 'ann' });
    expect(close('susan')).toMatchObject({ code: 'reason-needed', field: 'reason' });
    expect(close('susan', { reason: 'Over' })).toMatchObject({
      puts: [
        { row: { status: 'closed', closeReason: 'agent', closedById: 'susan' } },
        { row: { activity: { what: 'closed', text: 'Over' } } },
      ],
    });
    expect(said(close('ann'))).toBe('conversation.closed');
    const queued = annHasIt();
    queued.try('ann', 'conversation.unassign');
    expect(said(close('ben', {}, queued))).toBe('conversation.closed');
    expect(said(close('ben', {}, queued))).toBe('conversation-closed');
  });

  it('R-1.4 its contact ends it, once, where there is one', () => {
    const stage = annHasIt();
    const walt = { kind: 'contact', id: 'walt', inboxId: 'shop' } as const;
    expect(said(stage.act(walt, 'conversation.end', {}))).toBe('not-found');
    expect([said(stage.ends()), said(stage.ends())]).toEqual([
      'conversation.closed',
      'conversation-closed',
    ]);
    expect(stage.row()).toMatchObject({ closeReason: 'contact', isContactFinal: true });
  });

  it('R-1.8, R-3.4, R-4.1 who reopens it has it: online, with room, and not beside a newer one', () => {
    const stage = annHasIt();
    const reopen = (who: Name) => stage.try(who, 'conversation.reopen');
    expect(reopen('ben')).toBe('wrong-state');
    stage.ends();
    expect(reopen('cara')).toBe('not-found');
    stage.make('ben', { availability: 'away' });
    expect(reopen('ben')).toBe('offline');
    stage.make('ben', { availability: 'online', capacity: 0 });
    expect(reopen('ben')).toBe('at-capacity');
    stage.make('ben', { capacity: null });
    stage.team('sales', [], true);
    stage.turn(stage.conversationId, { teamId: 'sales' });
    expect(reopen('ben')).toBe('conversation.reopened');
    expect(stage.row()).toMatchObject({ status: 'open', assigneeId: 'ben', teamId: null });
    stage.ends();
    stage.writes('vera');
    expect(reopen('ben')).toBe('conversation-unclosed');
  });
});

describe('R-1.7 the flag', () => {
  it('R-1.7 as closing: who is in it, a supervisor, and anybody while nobody has it; twice is once', () => {
    const stage = annHasIt();
    const flag = (who: Name) => stage.try(who, 'conversation.flag');
    const unflag = (who: Name) => stage.try(who, 'conversation.unflag');
    expect([flag('cara'), flag('ben'), unflag('ann')]).toEqual(['not-found', 'taken', 'nothing']);
    expect(stage.by('ben', 'conversation.flag', stage)).toMatchObject({ agentId: 'ann' });
    expect([flag('ann'), flag('susan')]).toEqual(['conversation.flagged', 'nothing']);
    expect(stage.row().isFlagged).toBe(true);
    expect([unflag('ben'), unflag('susan')]).toEqual(['taken', 'conversation.unflagged']);
    expect(stage.row().isFlagged).toBe(false);
    stage.try('ann', 'conversation.unassign');
    expect(flag('ben')).toBe('conversation.flagged');
  });
});

describe('R-1.5, R-1.6 the clock', () => {
  it('R-1.5 a tick before its time only sets the time right, and says nothing', () => {
    const stage = annHasIt();
    const { dueAt } = stage.row();
    const early = stage.bySystem('conversation.tick', stage);
    expect(early).toEqual({ puts: [], events: [], answer: {} });
    stage.turn(stage.conversationId, { dueAt: 1 });
    expect(stage.ticks()).toBe('nothing');
    expect(stage.row().dueAt).toBe(dueAt);
    expect(said(stage.bySystem('conversation.tick', { conversationId: 'nowhere' }))).toBe(
      'not-found',
    );
    stage.try('ann', 'message.send', { text: 'yes?' });
    stage.company.now += 15 * MINUTE;
    expect(stage.ticks()).toBe('conversation.closed');
  });

  it('R-1.6 it goes from an agent who does nothing to whoever took part and can, else to the queue', () => {
    const stage = annHasIt();
    stage.try('ben', 'conversation.join');
    stage.company.now += 15 * MINUTE;
    expect(stage.ticks()).toBe('conversation.detached');
    expect(stage.row().assigneeId).toBe('ben');
    stage.company.now += 15 * MINUTE;
    expect(stage.ticks()).toBe('conversation.detached');
    expect(stage.row()).toMatchObject({ assigneeId: null, avoidedAgentId: 'ben' });
  });

  it('R-1.6 not while they type', () => {
    const stage = annHasIt();
    const { conversationId, company } = stage;
    company.now += 10 * MINUTE;
    stage.state.set(typing, { conversationId, agentId: 'ann', at: company.now });
    company.now += 5 * MINUTE;
    expect(stage.ticks()).toBe('nothing');
    company.now += 10 * MINUTE;
    expect(stage.ticks()).toBe('conversation.detached');
  });

  it('R-1.6 where the workspace says so, to another who serves the place: online, and the least busy', () => {
    const goesTo = (arrange: (stage: ReturnType<typeof annHasIt>) => void, settings = {}) => {
      const stage = annHasIt({ afterDetach: 'reassign', ...settings });
      stage.furnish('shop', { memberIds: ['ann', 'ben', 'cara'] });
      arrange(stage);
      stage.company.now += 15 * MINUTE;
      stage.ticks();
      return stage.row().assigneeId;
    };
    const nothing = () => undefined;
    expect(goesTo(nothing)).toBe('ben');
    expect(goesTo(nothing, { afterDetach: 'queue' })).toBeNull();
    expect(goesTo(({ make }) => make('ben', { availability: 'away' }))).toBe('cara');
    expect(goesTo(({ taken }) => taken('ben', 'walt'))).toBe('cara');
  });
});
