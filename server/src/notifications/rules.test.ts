import { type Activity, alertChoicesSchema, type Viewer } from '@deskbell/contract';
import { describe, expect, it } from 'vitest';
import {
  type Happening,
  isStillNews,
  type OpenDevice,
  type Person,
  tellings,
  type Untold,
  weightiest,
} from './rules.ts';

const shop = 'shop';
/** A member of the shop's inbox, and nothing else. */
const sight = (agentId: string): Viewer => ({
  agentId,
  isSupervisor: false,
  inboxIds: new Set([shop]),
  teamIds: new Set(),
  servedInboxIds: new Set([shop]),
});
const nowhere = { inboxIds: new Set<string>(), servedInboxIds: new Set<string>() };
const person = (agentId: string, more: Partial<Person> = {}): Person => ({
  agentId,
  isOnline: true,
  sight: sight(agentId),
  choices: alertChoicesSchema.parse({}),
  devices: [{ id: `${agentId}'s`, usedAt: 1, isFocused: true, looksAt: [] }],
  ...more,
});
const [ann, ben] = [person('ann'), person('ben')];
const cara = person('cara', { sight: { ...sight('cara'), ...nowhere } });
/** Sees all, and serves nothing. */
const susan = person('susan', { sight: { ...sight('susan'), ...nowhere, isSupervisor: true } });
/** Serves the shop through her team. */
const tess = person('tess', {
  sight: {
    ...sight('tess'),
    ...nowhere,
    teamIds: new Set(['support']),
    servedInboxIds: new Set([shop]),
  },
});

const queued = {
  id: 'c1',
  inboxId: shop,
  teamId: null as string | null,
  status: 'open',
  holder: 'nobody',
  assigneeId: null,
  participants: [],
} as const;
const annsWithBen = {
  ...queued,
  holder: 'agent',
  assigneeId: 'ann',
  participants: [{ agentId: 'ben', joinedAt: 1 }],
} as unknown as Happening['conversation'];

const happening = (more: Partial<Happening>): Happening => ({
  event: 'message.added',
  conversation: queued as unknown as Happening['conversation'],
  seq: 3,
  byId: null,
  isByContact: true,
  activity: null,
  ...more,
});
const told = (given: Partial<Happening>, people: readonly Person[] = [ann, ben, cara]) =>
  tellings(happening(given), people).map(({ agentId, kind }) => `${agentId}: ${kind}`);
const opened = {
  event: 'conversation.opened',
  activity: { what: 'opened' },
} as const satisfies Partial<Happening>;

describe('R-7.1 who is told', () => {
  it('R-7.1 a new conversation is told to every online agent who serves its inbox', () => {
    expect(told(opened)).toEqual(['ann: new-conversation', 'ben: new-conversation']);
    expect(told(opened, [susan, tess])).toEqual(['tess: new-conversation']);
    expect(told(opened, [ann, { ...ben, isOnline: false }])).toEqual(['ann: new-conversation']);
  });

  it('R-7.1 each may unsubscribe from an inbox', () => {
    const choices = alertChoicesSchema.parse({});
    const muted = { ...ben, choices: { ...choices, mutedInboxIds: [shop as never] } };
    expect(told(opened, [ann, muted])).toEqual(['ann: new-conversation']);
    // Not from what is theirs.
    expect(told({ conversation: annsWithBen }, [muted])).toEqual(['ben: message']);
  });

  it('R-7.1 one that was given to a team is told to its members, and to the members of the inbox', () => {
    const conversation = { ...queued, teamId: 'support' } as unknown as Happening['conversation'];
    const wide = person('walt', { sight: { ...sight('walt'), inboxIds: new Set() } });
    expect(told({ ...opened, conversation }, [ann, tess, wide, cara, susan])).toEqual([
      'ann: new-conversation',
      'tess: new-conversation',
    ]);
  });

  it('R-7.1 while nobody has it, further messages ring no second time', () => {
    expect(told({})).toEqual([]);
  });

  it('R-7.1 what is over by the time is told to nobody, and neither is what a contact does without a word', () => {
    const over = { ...queued, status: 'closed' } as unknown as Happening['conversation'];
    expect(told({ ...opened, conversation: over })).toEqual([]);
    const closed = { ...annsWithBen, status: 'closed' as const };
    expect(told({ conversation: closed })).toEqual([]);
    const resumed = { event: 'conversation.resumed', activity: { what: 'resumed' } } as const;
    expect(told({ ...resumed, conversation: annsWithBen })).toEqual([]);
  });

  it('R-7.1 once taken, its messages are told to assignee and participants alone', () => {
    expect(told({ conversation: annsWithBen }, [ann, ben, cara, person('dora')])).toEqual([
      'ann: message',
      'ben: message',
    ]);
  });

  it('R-7.1 an answer of our side is told to nobody', () => {
    expect(told({ conversation: annsWithBen, byId: 'ann', isByContact: false })).toEqual([]);
  });

  it('R-7.1 back in the queue it is told anew, but not to who gave it up', () => {
    const left: Activity = { what: 'left', agentId: 'ann' as never, successorId: null };
    expect(told({ event: 'conversation.left', activity: left, byId: 'ann' })).toEqual([
      'ben: new-conversation',
    ]);
  });
});

describe('R-7.2 where, and when not', () => {
  it('R-7.2 whoever is away is left in peace, and finds it in the bell', () => {
    const assigned: Activity = { what: 'assigned', agentId: 'ben' as never };
    const given = { event: 'conversation.assigned', activity: assigned, byId: 'ann' } as const;
    const conversation = { ...annsWithBen, assigneeId: 'ben' };
    const away = { ...ben, isOnline: false };
    expect(told({ conversation: annsWithBen }, [away])).toEqual([]);
    expect(tellings(happening({ ...given, conversation }), [away])).toEqual([
      { agentId: 'ben', kind: 'assigned', isKept: true, isAnnounced: false, deviceId: null },
    ]);
  });

  it('R-7.2 the device used last announces it, and no other', () => {
    const laptop: OpenDevice = { id: 'laptop', usedAt: 5, isFocused: false, looksAt: [] };
    const phone: OpenDevice = { id: 'phone', usedAt: 9, isFocused: false, looksAt: [] };
    const deviceOf = (given: Person['devices']) =>
      tellings(happening(opened), [{ ...ann, devices: given }])[0]?.deviceId;
    expect(deviceOf([laptop, phone])).toBe('phone');
    // One that came back in the background, after a break, is not in use.
    expect(deviceOf([{ ...laptop, isFocused: true }, phone])).toBe('laptop');
    expect(deviceOf([phone, { ...laptop, isFocused: true }])).toBe('laptop');
    expect(tellings(happening(opened), [{ ...ann, devices: [] }])[0]?.deviceId).toBeNull();
  });

  it('R-7.2 what somebody is looking at is not announced, on any of their devices', () => {
    const devices = [
      { id: 'laptop', usedAt: 5, isFocused: true, looksAt: ['c1'] },
      { id: 'phone', usedAt: 9, isFocused: false, looksAt: [] },
    ];
    expect(tellings(happening({ conversation: annsWithBen }), [{ ...ann, devices }])).toEqual([]);
  });
});

describe('R-7.1 R-7.2 whether it still is for somebody to hear of', () => {
  const waiting: Untold = {
    kind: 'new-conversation',
    conversation: queued as unknown as Happening['conversation'],
    seq: 3,
    readThrough: 2,
  };
  const own: Untold = { ...waiting, kind: 'message', conversation: annsWithBen };
  const choices = { ...ann.choices, mutedInboxIds: [shop as never] };

  it('R-7.1 what waits: until somebody has it, and as long as one serves the place and has not unsubscribed', () => {
    for (const kind of ['new-conversation', 'transferred'] as const) {
      const given = { ...waiting, kind };
      expect(isStillNews(given, ann)).toBe(true);
      expect(isStillNews({ ...given, conversation: annsWithBen }, ann)).toBe(false);
      expect(isStillNews(given, cara)).toBe(false);
      expect(isStillNews(given, susan)).toBe(false);
      expect(isStillNews(given, { ...ann, choices })).toBe(false);
    }
  });

  it('R-7.1 what is one’s own: as long as one is in it, whatever one has unsubscribed from', () => {
    for (const kind of ['message', 'assigned', 'invited'] as const) {
      expect(isStillNews({ ...own, kind }, ann)).toBe(true);
      expect(isStillNews({ ...own, kind }, { ...ben, choices })).toBe(true);
      expect(isStillNews({ ...own, kind }, tess)).toBe(false);
    }
  });

  it('R-7.2 nothing that was read or closed, and nobody who is not online', () => {
    for (const given of [waiting, own]) {
      expect(isStillNews({ ...given, readThrough: 3 }, ann)).toBe(false);
      const conversation = { ...given.conversation, status: 'closed' as const };
      expect(isStillNews({ ...given, conversation }, ann)).toBe(false);
      expect(isStillNews(given, { ...ann, isOnline: false })).toBe(false);
    }
  });
});

describe('R-7.3 what stands in the bell', () => {
  it('R-7.3 who is assigned by somebody else hears of it; who takes it oneself does not', () => {
    const assigned: Activity = { what: 'assigned', agentId: 'ben' as never };
    const given = { event: 'conversation.assigned', activity: assigned } as const;
    const conversation = { ...annsWithBen, assigneeId: 'ben' };
    expect(told({ ...given, conversation, byId: 'ann' })).toEqual(['ben: assigned']);
    expect(told({ ...given, conversation, byId: 'ben' })).toEqual([]);
  });

  it('R-7.3 what is transferred to a team stands in its members’ bells; the others of the inbox are rung', () => {
    const activity = { what: 'transferred', teamId: 'support' } as unknown as Activity;
    const conversation = { ...queued, teamId: 'support' } as unknown as Happening['conversation'];
    const given = {
      event: 'conversation.transferred',
      activity,
      conversation,
      byId: 'ben',
    } as const;
    expect(told(given, [ann, ben, tess])).toEqual(['ann: new-conversation', 'tess: transferred']);
    // What is back where it stood is no news.
    const restored = { ...given, activity: { ...activity, isBack: true } as Activity };
    expect(told(restored, [ann, ben, tess])).toEqual([]);
    expect(tellings(happening(given), [tess])[0]).toMatchObject({ isAnnounced: true });
    // To the whole inbox: nobody's team.
    const back = { ...activity, teamId: null } as unknown as Activity;
    expect(told({ ...given, conversation: queued as never, activity: back }, [tess])).toEqual([
      'tess: new-conversation',
    ]);
    const choices = { ...tess.choices, mutedInboxIds: [shop as never] };
    expect(tellings(happening(given), [{ ...tess, choices }])[0]).toMatchObject({
      isKept: true,
      isAnnounced: false,
    });
    const away = { ...tess, isOnline: false };
    expect(tellings(happening(given), [away])[0]).toMatchObject({
      isKept: true,
      isAnnounced: false,
    });
    const taken = { ...conversation, holder: 'agent' as const };
    expect(tellings(happening({ ...given, conversation: taken }), [ann, tess])).toEqual([
      { agentId: 'tess', kind: 'transferred', isKept: true, isAnnounced: false, deviceId: null },
    ]);
  });

  it('R-7.3 who is brought in by a colleague hears of it', () => {
    const activity: Activity = { what: 'invited', agentId: 'ben' as never };
    const given = { event: 'conversation.invited', activity, conversation: annsWithBen } as const;
    expect(told({ ...given, byId: 'ann' })).toEqual(['ben: invited']);
  });

  it('R-7.3 whoever takes over from one who leaves was assigned', () => {
    const left: Activity = { what: 'left', agentId: 'ann' as never, successorId: 'ben' as never };
    const conversation = { ...annsWithBen, assigneeId: 'ben', participants: [] };
    expect(told({ event: 'conversation.left', activity: left, conversation, byId: 'ann' })).toEqual(
      ['ben: assigned'],
    );
    for (const [event, what] of [
      ['conversation.left', 'went-offline'],
      ['conversation.detached', 'detached'],
    ] as const) {
      const activity = { ...left, what } as Activity;
      expect(told({ event, activity, conversation, isByContact: false })).toEqual([
        'ben: assigned',
      ]);
    }
  });
});

it('of what comes together the weightiest is told, once', () => {
  expect(weightiest(['message', 'new-conversation', 'message'])).toBe('new-conversation');
  expect(weightiest(['new-conversation', 'assigned'])).toBe('assigned');
  expect(weightiest(['message'])).toBe('message');
});
