import type { CommandKind } from '@deskbell/contract';
import { describe, expect, it } from 'vitest';
import type { Outcome } from '../platform/pipeline/command.ts';
import { acting, said } from '../testing/acting.ts';
import type { Name } from '../testing/company.ts';

/** Vera's conversation is Ann's. */
function annHasIt(...settings: Parameters<typeof acting>) {
  const stage = acting(...settings);
  const conversationId = stage.taken('ann', 'vera');
  return {
    ...stage,
    conversationId,
    row: () => stage.conversation(conversationId),
    /** What it comes to when somebody does this to it. */
    try: (who: Name, kind: CommandKind, more: object = {}) =>
      said(stage.by(who, kind, { conversationId, ...more })),
    /** Ben has as many as he may. */
    fillBen: () => ['walt', 'xenia'].map((contact) => stage.taken('ben', contact)),
  };
}
const closing = { status: 'closed', closedAt: 1 } as const;
const texts = (outcome: Outcome) =>
  'code' in outcome
    ? []
    : outcome.puts.map(({ row }) => ('text' in row ? row.text : null)).filter(Boolean);

describe('R-3.1, R-3.5 taking what waits, joining what somebody has, leaving it', () => {
  it('R-1.9, R-3.1 who sees it takes it; nobody takes what is another’s, closed or out of sight', () => {
    const { begins, by, turn, conversation } = acting();
    const conversationId = begins('vera');
    const accept = (who: Name, which = conversationId) =>
      said(by(who, 'conversation.accept', { conversationId: which }));
    expect(accept('cara')).toBe('not-found');
    expect(accept('ann')).toBe('conversation.assigned');
    expect(conversation(conversationId).assigneeId).toBe('ann');
    expect([accept('ann'), accept('ben'), accept('ann', 'nowhere')]).toEqual([
      'already-yours',
      'taken',
      'not-found',
    ]);
    turn(conversationId, closing);
    expect(accept('ben')).toBe('conversation-closed');
  });

  it('R-4.1 nobody takes anything while away', () => {
    const { begins, by, make } = acting();
    const conversationId = begins('vera');
    make('ann', { availability: 'away' });
    for (const kind of ['conversation.accept', 'conversation.join'] as const)
      expect(said(by('ann', kind, { conversationId }))).toBe('offline');
    make('ann', { availability: 'online' });
    expect(said(by('ann', 'conversation.join', { conversationId }))).toBe('conversation.assigned');
  });

  it('R-3.5 who joins what nobody has is the assignee, else a participant, whether they have room or not', () => {
    const stage = annHasIt();
    stage.fillBen();
    expect(stage.by('ben', 'conversation.join', stage)).toMatchObject({
      answer: { as: 'participant' },
      puts: [{}, { row: { authorKind: 'agent', authorId: 'ben' } }],
      events: [{ kind: 'conversation.joined' }],
    });
    expect([stage.try('ben', 'conversation.join'), stage.try('ann', 'conversation.join')]).toEqual([
      'already-yours',
      'already-yours',
    ]);
    const waits = stage.begins('yves');
    expect(said(stage.by('ben', 'conversation.join', { conversationId: waits }))).toBe(
      'at-capacity',
    );
    expect(stage.by('susan', 'conversation.join', { conversationId: waits })).toMatchObject({
      answer: { as: 'assignee' },
    });
    expect(stage.conversation(waits).assigneeId).toBe('susan');
    expect(said(stage.by('cara', 'conversation.join', { conversationId: waits }))).toBe(
      'not-found',
    );
    stage.turn(waits, closing);
    expect(said(stage.by('ann', 'conversation.join', { conversationId: waits }))).toBe(
      'conversation-closed',
    );
  });

  it('R-3.5 who is in it leaves it: to the participant who can take it, else to the queue', () => {
    const stage = annHasIt();
    expect([
      stage.try('cara', 'conversation.leave'),
      stage.try('ben', 'conversation.leave'),
    ]).toEqual(['not-found', 'not-in-conversation']);
    stage.try('ben', 'conversation.join');
    expect(stage.try('ann', 'conversation.leave')).toBe('conversation.left');
    expect(stage.row()).toMatchObject({ assigneeId: 'ben', participants: [] });
    stage.try('ann', 'conversation.join');
    stage.make('ann', { availability: 'away' });
    stage.try('ben', 'conversation.leave');
    expect(stage.row()).toMatchObject({ assigneeId: null, holder: 'nobody' });
    const again = annHasIt();
    again.turn(again.conversationId, closing);
    expect(again.try('ann', 'conversation.leave')).toBe('conversation-closed');
  });
});

describe('R-3.1, R-3.2, R-3.4 giving it to somebody', () => {
  const give =
    (stage: ReturnType<typeof annHasIt>) => (who: Name, agentId: string, more?: object) =>
      stage.try(who, 'conversation.assign', { agentId, ...more });

  it('R-3.1 who is in it, a supervisor, and anybody while nobody has it', () => {
    const stage = annHasIt();
    const to = give(stage);
    expect([to('cara', 'ben'), to('ben', 'ben')]).toEqual(['not-found', 'taken']);
    expect(stage.by('ben', 'conversation.assign', { ...stage, agentId: 'ben' })).toMatchObject({
      agentId: 'ann',
    });
    expect(stage.by('ann', 'conversation.assign', { ...stage, agentId: 'ben' })).toMatchObject({
      events: [{ kind: 'conversation.assigned' }],
      puts: [{}, { row: { authorKind: 'agent', authorId: 'ann' } }],
    });
    expect(stage.row().assigneeId).toBe('ben');
    expect(to('susan', 'ann')).toBe('conversation.assigned');
    stage.try('ann', 'conversation.unassign');
    expect(to('ben', 'ann')).toBe('conversation.assigned');
  });

  it('R-3.2, R-4.1, R-18.1 to a colleague who is at work, online, and sees it', () => {
    const stage = annHasIt();
    const to = give(stage);
    expect([to('ann', 'nobody'), to('ann', 'cara'), to('ann', 'ann')]).toEqual([
      'not-found',
      'no-target',
      'already-in',
    ]);
    stage.make('ben', { availability: 'away' });
    expect(to('ann', 'ben')).toBe('agent-offline');
    stage.make('ben', { availability: 'online', isActive: false });
    expect(to('ann', 'ben')).toBe('not-found');
    stage.make('ben', { isActive: true });
    stage.turn(stage.conversationId, closing);
    expect(to('ann', 'ben')).toBe('conversation-closed');
    const strict = annHasIt({ transferTargets: 'own-teams' });
    expect(give(strict)('ann', 'ben')).toBe('no-target');
  });

  it('R-3.4, R-19.5 beyond what they may have a supervisor alone, by force and with a reason', () => {
    const stage = annHasIt();
    const to = give(stage);
    stage.fillBen();
    expect([to('ann', 'ben'), to('susan', 'ben')]).toEqual([
      'agent-at-capacity',
      'agent-at-capacity',
    ]);
    expect(to('ann', 'ben', { isForced: true, note: 'Please' })).toBe('forbidden');
    expect(to('susan', 'ben', { isForced: false, note: 'Please' })).toBe('agent-at-capacity');
    expect(to('susan', 'ben', { isForced: true })).toBe('reason-needed');
    const forced = stage.by('susan', 'conversation.assign', {
      ...{ conversationId: stage.conversationId, agentId: 'ben' },
      ...{ isForced: true, note: 'He knows her' },
    });
    expect(said(forced)).toBe('note.added, conversation.assigned');
    expect(texts(forced)).toEqual(['He knows her']);
    expect(forced).toMatchObject({ puts: [{}, {}, { row: { activity: { isForced: true } } }] });
    expect(stage.row()).toMatchObject({ assigneeId: 'ben', seq: 5 });
  });

  it('R-3.4 force where there is room, or where it is pending, is none: no reason, and no word of it', () => {
    const stage = annHasIt();
    const to = give(stage);
    const forced = (agentId: string) =>
      stage.by('susan', 'conversation.assign', { ...stage, agentId, isForced: true });
    const roomy = forced('ben');
    expect(said(roomy)).toBe('conversation.assigned');
    expect(JSON.stringify(roomy)).not.toContain('isForced');
    to('ben', 'ann');
    stage.try('ann', 'conversation.mark-pending');
    stage.fillBen();
    const pending = forced('ben');
    expect(said(pending)).toBe('conversation.assigned');
    expect(JSON.stringify(pending)).not.toContain('isForced');
  });
});

describe('R-3.1, R-3.6 giving it back', () => {
  it('R-3.1 to the queue: who is in it, and a supervisor; not where nobody has it', () => {
    const stage = annHasIt();
    const back = (who: Name) => stage.try(who, 'conversation.unassign');
    expect([back('cara'), back('ben'), back('ann'), back('ann')]).toEqual([
      ...['not-found', 'taken', 'conversation.unassigned', 'wrong-state'],
    ]);
    expect(stage.by('ben', 'conversation.unassign', stage)).not.toHaveProperty('agentId');
    const other = annHasIt();
    expect(other.by('ben', 'conversation.unassign', other)).toMatchObject({ agentId: 'ann' });
    other.turn(other.conversationId, closing);
    expect(other.try('ann', 'conversation.unassign')).toBe('conversation-closed');
  });

  it('R-3.2, R-3.6 to a team that there is, and where it isn’t yet', () => {
    const stage = annHasIt();
    const to = (who: Name, teamId: string | null, more = {}) =>
      stage.try(who, 'conversation.transfer', { teamId, ...more });
    stage.team('sales', ['ben']);
    stage.team('support', ['ben']);
    stage.team('former', ['ben'], true);
    expect([to('cara', 'sales'), to('ann', 'nothing'), to('ann', 'former')]).toEqual([
      'not-found',
      'not-found',
      'not-found',
    ]);
    expect(to('ben', 'sales')).toBe('taken');
    expect(stage.by('ben', 'conversation.transfer', { ...stage, teamId: 'sales' })).toMatchObject({
      agentId: 'ann',
    });
    const passed = stage.by('ann', 'conversation.transfer', {
      ...{ conversationId: stage.conversationId, teamId: 'sales', note: 'Yours' },
    });
    expect(said(passed)).toBe('note.added, conversation.transferred');
    expect(texts(passed)).toEqual(['Yours']);
    expect(stage.row()).toMatchObject({ teamId: 'sales', assigneeId: null, seq: 5 });
    expect(to('ben', 'sales')).toBe('wrong-state');
    expect(to('ben', 'support')).toBe('conversation.transferred');
    expect(to('ben', null)).toBe('conversation.transferred');
    // Somebody has it: to its own team it goes back into the queue.
    stage.try('ann', 'conversation.accept');
    expect(to('ann', null)).toBe('conversation.transferred');
    stage.turn(stage.conversationId, closing);
    expect(to('ann', 'sales')).toBe('conversation-closed');
  });

  it('R-3.2 to no team but one’s own, where that is set', () => {
    const stage = annHasIt({ transferTargets: 'own-teams' });
    stage.team('sales', ['ben']);
    stage.team('own', ['ann']);
    const to = (teamId: string) => stage.try('ann', 'conversation.transfer', { teamId });
    expect([to('sales'), to('own')]).toEqual(['no-target', 'conversation.transferred']);
  });

  it('R-3.6 what a deleted team leaves is the whole inbox’s, unless it is closed', () => {
    const stage = annHasIt();
    const { conversationId } = stage;
    const lose = (id = conversationId) =>
      said(stage.bySystem('conversation.lose-team', { conversationId: id }));
    expect([lose('nowhere'), lose()]).toEqual(['not-found', 'nothing']);
    stage.team('sales', [], false);
    stage.turn(conversationId, { teamId: 'sales' });
    expect(lose()).toBe('nothing');
    stage.team('sales', [], true);
    stage.turn(conversationId, { status: 'closed' });
    expect(lose()).toBe('nothing');
    stage.turn(conversationId, { status: 'open' });
    const lost = stage.bySystem('conversation.lose-team', { conversationId });
    expect(said(lost)).toBe('conversation.transferred');
    expect(lost).toMatchObject({ puts: [{}, { row: { authorKind: 'system', authorId: null } }] });
    expect(stage.row()).toMatchObject({ teamId: null, assigneeId: 'ann' });
  });

  it('R-3.6 what a team left is its again once it is back, unless it is closed or went elsewhere', () => {
    const stage = annHasIt();
    const { conversationId } = stage;
    const regain = (more: object = {}) => {
      const seq = stage.row()?.seq;
      const input = { conversationId, teamId: 'sales', seq, ...more };
      return stage.bySystem('conversation.regain-team', input);
    };
    stage.team('sales', [], true);
    expect([said(regain({ conversationId: 'nowhere' })), said(regain())]).toEqual([
      ...['not-found', 'nothing'],
    ]);
    stage.team('sales', []);
    stage.team('support', []);
    stage.turn(conversationId, { status: 'closed' });
    expect(said(regain())).toBe('nothing');
    stage.turn(conversationId, { status: 'open', teamId: 'support' });
    expect(said(regain())).toBe('nothing');
    stage.turn(conversationId, { teamId: null });
    expect(said(regain({ seq: 0 }))).toBe('changed-meanwhile');
    const back = regain();
    expect(said(back)).toBe('conversation.transferred');
    expect(back).toMatchObject({
      puts: [{}, { row: { activity: { what: 'transferred', teamId: 'sales', isBack: true } } }],
    });
    expect(stage.row()).toMatchObject({ teamId: 'sales', assigneeId: 'ann' });
  });
});

describe('R-3.5 bringing a colleague in', () => {
  it('R-3.5 who is in it, and a supervisor, bring in who is at work and sees it', () => {
    const stage = annHasIt();
    const bring = (who: Name, agentId: string) =>
      stage.try(who, 'conversation.add-participant', { agentId });
    expect([bring('cara', 'ben'), bring('ben', 'ben')]).toEqual(['not-found', 'taken']);
    expect(
      stage.by('ben', 'conversation.add-participant', { ...stage, agentId: 'ben' }),
    ).toMatchObject({ agentId: 'ann' });
    expect([bring('ann', 'nobody'), bring('ann', 'cara')]).toEqual(['not-found', 'no-target']);
    stage.make('ben', { isActive: false });
    expect(bring('ann', 'ben')).toBe('not-found');
    stage.make('ben', { isActive: true, availability: 'offline' });
    expect([bring('ann', 'ben'), bring('ann', 'ben')]).toEqual([
      'conversation.invited',
      'already-in',
    ]);
    expect(bring('susan', 'susan')).toBe('conversation.invited');
    stage.try('ann', 'conversation.unassign');
    expect(bring('ann', 'susan')).toBe('wrong-state');
    stage.turn(stage.conversationId, closing);
    expect(bring('ann', 'susan')).toBe('conversation-closed');
  });
});

describe('R-4.2, R-19.2 what goes back when somebody goes', () => {
  const offline = { availability: 'offline' } as const;
  const release = (
    stage: ReturnType<typeof annHasIt>,
    agentId: string,
    id = stage.conversationId,
  ) => said(stage.bySystem('conversation.release', { conversationId: id, agentId }));

  it('R-4.2 of whoever went offline: all, or what waits, or nothing, as they said', () => {
    const freed = (releases: 'all' | 'waiting' | 'none', turned: object = {}, who = 'ann') => {
      const stage = annHasIt();
      stage.make('ann', { ...offline, releases });
      stage.turn(stage.conversationId, { waitingSince: 1, ...turned });
      const told = release(stage, who);
      return told === 'nothing' ? told : stage.row().avoidedAgentId;
    };
    expect([freed('all'), freed('waiting'), freed('none')]).toEqual([null, null, 'nothing']);
    const isAnswered = { waitingSince: null };
    expect([freed('all', isAnswered), freed('waiting', isAnswered)]).toEqual([null, 'nothing']);
    for (const turned of [
      { status: 'pending' },
      { status: 'closed' },
      { holder: 'nobody' },
      { assigneeId: 'ben' },
      { assigneeId: 'ben', participants: [{ agentId: 'ann', joinedAt: 1 }] },
    ])
      expect([turned, freed('all', turned)]).toEqual([turned, 'nothing']);
    expect(freed('all', {}, 'ben')).toBe('nothing');
  });

  it('R-4.2 a participant who can takes over, and nothing goes back while its agent is there', () => {
    const stage = annHasIt();
    expect([release(stage, 'ann'), release(stage, 'ann', 'nowhere')]).toEqual([
      'nothing',
      'not-found',
    ]);
    stage.make('ann', { availability: 'away' });
    expect(release(stage, 'ann')).toBe('nothing');
    stage.try('ben', 'conversation.join');
    stage.make('ann', { ...offline, releases: 'all' });
    const outcome = stage.bySystem('conversation.release', { ...stage, agentId: 'ann' });
    expect(outcome).toMatchObject({
      puts: [{}, { row: { activity: { what: 'went-offline', successorId: 'ben' } } }],
    });
    expect(stage.row()).toMatchObject({ assigneeId: 'ben', participants: [] });
  });

  it('R-19.2 of whoever was deactivated: all that isn’t closed, theirs or not', () => {
    const stage = annHasIt();
    stage.try('ben', 'conversation.join');
    stage.make('ben', { isActive: false });
    stage.make('ann', { isActive: false });
    stage.make('susan', { isActive: false });
    expect([release(stage, 'susan'), release(stage, 'ben')]).toEqual([
      'nothing',
      'conversation.left',
    ]);
    expect(stage.row()).toMatchObject({ assigneeId: 'ann', participants: [] });
    const outcome = stage.bySystem('conversation.release', { ...stage, agentId: 'ann' });
    expect(outcome).toMatchObject({ puts: [{}, { row: { activity: { what: 'left' } } }] });
    expect(stage.row()).toMatchObject({ assigneeId: null, holder: 'nobody' });
    const closed = annHasIt();
    closed.make('ann', { isActive: false });
    closed.turn(closed.conversationId, closing);
    expect(release(closed, 'ann')).toBe('nothing');
    // Nobody of that name is there.
    const strange = annHasIt();
    strange.turn(strange.conversationId, { assigneeId: 'gone' });
    expect(release(strange, 'gone')).toBe('conversation.left');
  });
});
