import type { Activity } from '@deskbell/contract';
import { describe, expect, it } from 'vitest';
import { acting } from '../testing/acting.ts';
import {
  conversationForAgents,
  conversationForContact,
  entryForAgents,
  entryForContact,
} from './present.ts';
import type { ConversationRow, EntryRow } from './rules.ts';

const entry = (more: Partial<EntryRow>): EntryRow => ({
  ...{ conversationId: 'one', seq: 2, id: 'e', at: 5, kind: 'activity', authorKind: 'agent' },
  ...{ authorId: 'ann', text: null, clientId: null, activity: null },
  ...more,
});
const did = (activity: object, more: Partial<EntryRow> = {}) =>
  entryForContact(entry({ activity: activity as Activity, ...more }));

describe('what leaves for whom', () => {
  function taken(): ConversationRow {
    const { taken: takes, conversation } = acting();
    return conversation(takes('ann', 'vera'));
  }

  it('a contact sees who answers while somebody does, and nothing of waiting inside', () => {
    const row = taken();
    expect(conversationForContact(row)).toMatchObject({ status: 'open', assigneeId: 'ann' });
    const pending = { ...row, status: 'pending' as const };
    expect(conversationForContact(pending).status).toBe('open');
    expect(conversationForContact({ ...row, status: 'closed' }).status).toBe('closed');
    expect(conversationForContact({ ...row, holder: 'nobody' }).assigneeId).toBeNull();
  });

  it('agents see the last message, where there is one', () => {
    const row = taken();
    expect(conversationForAgents(row).lastMessage).toMatchObject({
      side: 'contact',
      text: 'hello',
    });
    expect(conversationForAgents({ ...row, lastSide: null }).lastMessage).toBeNull();
    expect(entryForAgents(entry({})).author).toEqual({ kind: 'agent', id: 'ann' });
    const bySystem = entry({ authorKind: 'system', authorId: null });
    expect(entryForAgents(bySystem).author).toEqual({ kind: 'system' });
  });

  it('a contact reads messages, and no note, however it is written', () => {
    const text = { text: 'hello', clientId: 'c' };
    expect(entryForContact(entry({ kind: 'message', ...text }))).toMatchObject({
      ...{ kind: 'message', text: 'hello', author: { kind: 'agent', id: 'ann' } },
    });
    expect(entryForContact(entry({ kind: 'note', text: 'hm' }))).toBeNull();
    expect(did({ what: 'opened' }, { kind: 'note' })).toBeNull();
    expect(entryForContact(entry({}))).toBeNull();
  });

  it('R-1.4, R-19.5 of what is done they hear what concerns them: not who of us, by force or why', () => {
    expect(did({ what: 'flagged' })).toBeNull();
    expect(did({ what: 'opened' }, { authorKind: 'contact', authorId: 'vera' })).toMatchObject({
      author: { kind: 'contact' },
    });
    expect(did({ what: 'reopened' })).toMatchObject({ author: { kind: 'system' } });
    const told = (activity: object) => {
      const seen = did(activity);
      return seen?.kind === 'activity' ? seen.activity : null;
    };
    expect(told({ what: 'assigned', agentId: 'ben', isForced: true })).toEqual({
      ...{ what: 'assigned', agentId: 'ben' },
    });
    expect(told({ what: 'closed', reason: 'agent', text: 'Rude' })).toEqual({
      ...{ what: 'closed', reason: 'agent' },
    });
    expect(told({ what: 'reopened' })).toStrictEqual({ what: 'reopened' });
  });
});
