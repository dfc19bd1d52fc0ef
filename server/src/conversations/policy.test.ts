import { describe, expect, it } from 'vitest';
import {
  mayAssign,
  mayClose,
  mayFlag,
  mayForce,
  mayInvite,
  mayMarkPending,
  maySee,
  needsReason,
} from './policy.ts';

const agent = { isActive: true, isSupervisor: false, isInSight: true };
const supervisor = { ...agent, isSupervisor: true };
const inIt = { isIn: true, isUntaken: false };
const untaken = { isIn: false, isUntaken: true };
const others = { isIn: false, isUntaken: false };

describe('who may do what to a conversation', () => {
  it.each([
    ['R-1.4', mayClose],
    ['R-3.1', mayAssign],
    ['R-1.7', mayFlag],
  ] as const)(
    'R-1.4, R-1.7, R-3.1 who is in it, anybody while nobody has it, a supervisor always',
    (_rule, may) => {
      expect([inIt, untaken, others].map((place) => may(agent, place))).toEqual([
        true,
        true,
        false,
      ]);
      expect([inIt, untaken, others].map((place) => may(supervisor, place))).toEqual([
        true,
        true,
        true,
      ]);
    },
  );

  it('R-1.3, R-3.5 only who is in it, and a supervisor', () => {
    for (const may of [mayMarkPending, mayInvite]) {
      expect([may(agent, true), may(agent, false), may(supervisor, false)]).toEqual([
        true,
        false,
        true,
      ]);
    }
  });

  it('R-18.1 who is deactivated sees nothing, and nobody what is out of sight', () => {
    expect(maySee(agent)).toBe(true);
    expect(maySee({ ...agent, isInSight: false })).toBe(false);
    expect(maySee(supervisor)).toBe(true);
    expect(maySee({ ...supervisor, isActive: false })).toBe(false);
  });

  it('R-3.4 a supervisor alone goes beyond capacity; R-19.5 closing what others have has a reason', () => {
    expect([mayForce(agent), mayForce(supervisor)]).toEqual([false, true]);
    expect([inIt, untaken, others].map(needsReason)).toEqual([false, false, true]);
  });
});
