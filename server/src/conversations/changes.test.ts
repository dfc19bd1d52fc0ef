import { describe, expect, it } from 'vitest';
import { agents } from '../accounts/index.ts';
import { type Command, type Context, handler, SYSTEM } from '../platform/pipeline/command.ts';
import { put } from '../platform/pipeline/table.ts';
import { acting } from '../testing/acting.ts';
import { audienceOf, factsIn } from './audience.ts';
import { awake, inboxOf, latestOf, refusedIfOffline, tellingBefore } from './changes.ts';
import type { ConversationRow } from './rules.ts';
import { conversations } from './sql.ts';

const facts = { inboxId: 'shop', teamId: null, assigneeId: null, participants: [] };
const withBen = [{ agentId: 'ben' as never, joinedAt: 1 }];

describe('R-2.1, R-3.6 who is told of a change, in the words of the log', () => {
  it('R-3.6 whoever serves the place, supervisors, and who is in it', () => {
    expect(audienceOf(facts)).toBe('serving:shop supervisors');
    expect(audienceOf({ ...facts, teamId: 'sales' })).toBe('team:sales inbox:shop supervisors');
    const anns = { ...facts, assigneeId: 'ann', participants: withBen };
    expect(audienceOf(anns)).toBe('serving:shop supervisors agent:ann agent:ben');
    expect(audienceOf(anns, true)).toBe('serving:shop supervisors');
  });

  it('R-3.6 and the words say the same again', () => {
    for (const teamId of [null, 'sales'])
      expect(factsIn(audienceOf({ ...facts, teamId, participants: withBen }))).toEqual({
        ...{ ...facts, teamId },
        participants: [{ agentId: 'ben', joinedAt: 0 }],
      });
    expect(factsIn('inbox:shop agent team:sales')).toEqual({ ...facts, teamId: 'sales' });
    expect(factsIn('supervisors')).toEqual({ ...facts, inboxId: '' });
  });

  it('R-3.6 a message names nobody; the contact hears of what contacts may know, of nothing else', () => {
    const { taken, by } = acting();
    const conversationId = taken('ann', 'vera');
    const audience = (...what: Parameters<typeof by>) => {
      const outcome = by(...what);
      return 'events' in outcome ? outcome.events.map((event) => event.audience) : outcome.code;
    };
    const on = { conversationId, text: 'hello' };
    const place = 'serving:shop supervisors';
    expect(audience('ann', 'message.send', on)).toEqual([`${place} contact:vera`]);
    expect(audience('ann', 'note.add', on)).toEqual([`${place} agent:ann`]);
    expect(audience('ann', 'conversation.unassign', on)).toEqual([`${place} contact:vera`]);
  });
});

describe('R-3.6 who saw it before is told as well', () => {
  const before = 'serving:shop supervisors agent:ann';

  /** What a command tells that makes this of Ann's conversation. */
  const toldOf = (change: Partial<ConversationRow>, table: object = conversations) => {
    const { taken, conversation, state } = acting();
    const conversationId = taken('ann', 'vera');
    const row = { ...conversation(conversationId), ...change };
    const event = { id: row.id, kind: 'note.added', version: 1, audience: 'x' } as const;
    const changing = handler({
      kind: 'conversation.accept',
      needs: () => [],
      decide: () => ({
        puts: [put(table as typeof conversations, row)],
        events: [{ ...event, id: 'another' }, { ...event }],
        answer: {},
      }),
    });
    const command = { actor: SYSTEM, kind: 'conversation.accept' } as unknown as Command;
    const outcome = tellingBefore(changing).decide(state, command, {} as Context);
    return 'events' in outcome ? outcome.events.map((each) => each.audienceBefore) : outcome.code;
  };

  it('R-3.6 where team, assignee or who takes part is another, and of that conversation alone', () => {
    expect(toldOf({ isFlagged: true })).toEqual([undefined, undefined]);
    expect(toldOf({ teamId: 'sales' })).toEqual([undefined, before]);
    expect(toldOf({ assigneeId: 'ben' })).toEqual([undefined, before]);
    expect(toldOf({ participants: withBen })).toEqual([undefined, before]);
    expect(toldOf({ id: 'new', teamId: 'sales' })).toEqual([undefined, undefined]);
    // An agent with that id is no conversation.
    expect(toldOf({ teamId: 'sales' }, agents)).toEqual([undefined, undefined]);
  });

  it('R-3.3 of each that routing hands out', () => {
    const { bySystem, begins } = acting({ routing: 'round-robin' });
    const ids = [begins('walt'), begins('xenia')];
    const outcome = bySystem('routing.run', {});
    expect('events' in outcome && outcome.events).toMatchObject(
      ids.map((id) => ({ id, audienceBefore: 'serving:shop supervisors' })),
    );
  });
});

describe('R-1.2 the conversation that a contact has', () => {
  it('R-1.2 is their own and in this inbox; whoever is no contact has none', () => {
    const { begins, state } = acting();
    const id = begins('vera');
    const vera = { kind: 'contact', id: 'vera', inboxId: 'shop' } as const;
    expect(latestOf(state, vera)?.id).toBe(id);
    expect(latestOf(state, { ...vera, inboxId: 'wholesale' })).toBeUndefined();
    expect(latestOf(state, { ...vera, kind: 'agent' })).toBeUndefined();
    expect([inboxOf(vera), inboxOf({ ...vera, kind: 'agent' })]).toEqual(['shop', '']);
  });
});

describe('R-3.6, R-4.1 what a change finds', () => {
  it('R-3.6 what wakes up is its team’s, where that still is', () => {
    const { begins, conversation, state, team } = acting();
    const row = { ...conversation(begins('vera')), teamId: 'sales' };
    team('sales');
    expect(awake(state, row).teamId).toBe('sales');
    team('sales', [], true);
    expect(awake(state, row).teamId).toBeNull();
  });

  it('R-4.1 who is offline answers nobody', () => {
    const { state, make } = acting();
    const code = () => refusedIfOffline(state, 'ann')?.code;
    expect(code()).toBeUndefined();
    make('ann', { availability: 'offline' });
    expect(code()).toBe('offline');
  });
});
