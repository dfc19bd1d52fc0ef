import { type Settings, settingsSchema } from '@deskbell/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isRefusal } from '../platform/pipeline/command.ts';
import { Company, type Moment, moves, names, play, written } from '../testing/company.ts';
import { type ConversationRow, nextDue } from './rules.ts';

const RUNS = { numRuns: 1_000 };
const DAY = 24 * 3_600_000;
const settings: Settings = settingsSchema.parse({ capacity: 1 });
const reassigning: Settings = { ...settings, afterDetach: 'reassign' };
const leaving: Settings = { ...settings, afterDetach: 'nothing' };

describe('whatever people do, in whatever order, and however the clock is turned', () => {
  it.each([settings, reassigning])(
    'R-3.4 nobody gets more than they may have, but by the force of a supervisor: %#',
    (given) => {
      let forced = 0;
      play(({ company, loads, command, outcome }) => {
        for (const who of names) {
          const [before, now] = [loads.get(who) ?? 0, company.load(who)];
          if (now <= before || now <= given.capacity) continue;
          expect(command).toMatchObject({
            kind: 'conversation.assign',
            actor: { id: 'susan' },
            input: { isForced: true },
          });
          if (isRefusal(outcome)) throw new Error('a refusal changed something');
          const entries = outcome.puts.map(({ row }) => row);
          expect(entries).toContainEqual(
            expect.objectContaining({
              activity: { what: 'assigned', agentId: who, isForced: true },
            }),
          );
          forced += 1;
        }
      }, given);
      expect(forced).toBeGreaterThan(2);
    },
  );

  it('R-1.7 no clock ends a flagged conversation or takes it from its assignee', () => {
    let stopped = 0;
    play((moment) => {
      for (const row of written(moment)) {
        if (!row.isFlagged) continue;
        const { company } = moment;
        const year = company.tickedAt(row.id, company.now + 365 * DAY);
        expect(year).toEqual({ ...row, dueAt: null });
        if (nextDue({ ...row, isFlagged: false }, company.settings)) stopped += 1;
      }
    });
    expect(stopped).toBeGreaterThan(200);
  });

  it('R-1.3, R-1.5, R-1.6 the clock does what is due, when it is due, and nothing else', () => {
    const seen = { 'pending-timeout': 0, inactivity: 0, detach: 0 };
    play((moment) => {
      expectOnlyWhatIsDue(moment);
      const { company } = moment;
      for (const row of written(moment)) {
        const due = nextDue(row, company.settings, company.typedAt(row));
        if (!due) continue;
        // A moment before, and at the moment itself, on copies of the world.
        const early = due.at > company.now ? company.tickedAt(row.id, due.at - 1) : row;
        expect([early?.status, early?.assigneeId]).toEqual([row.status, row.assigneeId]);
        const late = company.tickedAt(row.id, Math.max(due.at, company.now));
        if (due.what === 'detach')
          expect([late?.status, late?.assigneeId === row.assigneeId]).toEqual(['open', false]);
        else expect([late?.status, late?.closeReason]).toEqual(['closed', due.what]);
        seen[due.what] += 1;
      }
    });
    for (const [what, count] of Object.entries(seen))
      expect([what, count > 60]).toEqual([what, true]);
  });

  it.each([settings, reassigning, leaving])(
    'R-1.6 who did nothing no longer has it, and is not the one who is preferred: %#',
    (given) => {
      let count = 0;
      play(({ company, before, outcome }) => {
        if (isRefusal(outcome)) return;
        for (const event of outcome.events) {
          if (event.kind !== 'conversation.detached') continue;
          count += 1;
          const had = before.get(event.id)?.assigneeId;
          const row = company.conversations().find(({ id }) => id === event.id);
          expect(row?.status).toBe('open');
          expect([row?.assigneeId, row?.preferredAgentId]).not.toContain(had);
          if (row?.assigneeId === null) expect(row.avoidedAgentId).toBe(had);
          else expect(company.load(row?.assigneeId ?? '')).toBeLessThanOrEqual(given.capacity);
        }
      }, given);
      if (given === leaving) expect(count).toBe(0);
      else expect(count).toBeGreaterThan(50);
    },
  );

  it('R-1.10 only spans of time count: in any month and zone, over any change of the clocks, the same happens', () => {
    const zones = ['UTC', 'Europe/Berlin', 'America/St_Johns', 'Pacific/Apia', 'Asia/Kolkata'];
    const start = 1_700_000_000_000;
    const home = process.env.TZ;
    const property = fc.property(
      moves,
      fc.integer({ min: -20 * 365, max: 20 * 365 }),
      fc.constantFrom(...zones),
      (given, days, zone) => {
        const played = (zoneThen: string, from: number) => {
          process.env.TZ = zoneThen;
          const company = new Company(settings, from);
          for (const { after, act } of given) {
            company.now += after;
            if (act.by === 'desk' || act.by === 'typing') company.note(act);
            else company.decide(act);
          }
          return company.conversations().map((row) => sinceStart(row, from));
        };
        // To the millisecond, and far from midnight.
        const shift = days * DAY + 12_345_678;
        expect(played(zone, start + shift)).toEqual(played('UTC', start));
      },
    );
    try {
      fc.assert(property, RUNS);
    } finally {
      if (home === undefined) delete process.env.TZ;
      else process.env.TZ = home;
    }
  });
});

/** What a tick did by itself was due. */
function expectOnlyWhatIsDue({ company, command, before, outcome }: Moment): void {
  if (command.kind !== 'conversation.tick' || isRefusal(outcome)) return;
  for (const event of outcome.events) {
    const row = before.get(event.id) as ConversationRow;
    const due = nextDue(row, company.settings, company.typedAt(row));
    expect(due?.at).toBeLessThanOrEqual(company.now);
    const expected = due?.what === 'detach' ? 'conversation.detached' : 'conversation.closed';
    expect(event.kind).toBe(expected);
  }
}

const times = [
  'openedAt',
  'queuedAt',
  'pendingAt',
  'resumedAt',
  'closedAt',
  'lastAt',
  'lastContactAt',
  'waitingSince',
  'agentActiveAt',
  'dueAt',
] as const;

/** With its times counted from when the play began. */
function sinceStart(row: ConversationRow, start: number): object {
  const counted = times.map((name) => [name, row[name] === null ? null : row[name] - start]);
  const participants = row.participants.map((each) => ({
    ...each,
    joinedAt: each.joinedAt - start,
  }));
  return { ...row, ...Object.fromEntries(counted), participants };
}
