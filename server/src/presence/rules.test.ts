import type { Availability } from '@deskbell/contract';
import { describe, expect, it } from 'vitest';
import { acting, said } from '../testing/acting.ts';
import { companySettings } from '../testing/company.ts';
import {
  isGone,
  isIdle,
  isOnline,
  type PresenceRow,
  replies,
  type Switched,
  switched,
  wentIdle,
  wentOffline,
} from './rules.ts';
import { presence } from './sql.ts';

const NOW = 1_700_000_000_000;
const settings = { ...companySettings, awayAfterMs: 100, presenceGraceMs: 1_000 };
const agent: Switched = {
  ...{ version: 4, isActive: true, availability: 'online', availabilityAt: null },
  ...{ returnsTo: 'away', releases: 'all' },
};
const desks: PresenceRow = { agentId: 'ann', isConnected: true, seenAt: null, usedAt: NOW };
const at = (now: number, more: object = {}) => ({ now, settings: { ...settings, ...more } });

describe('R-4.1 the switch', () => {
  it('R-4.1 who is online is given something, and who isn’t offline answers; who is deactivated neither', () => {
    const of = (availability: Availability, isActive = true) => {
      const row = { ...agent, availability, isActive };
      return [isOnline(row), replies(row)];
    };
    expect([of('online'), of('away'), of('offline')]).toEqual([
      ...[
        [true, true],
        [false, true],
        [false, false],
      ],
    ]);
    expect([of('online', false), of('away', false)]).toEqual([
      [false, false],
      [false, false],
    ]);
    expect([isOnline(undefined), replies(undefined)]).toEqual([false, false]);
  });

  it('R-4.1 turned, it says since when, and what a sign-in would have made of it counts no more', () => {
    const turned = { ...agent, version: 5, availability: 'away', availabilityAt: NOW };
    expect(switched(agent, 'away', NOW)).toEqual({ ...turned, returnsTo: null });
    expect(wentIdle(agent, NOW)).toEqual({ ...turned, returnsTo: 'online' });
    expect(wentOffline(agent, 'none', NOW)).toEqual({
      ...{ ...turned, availability: 'offline', returnsTo: null, releases: 'none' },
    });
  });

  it('R-4.1 idle is who is online and has touched no desk for so long, where the workspace says so', () => {
    expect([isIdle(agent, desks, at(NOW + 99)), isIdle(agent, desks, at(NOW + 100))]).toEqual([
      ...[false, true],
    ]);
    const later = at(NOW + 1_000);
    expect(isIdle(agent, desks, { ...later, settings: { ...settings, awayAfterMs: 0 } })).toBe(
      false,
    );
    expect(isIdle({ ...agent, availability: 'away' }, desks, later)).toBe(false);
    expect(isIdle({ ...agent, isActive: false }, desks, later)).toBe(false);
    expect(isIdle(agent, undefined, later)).toBe(false);
    expect(isIdle(agent, { ...desks, isConnected: false }, later)).toBe(false);
    expect(isIdle(agent, { ...desks, usedAt: null }, later)).toBe(false);
    // Turning the switch is a sign of life.
    expect(isIdle({ ...agent, availabilityAt: NOW + 950 }, desks, later)).toBe(false);
  });

  it('R-4.1 gone is who has had no desk for the grace, counted from the last desk or the switch', () => {
    const seen = { ...desks, isConnected: false, seenAt: NOW };
    expect([isGone(agent, seen, at(NOW + 999)), isGone(agent, seen, at(NOW + 1_000))]).toEqual([
      ...[false, true],
    ]);
    expect(isGone({ ...agent, availability: 'away' }, seen, at(NOW + 1_000))).toBe(true);
    expect(isGone({ ...agent, availability: 'offline' }, seen, at(NOW + 1_000))).toBe(false);
    expect(isGone(agent, { ...seen, isConnected: true }, at(NOW + 1_000))).toBe(false);
    const turned = { ...agent, availabilityAt: NOW + 1 };
    expect([
      isGone(turned, seen, at(NOW + 1_000)),
      isGone(turned, undefined, at(NOW + 1_001)),
    ]).toEqual([false, true]);
  });
});

/** Ann, and what the commands make of her switch. */
function switching(become: Parameters<ReturnType<typeof acting>['make']>[1] = {}) {
  const stage = acting({ awayAfterMs: 60_000 });
  const { make, by, bySystem, state, company, agentRow } = stage;
  make('ann', become);
  return {
    ...stage,
    ann: () => agentRow('ann'),
    turns: (availability: Availability, conversations?: 'keep' | 'queue') =>
      said(
        by('ann', 'agent.set-availability', {
          availability,
          ...(conversations && { conversations }),
        }),
      ),
    signs: (how: 'in' | 'out', more: object = {}) =>
      said(bySystem(`agent.sign-${how}`, { agentId: 'ann', ...more })),
    ticks: (agentId = 'ann') => said(bySystem('agent.tick', { agentId })),
    desk: (more: Partial<PresenceRow>) =>
      state.set(presence, {
        ...{ agentId: 'ann', isConnected: true, seenAt: company.now, usedAt: company.now },
        ...more,
      }),
  };
}
const changed = 'agent.availability-changed';

describe('R-4.1, R-4.2 turning it', () => {
  it('R-4.1 once is enough; who is deactivated has no switch', () => {
    const { turns, ann, company } = switching();
    expect([turns('online'), turns('away'), turns('away')]).toEqual([
      'nothing',
      changed,
      'nothing',
    ]);
    expect(ann()).toMatchObject({ availability: 'away', availabilityAt: company.now, version: 2 });
    expect(switching({ isActive: false }).turns('away')).toBe('not-found');
  });

  it('R-4.1 chosen, it holds whatever they touch and however they went', () => {
    const idle = switching({ availability: 'away', returnsTo: 'online' });
    expect(idle.turns('away')).toBe(changed);
    expect(idle.ann().returnsTo).toBeNull();
    const signedOut = switching({ availability: 'offline', returnsTo: 'online' });
    expect(signedOut.turns('offline')).toBe('nothing');
    expect(signedOut.ann().returnsTo).toBe('online');
  });

  it('R-4.2 offline, with what becomes of what is open: kept, queued, or unasked what waits', () => {
    const { turns, ann } = switching({ releases: 'none' });
    expect(turns('away')).toBe(changed);
    expect(ann().releases).toBe('none');
    for (const [answer, releases] of [
      ['keep', 'none'],
      ['queue', 'all'],
      [undefined, 'waiting'],
    ] as const) {
      expect(turns('offline', answer)).toBe(changed);
      expect(ann()).toMatchObject({ availability: 'offline', releases });
    }
    expect(turns('offline')).toBe('nothing');
  });

  it('R-4.1 signing out is offline at once, unless another desk is connected; signing in puts it back', () => {
    const { signs, ann, desk } = switching({ availability: 'away' });
    expect(signs('out')).toBe('nothing');
    desk({ isConnected: false });
    expect(signs('out', { conversations: 'keep' })).toBe(changed);
    expect(ann()).toMatchObject({ availability: 'offline', releases: 'none', returnsTo: 'away' });
    expect([signs('out'), signs('out', { agentId: 'nobody' })]).toEqual(['nothing', 'nothing']);
    expect(signs('in')).toBe(changed);
    expect(ann()).toMatchObject({ availability: 'away', returnsTo: null });
    expect([signs('in'), signs('in', { agentId: 'nobody' })]).toEqual(['nothing', 'nothing']);
    const gone = switching({ isActive: false, availability: 'offline', returnsTo: 'online' });
    expect(gone.signs('in')).toBe('nothing');
    const idle = switching({ availability: 'away', returnsTo: 'online' });
    idle.desk({ isConnected: false });
    idle.signs('out');
    expect(idle.ann().returnsTo).toBe('online');
  });

  it('R-4.1 by itself: offline when no desk is left, away when none is touched', () => {
    const { ticks, ann, desk, company } = switching();
    desk({});
    expect([ticks(), ticks('nobody')]).toEqual(['nothing', 'nothing']);
    company.now += 60_000;
    expect(ticks()).toBe(changed);
    expect(ann()).toMatchObject({ availability: 'away', returnsTo: 'online' });
    desk({ isConnected: false });
    company.now += company.settings.presenceGraceMs;
    expect(ticks()).toBe(changed);
    expect(ann()).toMatchObject({ availability: 'offline', releases: 'waiting' });
    expect(ticks()).toBe('nothing');
  });
});

describe('R-3.4 how much somebody may have', () => {
  it('R-3.4 an admin changes it, once, and it stands in the audit log', () => {
    const { by, make, agentRow } = acting();
    const set = (who: 'ann' | 'susan', capacity: number | null, agentId = 'ben') =>
      by(who, 'agent.set-capacity', { agentId, capacity });
    expect([said(set('ann', 3)), said(set('susan', 3))]).toEqual(['forbidden', 'forbidden']);
    make('susan', { role: 'admin' });
    expect(said(set('susan', 3, 'nobody'))).toBe('not-found');
    expect(set('susan', 3)).toMatchObject({
      events: [{ kind: 'agent.changed', id: 'ben', version: 2 }],
      audit: [
        {
          what: 'agent.capacity-changed',
          changes: [{ field: 'capacity', before: null, after: 3 }],
        },
      ],
    });
    expect(agentRow('ben').capacity).toBe(3);
    expect(said(set('susan', 3))).toBe('nothing');
    make('susan', { isActive: false });
    expect(said(set('susan', 4))).toBe('not-found');
  });
});
