import { settingsSchema } from '@deskbell/contract';
import { describe, expect, it } from 'vitest';
import { assigned, joined, left } from './assignment.rules.ts';
import {
  type ConversationRow,
  refusedAccept,
  refusedInvite,
  refusedReply,
  refusedUnassign,
} from './rules.ts';
import {
  closed,
  flagged,
  markedPending,
  opened,
  reopenedBy,
  resumed,
  withMessage,
} from './steps.rules.ts';

const MINUTE = 60_000;
const START = 1_700_000_000_000;
const settings = settingsSchema.parse({});
const vera = { kind: 'contact', id: 'vera' } as const;
const ann = { kind: 'agent', id: 'ann' } as const;
const system = { kind: 'system', id: null } as const;
const at = (now: number) => ({ now, newId: () => `id-${now}` });
const anybody = () => true;

const first = () =>
  opened({ inboxId: 'shop', contactId: 'vera', author: vera }, at(START)).conversation;
const says = (
  row: ConversationRow,
  now: number,
  { author = vera, detachMs }: { author?: typeof vera | typeof ann; detachMs?: number } = {},
) => {
  const own = { ...settings, detachMs: detachMs ?? settings.detachMs };
  const message = { text: 'hello', clientId: 'c', author, settings: own };
  return withMessage(row, message, at(now)).conversation;
};
const taken = () =>
  assigned(says(first(), START), { agentId: 'ann', author: ann, settings }, at(START)).conversation;
const ended = (author: typeof ann | typeof vera | typeof system = ann) =>
  closed(taken(), { reason: 'agent', author }, at(START)).conversation;

describe('how a conversation stands after each step', () => {
  it('R-1.1 a new one is neither flagged nor in front, and may be reopened', () => {
    expect(first()).toMatchObject({
      isFlagged: false,
      isQueuedInFront: false,
      isContactFinal: false,
      closedById: null,
    });
  });

  it('R-2.3 who spoke last, and when the contact did', () => {
    expect(first()).toMatchObject({ lastSide: null, lastContactAt: null });
    const asked = says(first(), START + 1);
    expect(asked).toMatchObject({ lastSide: 'contact', lastContactAt: START + 1 });
    expect(says(asked, START + 2, { author: ann })).toMatchObject({
      lastSide: 'ours',
      lastAt: START + 2,
      lastContactAt: START + 1,
    });
  });

  it('R-1.6 a message brings the deadline forward where the new one comes sooner', () => {
    const answered = says(taken(), START + MINUTE, { author: ann });
    expect(answered.dueAt).toBe(START + 15 * MINUTE);
    const soon = { detachMs: 2 * MINUTE };
    expect(says(answered, START + 3 * MINUTE, soon).dueAt).toBe(START + 5 * MINUTE);
    // What comes later is left: the early tick finds nothing to do.
    expect(says(answered, START + 3 * MINUTE).dueAt).toBe(START + 15 * MINUTE);
  });

  it('R-1.4, R-1.8 by whom it was closed is forgotten once it is reopened, and so is its end for good', () => {
    expect([ended(ann), ended(vera), ended(system)].map(({ closedById }) => closedById)).toEqual([
      'ann',
      null,
      null,
    ]);
    const gone = { ...ended(), isContactFinal: true, isQueuedInFront: true };
    const back = { closedById: null, closedAt: null, isContactFinal: false };
    const change = { author: vera, settings, canAssigneeTake: true };
    const event = 'conversation.reopened' as const;
    expect(resumed(gone, { ...change, event }, at(START + 9)).conversation).toMatchObject(back);
    expect(
      reopenedBy(gone, { agentId: 'ben', settings }, at(START + 9)).conversation,
    ).toMatchObject({ ...back, isQueuedInFront: false });
    const inFront = { ...taken(), isQueuedInFront: true };
    const over = closed(inFront, { reason: 'contact', author: vera }, at(START)).conversation;
    expect(over).toMatchObject({ isQueuedInFront: false, isContactFinal: true });
  });

  it('R-1.5, R-1.6 a message never puts off the next look at the clock, and begins one where none was due', () => {
    const dueAfter = (row: ConversationRow, author: typeof vera | typeof ann, detachMs?: number) =>
      says(row, START + MINUTE, { author, ...(detachMs !== undefined && { detachMs }) }).dueAt;
    const waiting = { ...first(), dueAt: null };
    expect(dueAfter(waiting, vera)).toBeNull();
    expect(dueAfter({ ...waiting, dueAt: START + 7 }, vera)).toBe(START + 7);
    const answered = { ...taken(), dueAt: null };
    expect(dueAfter(answered, ann)).toBe(START + MINUTE + settings.inactivityMs);
    expect(dueAfter({ ...answered, dueAt: START + 7 }, ann)).toBe(START + 7);
  });

  it('R-1.7 a flag taken off lets what is pending wait anew', () => {
    const pending = markedPending(taken(), { author: ann, settings }, at(START)).conversation;
    const off = { isFlagged: false, author: ann, settings };
    const row = flagged(pending, off, at(START + MINUTE)).conversation;
    expect(row).toMatchObject({ pendingAt: START + MINUTE, resumedAt: START + MINUTE });
  });

  it('R-3.5 of a participant who leaves, nobody is the successor', () => {
    const three = ['ben', 'cara'].reduce(
      (row, who) => joined(row, who, at(START)).conversation,
      taken(),
    );
    const change = { agentId: 'ben', settings, canTake: anybody };
    const { conversation, entry } = left(three, change, at(START));
    expect(entry.activity).toEqual({ what: 'left', agentId: 'ben', successorId: null });
    expect(conversation.assigneeId).toBe('ann');
  });
});

describe('R-1.1 in a closed one nothing is done, whoever had it', () => {
  it('R-1.1 and the state is told as the reason before all others', () => {
    const row = ended();
    const others = { agentId: 'ben', isAllowed: true };
    for (const refusal of [
      refusedReply(row, 'ann'),
      refusedReply(row, 'ben'),
      refusedAccept(row, 'ann'),
      refusedAccept({ ...row, assigneeId: null }, 'ben'),
      refusedUnassign(row),
      refusedInvite(row, others),
    ])
      expect(refusal?.code).toBe('conversation-closed');
  });
});
