import { type ErrorCode, PREVIEW_LIMIT, settingsSchema } from '@deskbell/contract';
import { describe, expect, it } from 'vitest';
import { assigned, joined, left } from './assignment.rules.ts';
import { ticked } from './clock.rules.ts';
import {
  type ConversationRow,
  deadline,
  nextDue,
  refusedAccept,
  refusedByState,
  refusedReply,
  reopensFor,
  transitions,
} from './rules.ts';
import {
  closed,
  markedPending,
  opened,
  reopenedBy,
  resumed,
  type Step,
  withMessage,
} from './steps.rules.ts';

const settings = settingsSchema.parse({});
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const START = 1_700_000_000_000;
const vera = { kind: 'contact', id: 'vera' } as const;
const ann = { kind: 'agent', id: 'ann' } as const;
const ben = { kind: 'agent', id: 'ben' } as const;
const nobody = { kind: 'system', id: null } as const;

const anybody = () => true;
let ids = 0;
const at = (now: number) => ({ now, newId: () => `id-${++ids}` });
const says = (conversation: ConversationRow, author: typeof vera | typeof ann, now: number) =>
  withMessage(conversation, { text: 'hello', clientId: 'c', author, settings }, at(now))
    .conversation;

const first = () =>
  opened({ inboxId: 'shop', contactId: 'vera', author: vera }, at(START)).conversation;
const queued = () => says(first(), vera, START);
const taken = (by = ann, now = START) =>
  assigned(queued(), { agentId: by.id, author: by, settings }, at(now)).conversation;
const answered = (now = START) => says(taken(), ann, now);
const pending = (now = START) =>
  markedPending(answered(), { author: ann, settings }, at(now)).conversation;
const ended = (reason: Parameters<typeof closed>[1]['reason'], now = START) =>
  closed(answered(), { reason, author: nobody }, at(now)).conversation;
const tick = (conversation: ConversationRow, now: number) =>
  ticked(conversation, { settings, typedAt: null, canTake: anybody, otherId: null }, at(now));
const isStep = (outcome: Step | ConversationRow): outcome is Step => 'entry' in outcome;

describe('R-1.1 a conversation is open, pending or closed', () => {
  it('R-1.1 a new one is open, and nobody has it', () => {
    expect(queued()).toMatchObject({
      status: 'open',
      holder: 'nobody',
      assigneeId: null,
      queuedAt: START,
    });
  });

  it('R-1.1 every step is an entry with who and when, and its number is the version', () => {
    const step = assigned(queued(), { agentId: 'ann', author: ann, settings }, at(START + 5));
    expect(step.entry).toMatchObject({
      seq: 3,
      at: START + 5,
      authorKind: 'agent',
      authorId: 'ann',
      activity: { what: 'assigned', agentId: 'ann' },
    });
    expect(step.conversation.seq).toBe(3);
  });

  it('R-1.1 what a state forbids is refused with its reason, and all else is allowed', () => {
    const refusals: Partial<
      Record<keyof typeof transitions, Partial<Record<ConversationRow['status'], ErrorCode>>>
    > = {
      'message.send': { closed: 'conversation-closed' },
      'conversation.accept': { pending: 'wrong-state', closed: 'conversation-closed' },
      'conversation.join': { closed: 'conversation-closed' },
      'conversation.leave': { closed: 'conversation-closed' },
      'conversation.assign': { closed: 'conversation-closed' },
      'conversation.unassign': { closed: 'conversation-closed' },
      'conversation.add-participant': { closed: 'conversation-closed' },
      'conversation.mark-pending': { pending: 'wrong-state', closed: 'conversation-closed' },
      'conversation.mark-open': { open: 'wrong-state', closed: 'conversation-closed' },
      'conversation.transfer': { closed: 'conversation-closed' },
      'conversation.close': { closed: 'conversation-closed' },
      'conversation.end': { closed: 'conversation-closed' },
      'conversation.reopen': { open: 'wrong-state', pending: 'wrong-state' },
    };
    for (const command of Object.keys(transitions) as (keyof typeof transitions)[])
      for (const status of ['open', 'pending', 'closed'] as const)
        expect([command, status, refusedByState(command, status)?.code]).toEqual([
          command,
          status,
          refusals[command]?.[status],
        ]);
  });
});

describe('R-1.3 pending', () => {
  it('R-1.3 closes by itself after 24 hours, and not a moment before', () => {
    expect(deadline(pending(START), settings)).toBe(START + 24 * HOUR);
    expect(isStep(tick(pending(START), START + 24 * HOUR - 1))).toBe(false);
    expect(tick(pending(START), START + 24 * HOUR)).toMatchObject({
      conversation: { status: 'closed', closeReason: 'pending-timeout' },
      entry: { authorKind: 'system', activity: { what: 'closed', reason: 'pending-timeout' } },
    });
  });

  it("R-1.3 the agent's own message in a pending conversation does not move its end", () => {
    expect(deadline(says(pending(START), ann, START + HOUR), settings)).toBe(START + 24 * HOUR);
  });

  it("R-1.3 the contact's return keeps an assignee who is online, with the participants", () => {
    const change = {
      author: vera,
      settings,
      canAssigneeTake: true,
      event: 'conversation.resumed' as const,
    };
    const withBen = joined(pending(), 'ben', at(START)).conversation;
    expect(resumed(withBen, change, at(START + HOUR)).conversation).toMatchObject({
      status: 'open',
      holder: 'agent',
      assigneeId: 'ann',
      participants: [{ agentId: 'ben' }],
    });
  });

  it('R-1.3 with the assignee away it is queued in front', () => {
    const change = {
      author: vera,
      settings,
      canAssigneeTake: false,
      event: 'conversation.resumed' as const,
    };
    expect(resumed(pending(), change, at(START + HOUR)).conversation).toMatchObject({
      status: 'open',
      holder: 'nobody',
      assigneeId: null,
      participants: [],
      isQueuedInFront: true,
      queuedAt: START + HOUR,
    });
  });
});

describe('R-1.4 closing', () => {
  it('R-1.4 keeps the reason, and who had it', () => {
    const step = closed(answered(), { reason: 'agent', author: ann }, at(START + 1));
    expect(step.conversation).toMatchObject({
      status: 'closed',
      closedAt: START + 1,
      closeReason: 'agent',
      assigneeId: 'ann',
      dueAt: null,
      waitingSince: null,
    });
    expect(step.entry.activity).toEqual({ what: 'closed', reason: 'agent' });
  });
});

describe('R-1.5 inactivity', () => {
  it('R-1.5 closes 15 minutes after our last message, and not a moment before', () => {
    const row = answered(START);
    expect(row.dueAt).toBe(START + 15 * MINUTE);
    expect(isStep(tick(row, START + 15 * MINUTE - 1))).toBe(false);
    expect(tick(row, START + 15 * MINUTE)).toMatchObject({
      conversation: { closeReason: 'inactivity' },
    });
  });

  it('R-1.5 never while the contact waits for us', () => {
    const row = says(answered(START), vera, START + MINUTE);
    expect(nextDue(row, settings)?.what).toBe('detach');
    const later = tick(row, START + 30 * 24 * HOUR);
    expect(later).toMatchObject({ conversation: { status: 'open', dueAt: null } });
  });

  it('R-1.5 a later message of ours moves the end; the early tick finds nothing to do', () => {
    const row = says(answered(START), ann, START + 10 * MINUTE);
    expect(row.dueAt).toBe(START + 15 * MINUTE);
    expect(tick(row, START + 15 * MINUTE)).toMatchObject({
      status: 'open',
      dueAt: START + 25 * MINUTE,
    });
  });

  it('R-1.5 the silence before it was taken up again counts no more', () => {
    const hour = START + HOUR;
    const reopened = reopenedBy(
      ended('inactivity'),
      { agentId: 'ann', settings },
      at(hour),
    ).conversation;
    expect(reopened.dueAt).toBe(hour + 15 * MINUTE);
    const change = {
      author: ann,
      settings,
      canAssigneeTake: true,
      event: 'conversation.resumed' as const,
    };
    expect(resumed(pending(), change, at(hour)).conversation.dueAt).toBe(hour + 15 * MINUTE);
    expect(
      left(pending(), { agentId: 'ann', settings, canTake: anybody }, at(hour)).conversation.dueAt,
    ).toBe(hour + 15 * MINUTE);
  });
});

describe('R-1.8 reopening', () => {
  it('R-1.8 within 30 minutes the contact reopens it, later not', () => {
    expect(reopensFor(ended('agent'), settings, START + 30 * MINUTE)).toBe(true);
    expect(reopensFor(ended('agent'), settings, START + 30 * MINUTE + 1)).toBe(false);
  });

  it.each(['contact', 'blocked', 'declined'] as const)(
    'R-1.8 the contact never reopens what ended by: %s',
    (reason) => {
      expect(reopensFor(ended(reason), settings, START)).toBe(false);
    },
  );

  it.each(['agent', 'inactivity', 'pending-timeout'] as const)(
    'R-1.8 the contact may reopen what ended by: %s',
    (reason) => {
      expect(reopensFor(ended(reason), settings, START)).toBe(true);
    },
  );

  it('R-1.8 an agent who reopens becomes the assignee, whatever ended it', () => {
    const row = reopenedBy(
      ended('contact'),
      { agentId: 'ben', settings },
      at(START + HOUR),
    ).conversation;
    expect(row).toMatchObject({
      status: 'open',
      assigneeId: 'ben',
      participants: [],
      closedAt: null,
      closeReason: null,
      isContactFinal: false,
    });
  });
});

describe('R-1.9 who replies', () => {
  it('R-1.9 the assignee and participants reply, nobody else', () => {
    const row = joined(taken(ann), 'ben', at(START)).conversation;
    expect(refusedReply(row, 'ann')).toBeNull();
    expect(refusedReply(row, 'ben')).toBeNull();
    expect(refusedReply(row, 'cara')).toMatchObject({ code: 'taken', agentId: 'ann' });
  });

  it('R-1.9 nobody replies in a queued one before joining it', () => {
    expect(refusedReply(queued(), 'ann')).toMatchObject({ code: 'not-in-conversation' });
  });

  it('R-1.9, R-3.1 accepting what somebody has tells who', () => {
    expect(refusedAccept(queued(), 'ben')).toBeNull();
    expect(refusedAccept(taken(ann), 'ben')).toMatchObject({ code: 'taken', agentId: 'ann' });
    expect(refusedAccept(taken(ann), 'ann')).toMatchObject({ code: 'already-yours' });
  });
});

describe('R-3.5 joining and leaving', () => {
  const withTwo = () => {
    const withBen = joined(taken(ann), 'ben', at(START + 1)).conversation;
    return joined(withBen, 'cara', at(START + 2)).conversation;
  };

  it('R-3.5 the participant who has been there longest takes over', () => {
    const step = left(withTwo(), { agentId: 'ann', settings, canTake: anybody }, at(START + 3));
    expect(step.conversation).toMatchObject({
      holder: 'agent',
      assigneeId: 'ben',
      participants: [{ agentId: 'cara' }],
    });
    expect(step.entry.activity).toEqual({ what: 'left', agentId: 'ann', successorId: 'ben' });
  });

  it('R-3.5 a participant who leaves changes nobody else', () => {
    expect(
      left(withTwo(), { agentId: 'ben', settings, canTake: anybody }, at(START + 3)).conversation,
    ).toMatchObject({ assigneeId: 'ann', participants: [{ agentId: 'cara' }] });
  });

  it('R-3.5 with none it is queued at its old place', () => {
    const row = left(
      taken(ann, START + MINUTE),
      { agentId: 'ann', settings, canTake: anybody },
      at(START + HOUR),
    ).conversation;
    expect(row).toMatchObject({
      status: 'open',
      holder: 'nobody',
      assigneeId: null,
      queuedAt: START,
      isQueuedInFront: false,
    });
  });

  it('R-3.5 a participant who becomes assignee is one only', () => {
    const row = left(
      withTwo(),
      { agentId: 'ann', settings, canTake: anybody },
      at(START),
    ).conversation;
    expect(
      assigned(
        { ...row, assigneeId: null, holder: 'nobody' },
        { agentId: 'cara', author: ben, settings },
        at(START),
      ).conversation.participants,
    ).toEqual([]);
  });
});

describe('R-2.3, R-2.4 what lists show', () => {
  it("R-2.3 the contact's messages are counted, ours are not", () => {
    expect(says(says(answered(), vera, START), ann, START).contactMessages).toBe(2);
  });

  it('R-2.4 the contact waits since the first message that nobody has answered', () => {
    const waiting = says(says(answered(START), vera, START + 1), vera, START + 2);
    expect(waiting.waitingSince).toBe(START + 1);
    expect(says(waiting, ann, START + 3).waitingSince).toBeNull();
  });

  it('R-2.3 a card shows the first characters of the last message, none of them torn', () => {
    const long = '🔔'.repeat(PREVIEW_LIMIT + 5);
    const row = withMessage(
      queued(),
      { text: long, clientId: 'c', author: vera, settings },
      at(START),
    ).conversation;
    expect(row.lastText).toBe('🔔'.repeat(PREVIEW_LIMIT));
    expect(row.lastText?.isWellFormed()).toBe(true);
  });
});
