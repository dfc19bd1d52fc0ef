import { settingsSchema } from '@deskbell/contract';
import { describe, expect, it } from 'vitest';
import { assigned, detached, invited, joined, left, unassigned } from './assignment.rules.ts';
import { ticked } from './clock.rules.ts';
import {
  type ConversationRow,
  deadline,
  hasRoom,
  leastBusy,
  nextDue,
  refusedAssign,
  refusedInvite,
  refusedUnassign,
} from './rules.ts';
import {
  closed,
  flagged,
  markedPending,
  noted,
  opened,
  resumed,
  withMessage,
} from './steps.rules.ts';

const settings = settingsSchema.parse({});
const MINUTE = 60_000;
const START = 1_700_000_000_000;
const vera = { kind: 'contact', id: 'vera' } as const;
const ann = { kind: 'agent', id: 'ann' } as const;
const susan = { kind: 'agent', id: 'susan' } as const;
const at = (now: number) => ({ now, newId: () => `id-${now}` });
const nobody = () => false;
const anybody = () => true;

const queued = (preferredAgentId: string | null = null) =>
  withMessage(
    opened({ inboxId: 'shop', contactId: 'vera', author: vera, preferredAgentId }, at(START))
      .conversation,
    { text: 'hello', clientId: 'c', author: vera, settings },
    at(START),
  ).conversation;
const taken = (now = START, row = queued()) =>
  assigned(row, { agentId: 'ann', author: ann, settings }, at(now)).conversation;
const pending = () =>
  markedPending(taken(), { author: ann, settings }, at(START + MINUTE)).conversation;
const tick = (row: ConversationRow, now: number, more: object = {}) =>
  ticked(row, { settings, typedAt: null, canTake: nobody, otherId: null, ...more }, at(now));
const flag = (row: ConversationRow, isFlagged: boolean, now: number) =>
  flagged(row, { isFlagged, author: ann, settings }, at(now)).conversation;

const target = { agentId: 'ben', isOnline: true, hasRoom: true, isAllowed: true };

describe('R-3.1 giving it to somebody', () => {
  it('R-3.1, R-3.2, R-3.4 each reason against it is told', () => {
    const code = (given: object, row = taken(), isForced = false) =>
      refusedAssign(row, { ...target, ...given }, isForced)?.code;
    expect(code({})).toBeUndefined();
    expect(code({ agentId: 'ann' })).toBe('already-in');
    expect(code({ isAllowed: false })).toBe('no-target');
    expect(code({ isOnline: false })).toBe('agent-offline');
    expect(code({ hasRoom: false })).toBe('agent-at-capacity');
    expect(code({ hasRoom: false }, taken(), true)).toBeUndefined();
    expect(code({ hasRoom: false }, pending())).toBeUndefined();
    const over = closed(taken(), { reason: 'agent', author: ann }, at(START)).conversation;
    expect(code({}, over)).toBe('conversation-closed');
  });

  it('R-3.1 who had it is out, whom the queue preferred or avoided is forgotten', () => {
    const row = { ...taken(), preferredAgentId: 'x', avoidedAgentId: 'y', isQueuedInFront: true };
    const step = assigned(row, { agentId: 'ben', author: susan, settings }, at(START + 1));
    expect(step.conversation).toMatchObject({
      holder: 'agent',
      assigneeId: 'ben',
      participants: [],
      preferredAgentId: null,
      avoidedAgentId: null,
      isQueuedInFront: false,
      agentActiveAt: START + 1,
    });
    expect(step.entry.activity).toEqual({ what: 'assigned', agentId: 'ben' });
  });

  it('R-3.4 by force says so', () => {
    const change = { agentId: 'ben', author: susan, settings, isForced: true };
    const step = assigned(taken(), change, at(START));
    expect(step.entry.activity).toEqual({ what: 'assigned', agentId: 'ben', isForced: true });
  });

  it('R-3.1 back to the queue at its old place, and rather to somebody else next time', () => {
    const step = unassigned(taken(), { author: ann, settings }, at(START + MINUTE));
    expect(step.conversation).toMatchObject({
      status: 'open',
      holder: 'nobody',
      assigneeId: null,
      queuedAt: START,
      isQueuedInFront: false,
      avoidedAgentId: 'ann',
    });
    expect(step.entry.activity).toEqual({ what: 'unassigned', agentId: 'ann' });
    expect(refusedUnassign(taken())).toBeNull();
    expect(refusedUnassign(queued())?.code).toBe('wrong-state');
  });

  it('R-3.1 a pending one that nobody has is open again, and its silence begins anew', () => {
    const row = unassigned(pending(), { author: ann, settings }, at(START + 9)).conversation;
    expect(row).toMatchObject({ status: 'open', pendingAt: null, resumedAt: START + 9 });
    const other = unassigned(taken(), { author: ann, settings }, at(START + 9)).conversation;
    expect(other.resumedAt).toBeNull();
  });

  it('R-3.1 a note is an entry of its own, and a sign of life of the assignee alone', () => {
    const step = noted(taken(), { text: 'psst', author: ann }, at(START + 7));
    expect(step.entry).toMatchObject({ kind: 'note', text: 'psst', activity: null, seq: 4 });
    expect(step.conversation.agentActiveAt).toBe(START + 7);
    expect(step.conversation).toMatchObject({ lastText: 'hello', lastSide: 'contact' });
    const byOther = noted(taken(), { text: 'psst', author: susan }, at(START + 7));
    expect(byOther.conversation.agentActiveAt).toBe(START);
    const bySystem = noted(queued(), { text: 'x', author: { kind: 'system', id: null } }, at(9));
    expect(bySystem.conversation.agentActiveAt).toBeNull();
  });
});

describe('R-3.5 bringing somebody in', () => {
  it('R-3.5 who is in it already, or must not be asked, or where nobody has it: refused', () => {
    const code = (row: ConversationRow, agentId: string, isAllowed = true) =>
      refusedInvite(row, { agentId, isAllowed })?.code;
    expect(code(taken(), 'ben')).toBeUndefined();
    expect(code(taken(), 'ann')).toBe('already-in');
    expect(code(queued(), 'ben')).toBe('wrong-state');
    expect(code(taken(), 'ben', false)).toBe('no-target');
    const step = invited(taken(), { agentId: 'ben', author: ann }, at(START + 3));
    expect(step.conversation.participants).toEqual([{ agentId: 'ben', joinedAt: START + 3 }]);
    expect(step.entry.activity).toEqual({ what: 'invited', agentId: 'ben' });
  });

  it('R-3.4, R-3.5 the longest participant who can takes over, and with none who can it is queued', () => {
    const two = joined(joined(taken(), 'ben', at(1)).conversation, 'cara', at(2)).conversation;
    const leaving = (canTake: (id: string) => boolean) =>
      left(two, { agentId: 'ann', settings, canTake }, at(START)).conversation;
    expect(leaving(anybody).assigneeId).toBe('ben');
    expect(leaving((id) => id === 'cara')).toMatchObject({
      assigneeId: 'cara',
      participants: [{ agentId: 'ben' }],
    });
    expect(leaving(nobody)).toMatchObject({ assigneeId: null, participants: [] });
  });
});

describe('R-4.2 an assignee who goes', () => {
  const gone = (what: 'left' | 'went-offline') =>
    left(taken(), { agentId: 'ann', settings, canTake: nobody, what }, at(START + 1)).conversation;

  it('R-1.6, R-4.2 who left is asked last, who went offline may have it again', () => {
    expect(gone('left').avoidedAgentId).toBe('ann');
    expect(gone('went-offline').avoidedAgentId).toBeNull();
  });
});

describe('R-1.6 an assignee who does nothing', () => {
  it('R-1.6 has it 15 minutes from when the contact began to wait, was given it, did or typed something', () => {
    const row = taken(START + 5 * MINUTE);
    const end = START + 20 * MINUTE;
    expect(nextDue(row, settings)).toEqual({ at: end, what: 'detach' });
    expect('entry' in tick(row, end - 1)).toBe(false);
    expect(tick(row, end)).toMatchObject({ event: 'conversation.detached' });
    const typed = START + 12 * MINUTE;
    expect(nextDue(row, settings, typed)?.at).toBe(typed + 15 * MINUTE);
    expect(tick(row, end, { typedAt: typed })).toMatchObject({ dueAt: typed + 15 * MINUTE });
    const asked = { ...row, agentActiveAt: START, waitingSince: START + 8 * MINUTE };
    expect(deadline(asked, settings)).toBe(START + 23 * MINUTE);
    expect(deadline({ ...asked, resumedAt: START + 9 * MINUTE }, settings)).toBe(
      START + 24 * MINUTE,
    );
  });

  it('R-1.6 nothing happens where the workspace wants it so, or nobody has it', () => {
    expect(nextDue(taken(), { ...settings, afterDetach: 'nothing' })).toBeNull();
    expect(nextDue(queued(), settings)).toBeNull();
    expect(nextDue({ ...taken(), lastSide: null }, settings)).toBeNull();
  });

  it('R-1.6 a participant takes over, else another agent where one was chosen, else the queue', () => {
    const withBen = joined(taken(), 'ben', at(1)).conversation;
    const after = (row: ConversationRow, canTake: () => boolean, otherId: string | null) =>
      detached(row, { settings, canTake, otherId }, at(START + 15 * MINUTE));
    expect(after(withBen, anybody, 'cara').entry.activity).toEqual({
      what: 'detached',
      agentId: 'ann',
      successorId: 'ben',
    });
    expect(after(withBen, nobody, 'cara').conversation.assigneeId).toBe('cara');
    expect(after(withBen, nobody, null).conversation).toMatchObject({
      holder: 'nobody',
      avoidedAgentId: 'ann',
      queuedAt: START,
    });
  });

  it('R-1.6, R-3.4 the least busy who has room is chosen, equals by their id', () => {
    const agent = (agentId: string, load: number) => ({ agentId, load, capacity: 3 });
    expect(leastBusy([agent('b', 2), agent('a', 3), agent('c', 1)])).toBe('c');
    expect(leastBusy([agent('b', 1), agent('a', 1)])).toBe('a');
    expect(leastBusy([agent('a', 1), agent('b', 1)])).toBe('a');
    expect(leastBusy([agent('a', 3)])).toBeNull();
    expect([hasRoom(agent('a', 2)), hasRoom(agent('a', 3))]).toEqual([true, false]);
  });
});

describe('R-1.7 the flag', () => {
  it('R-1.7 stops what the clock would do, until it is taken off; then the waits begin anew', () => {
    const day = START + 86_400_000;
    for (const row of [taken(), pending()]) {
      const held = flag(row, true, START + 2 * MINUTE);
      expect(held).toMatchObject({ isFlagged: true, dueAt: null });
      expect(tick(held, day)).toEqual(held);
      const off = flag(held, false, day);
      expect(off.isFlagged).toBe(false);
      expect(off.dueAt).toBe(deadline(off, settings));
      expect(off.dueAt).toBeGreaterThan(day);
    }
    expect(flag(taken(), false, day).pendingAt).toBeNull();
  });

  it('R-1.7 is told, and stays when the conversation is closed', () => {
    const step = flagged(taken(), { isFlagged: true, author: ann, settings }, at(START));
    expect([step.event, step.entry.activity]).toEqual([
      'conversation.flagged',
      { what: 'flagged' },
    ]);
    const off = flagged(step.conversation, { isFlagged: false, author: ann, settings }, at(START));
    expect([off.event, off.entry.activity]).toEqual([
      'conversation.unflagged',
      { what: 'unflagged' },
    ]);
    const over = closed(step.conversation, { reason: 'agent', author: ann }, at(START));
    expect(over.conversation.isFlagged).toBe(true);
    expect(nextDue(over.conversation, settings)).toBeNull();
    expect(nextDue({ ...over.conversation, isFlagged: false }, settings)).toBeNull();
  });
});

describe('R-3.4 what returns', () => {
  it('R-1.3, R-3.4 to somebody who is full or gone is queued in front and prefers them', () => {
    const change = { author: vera, settings, event: 'conversation.resumed' as const };
    const row = resumed(pending(), { ...change, canAssigneeTake: false }, at(START + 9));
    expect(row.conversation).toMatchObject({ isQueuedInFront: true, preferredAgentId: 'ann' });
    const kept = resumed(pending(), { ...change, canAssigneeTake: true }, at(START + 9));
    expect(kept.conversation).toMatchObject({ assigneeId: 'ann', isQueuedInFront: false });
    const reopened = { ...change, event: 'conversation.reopened' as const };
    const without = { ...pending(), assigneeId: null, preferredAgentId: 'ben' };
    const step = resumed(without, { ...reopened, canAssigneeTake: true }, at(START + 9));
    expect(step.conversation).toMatchObject({ holder: 'nobody', preferredAgentId: 'ben' });
    expect(step.entry.activity).toEqual({ what: 'reopened' });
    expect(row.entry.activity).toEqual({ what: 'resumed' });
  });

  it('R-3.3 a new conversation prefers the last agent; R-19.5 a reason is told where there is one', () => {
    expect(queued('ben').preferredAgentId).toBe('ben');
    const forced = closed(taken(), { reason: 'agent', author: susan, text: 'spam' }, at(START));
    expect(forced.entry.activity).toEqual({ what: 'closed', reason: 'agent', text: 'spam' });
    const plain = closed(taken(), { reason: 'agent', author: ann }, at(START));
    expect(plain.entry.activity).toEqual({ what: 'closed', reason: 'agent' });
  });
});
