import { describe, expect, it } from 'vitest';
import { acting, said } from '../testing/acting.ts';
import type { Name } from '../testing/company.ts';
import {
  accessConversation,
  isOnline,
  isThere,
  servesPlace,
  standingIn,
  standingTowards,
} from './access.ts';
import { burdenOf, candidatesFor, canReturn, canTakeOf, hasRoomFor } from './capacity.ts';
import { isAllowedTarget, isAllowedTeam } from './targets.ts';

const everybody: Name[] = ['ann', 'ben', 'cara', 'susan'];

describe('R-1.9, R-2.1 the one door to a conversation', () => {
  it('R-1.9 what is not yours and what is not there are one answer', () => {
    const { state, begins, make } = acting();
    const id = begins('vera');
    const told = (who: Name, which = id) => {
      const access = accessConversation(state, { kind: 'agent', id: who }, which);
      return 'code' in access ? access.code : access.conversation.id;
    };
    expect(everybody.map((who) => told(who))).toEqual([id, id, 'not-found', id]);
    expect(told('ann', 'nowhere')).toBe('not-found');
    make('ann', { isActive: false });
    expect(told('ann')).toBe('not-found');
  });

  it('R-2.1 how somebody stands to it: at work, supervising, in sight of it', () => {
    const { state, begins, conversation, make } = acting();
    const row = conversation(begins('vera'));
    const at = (agentId: string) => standingTowards(state, agentId, row);
    expect(at('ann')).toEqual({ isActive: true, isSupervisor: false, isInSight: true });
    expect(at('cara')).toEqual({ isActive: true, isSupervisor: false, isInSight: false });
    expect(at('susan')).toEqual({ isActive: true, isSupervisor: true, isInSight: true });
    expect(at('nobody')).toEqual({ isActive: false, isSupervisor: false, isInSight: false });
    make('ann', { isActive: false });
    expect(at('ann').isActive).toBe(false);
    expect(standingIn(state, 'ben', 'shop').isInSight).toBe(true);
    expect(standingIn(state, 'cara', 'shop').isInSight).toBe(false);
  });

  it('R-3.3 what stands there is given to the members of its team, without one to those who serve the inbox', () => {
    const { state, team, furnish } = acting();
    team('sales', ['cara', 'susan']);
    const serving = (teamId: string | null) =>
      everybody.filter((who) => servesPlace(state, who, { inboxId: 'shop', teamId }));
    expect(serving(null)).toEqual(['ann', 'ben']);
    expect(serving('sales')).toEqual(['cara', 'susan']);
    furnish('shop', { teamIds: ['sales'] });
    expect(serving(null)).toEqual(everybody);
  });

  it('R-4.1 whoever is online is given something new, and whoever is away still answers', () => {
    const { state, make } = acting();
    const switched = (availability: 'online' | 'away' | 'offline', isActive = true) => {
      make('ann', { availability, isActive });
      return [isOnline(state, 'ann'), isThere(state, 'ann')];
    };
    expect(switched('online')).toEqual([true, true]);
    expect(switched('away')).toEqual([false, true]);
    expect(switched('offline')).toEqual([false, false]);
    expect(switched('online', false)).toEqual([false, false]);
    expect([isOnline(state, 'nobody'), isThere(state, 'nobody')]).toEqual([false, false]);
  });
});

describe('R-3.4 how much an agent may have', () => {
  /** Ann has two of the two that she may have; the third waits. */
  function busy() {
    const stage = acting();
    const ids = ['vera', 'walt', 'xenia'].map((contact) => stage.begins(contact));
    for (const conversationId of ids.slice(0, 2))
      stage.by('ann', 'conversation.accept', { conversationId });
    return { ...stage, ids: ids as [string, string, string], settings: stage.company.settings };
  }

  it('R-3.4 what is open counts, against their own number or else the workspace’s', () => {
    const { state, settings, make, ids, turn } = busy();
    expect(burdenOf(state, 'ann', settings)).toEqual({ load: 2, capacity: 2 });
    expect(hasRoomFor(state, 'ann', settings)).toBe(false);
    expect(hasRoomFor(state, 'ben', settings)).toBe(true);
    make('ann', { capacity: 3 });
    expect(burdenOf(state, 'ann', settings)).toEqual({ load: 2, capacity: 3 });
    expect(hasRoomFor(state, 'ann', settings)).toBe(true);
    turn(ids[0], { status: 'pending' });
    turn(ids[1], { status: 'closed' });
    expect(burdenOf(state, 'ann', settings).load).toBe(0);
    expect(burdenOf(state, 'nobody', settings)).toEqual({ load: 0, capacity: 2 });
  });

  it('R-3.4, R-3.5 who takes over is online, and has room unless it is pending', () => {
    const { state, settings, conversation, ids, make } = busy();
    const open = canTakeOf(state, conversation(ids[2]), settings);
    expect(['ann', 'ben'].map(open)).toEqual([false, true]);
    const pending = canTakeOf(state, { ...conversation(ids[2]), status: 'pending' }, settings);
    expect(['ann', 'ben'].map(pending)).toEqual([true, true]);
    make('ben', { availability: 'away' });
    expect([open('ben'), pending('ben')]).toEqual([false, false]);
  });

  it('R-1.3, R-3.4, R-3.6 it returns to who had it: there, with room, and whether they still serve its place or not', () => {
    const { state, settings, conversation, ids, make, furnish } = busy();
    const returnsTo = (assigneeId: string | null) =>
      canReturn(state, { ...conversation(ids[2]), assigneeId }, settings);
    expect(['ben', 'ann', null].map(returnsTo)).toEqual([true, false, false]);
    make('ben', { availability: 'away' });
    expect(returnsTo('ben')).toBe(false);
    make('ben', { availability: 'online', isActive: false });
    expect(returnsTo('ben')).toBe(false);
    make('ben', { isActive: true });
    expect(returnsTo('ben')).toBe(true);
    furnish('shop', { memberIds: ['ann'] });
    expect(returnsTo('ben')).toBe(true);
  });

  it('R-1.6, R-3.3 the system gives it to others than who has it, of those who serve the place', () => {
    const { state, conversation, ids } = busy();
    expect(candidatesFor(state, conversation(ids[0]))).toEqual(['ben']);
    expect(candidatesFor(state, conversation(ids[2]))).toEqual(['ann', 'ben']);
  });

  it('R-3.4 whoever is full takes no more, and a pending one makes room', () => {
    const { by, ids } = busy();
    const third = { conversationId: ids[2] };
    expect(said(by('ann', 'conversation.accept', third))).toBe('at-capacity');
    by('ann', 'conversation.mark-pending', { conversationId: ids[0] });
    expect(said(by('ann', 'conversation.accept', third))).toBe('conversation.assigned');
  });
});

describe('R-3.2 to whom conversations are passed on', () => {
  it('R-3.2 to all who see it, or as the workspace says to nobody but oneself', () => {
    const { state, begins, conversation, company } = acting();
    const row = conversation(begins('vera'));
    const from = (actorId: Name, agentId: Name, transferTargets: 'all' | 'own-teams' = 'all') =>
      isAllowedTarget(state, {
        ...{ actorId, agentId, conversation: row },
        settings: { ...company.settings, transferTargets },
      });
    expect([from('ann', 'ben'), from('ann', 'cara'), from('cara', 'cara')]).toEqual([
      true,
      false,
      false,
    ]);
    expect(from('ann', 'ann', 'own-teams')).toBe(true);
    expect(from('ann', 'ben', 'own-teams')).toBe(false);
  });

  it('R-3.2 to every team, or as the workspace says to one’s own; to the whole inbox always', () => {
    const { state, team, company } = acting();
    team('sales', ['ann']);
    const ofAnn = (teamId: string | null, transferTargets: 'all' | 'own-teams' = 'own-teams') =>
      isAllowedTeam(state, {
        ...{ actorId: 'ann', teamId },
        settings: { ...company.settings, transferTargets },
      });
    expect([ofAnn('sales'), ofAnn('support'), ofAnn(null)]).toEqual([true, false, true]);
    expect([ofAnn('support', 'all'), ofAnn(null, 'all')]).toEqual([true, true]);
  });
});
