import { NO_PRE_CHAT, type PreChat } from '@deskbell/contract';
import { describe, expect, it } from 'vitest';
import { contacts } from '../contacts/index.ts';
import { hashInput } from '../platform/pipeline/answers.ts';
import type { Command, Outcome } from '../platform/pipeline/command.ts';
import { acting, said } from '../testing/acting.ts';
import type { Name } from '../testing/company.ts';
import { answered } from './messages.commands.ts';
import type { Sent } from './sql.ts';

const HOUR = 3_600_000;
const asks: PreChat = {
  ...NO_PRE_CHAT,
  isEnabled: true,
  fields: (['name', 'email', 'phone'] as const).map((kind) => ({
    ...{ key: kind, kind, options: [], isRequired: false },
    label: { en: kind, de: '' },
  })),
};
const row = (outcome: Outcome) => ('puts' in outcome ? outcome.puts.map((put) => put.row) : []);

describe('R-1.2, R-9.2 the first message of a contact', () => {
  it('R-1.2 makes the contact and opens a conversation; the next stands in it', () => {
    const { writes, state, begins, conversation, company } = acting();
    const first = writes('vera');
    expect(said(first)).toBe('contact.added, conversation.opened, message.added');
    expect(first).toMatchObject({
      events: [{ id: 'vera', version: 1, audience: 'known:vera' }, {}, {}],
    });
    expect(state.get(contacts, 'vera')).toEqual({
      ...{ id: 'vera', createdAt: company.now, version: 1 },
      ...{ name: null, email: null, phone: null },
    });
    expect(said(writes('vera'))).toBe('message.added');
    const id = begins('vera');
    expect(conversation(id)).toMatchObject({ status: 'open', contactMessages: 3, inboxId: 'shop' });
    expect(company.conversations()).toHaveLength(1);
    // Another inbox is another conversation, with the same contact.
    expect(said(writes('vera', {}, 'wholesale'))).toBe('conversation.opened, message.added');
  });

  it('R-9.2 what they say of themselves fills what is empty, and nothing else', () => {
    const { writes, state, furnish, company } = acting();
    furnish('shop', { preChat: asks });
    furnish('wholesale', { preChat: asks });
    const known = () => state.get(contacts, 'vera');
    writes('vera', { opening: { answers: { name: 'Vera' } } });
    expect(known()).toMatchObject({ name: 'Vera', email: null, phone: null, version: 1 });
    const saying = (answers: object) => {
      const stage = state.fork();
      const told = company.decideCommand(
        {
          ...{ workspaceId: 'w', clientId: 'c', kind: 'message.receive' },
          actor: { kind: 'contact', id: 'vera', inboxId: 'wholesale' },
          input: { text: 'hello', opening: { answers } },
        } as unknown as Command,
        { state: stage },
      );
      return [said(told).split(',')[0], stage.get(contacts, 'vera')];
    };
    const before = known();
    expect(saying({ name: 'Other' })).toEqual(['conversation.opened', before]);
    expect(saying({ email: 'v@example.org' })).toEqual([
      'contact.changed',
      { ...before, email: 'v@example.org', version: 2 },
    ]);
    expect(saying({ phone: '+43 1 234567' })).toEqual([
      'contact.changed',
      { ...before, phone: '+43 1 234567', version: 2 },
    ]);
    state.set(contacts, { ...(before as NonNullable<typeof before>), name: null });
    expect(saying({ name: 'Vee' })).toMatchObject(['contact.changed', { name: 'Vee' }]);
  });

  it('R-3.6, R-9.2 what they answered decides the team, also of what they begin later', () => {
    const { writes, furnish, company, by } = acting();
    const when = { answer: { key: 'name', value: 'Vera' } };
    furnish('shop', { preChat: asks, teamRules: [{ teamId: 'sales' as never, when }] });
    const answers = { name: 'Vera' };
    expect(row(writes('vera', { opening: { answers } }))).toMatchObject([
      {},
      { teamId: 'sales', preferredAgentId: null, opening: { answers: [{ value: 'Vera' }] } },
      {},
      {},
    ]);
    const [{ id: conversationId } = { id: '' }] = company.conversations();
    by('susan', 'conversation.accept', { conversationId });
    by('susan', 'conversation.close', { conversationId });
    company.now += HOUR;
    const later = writes('vera');
    expect(said(later)).toBe('conversation.opened, message.added');
    expect(row(later)).toMatchObject([
      { teamId: 'sales', preferredAgentId: 'susan', opening: { answers: [{ value: 'Vera' }] } },
      {},
      {},
    ]);
    expect(row(writes('walt', { opening: {} }))[1]).toMatchObject({ teamId: null });
  });

  it('R-9.2 what has to be answered and isn’t, opens nothing', () => {
    const { writes, furnish, company } = acting();
    const [name] = asks.fields;
    furnish('shop', { preChat: { ...asks, fields: [{ ...name, isRequired: true } as never] } });
    expect(said(writes('vera'))).toBe('answers-needed');
    expect(company.conversations()).toEqual([]);
  });
});

describe('R-1.3, R-1.8, R-4.2 a message to what there is', () => {
  it('R-1.3 makes a pending one open again: with its agent, or queued in front', () => {
    const { taken, by, writes, make, conversation } = acting();
    const conversationId = taken('ann', 'vera');
    by('ann', 'conversation.mark-pending', { conversationId });
    expect(said(writes('vera'))).toBe('conversation.resumed, message.added');
    expect(conversation(conversationId)).toMatchObject({ status: 'open', assigneeId: 'ann' });
    by('ann', 'conversation.mark-pending', { conversationId });
    make('ann', { availability: 'offline' });
    expect(said(writes('vera'))).toBe('conversation.resumed, message.added');
    expect(conversation(conversationId)).toMatchObject({ assigneeId: null, isQueuedInFront: true });
  });

  it('R-1.8 reopens a closed one within the time, in its team where that still is', () => {
    const { taken, by, writes, team, turn, company, conversation } = acting();
    const conversationId = taken('ann', 'vera');
    by('ann', 'conversation.close', { conversationId });
    team('sales', [], true);
    turn(conversationId, { teamId: 'sales' });
    expect(said(writes('vera'))).toBe('conversation.reopened, message.added');
    expect(conversation(conversationId)).toMatchObject({ assigneeId: 'ann', teamId: null });
    by('ann', 'conversation.close', { conversationId });
    company.now += HOUR;
    expect(said(writes('vera'))).toBe('conversation.opened, message.added');
    expect(company.conversations()).toHaveLength(2);
  });

  it('R-4.2 goes back from who is offline to who took part, or to the queue, unless it was kept', () => {
    const away = (releases: 'all' | 'waiting' | 'none', isAnswered = true) => {
      const stage = acting();
      const conversationId = stage.taken('ann', 'vera');
      if (isAnswered) stage.by('ann', 'message.send', { conversationId, text: 'yes?' });
      stage.make('ann', { availability: 'offline', releases });
      return { ...stage, row: () => stage.conversation(conversationId), conversationId };
    };
    const waits = away('waiting');
    const told = waits.writes('vera');
    expect(said(told)).toBe('conversation.left, message.added');
    expect(row(told)).toMatchObject([
      {},
      { activity: { what: 'went-offline' }, authorKind: 'system', authorId: null },
      {},
    ]);
    expect(waits.row()).toMatchObject({ assigneeId: null, contactMessages: 2 });
    const shared = away('all');
    shared.by('ben', 'conversation.join', { conversationId: shared.conversationId });
    shared.writes('vera');
    expect(shared.row().assigneeId).toBe('ben');
    const kept = away('none');
    expect(said(kept.writes('vera'))).toBe('message.added');
    expect(kept.row().assigneeId).toBe('ann');
    const waiting = away('waiting', false);
    expect(said(waiting.writes('vera'))).toBe('conversation.left, message.added');
  });
});

describe('R-1.9, R-4.1 an agent’s message', () => {
  it('R-1.9, R-4.1 from who is in it and not offline; a note from who sees it', () => {
    const { taken, by, make } = acting();
    const conversationId = taken('ann', 'vera');
    const sends = (who: Name) => said(by(who, 'message.send', { conversationId, text: 'yes?' }));
    const notes = (who: Name) => by(who, 'note.add', { conversationId, text: 'hm' });
    expect([sends('cara'), sends('ben'), sends('ann')]).toEqual([
      ...['not-found', 'taken', 'message.added'],
    ]);
    make('ann', { availability: 'away' });
    expect(sends('ann')).toBe('message.added');
    make('ann', { availability: 'offline' });
    expect(sends('ann')).toBe('offline');
    expect([said(notes('cara')), said(notes('ben'))]).toEqual(['not-found', 'note.added']);
    expect(row(notes('ben'))).toMatchObject([{}, { authorId: 'ben', text: 'hm' }]);
  });

  it('R-1.2 writing first: to whom one knows, in an inbox that one sees, where none is unclosed', () => {
    const { begins, by, make, act } = acting();
    begins('vera', 'wholesale');
    const start = (who: Name, more: object = {}) =>
      by(who, 'conversation.start', { contactId: 'vera', inboxId: 'shop', text: 'hi', ...more });
    // Ben serves another inbox than hers; Cara knows her, but doesn't serve the shop.
    expect([said(start('ben')), said(start('cara'))]).toEqual(['not-found', 'not-found']);
    expect(said(start('susan', { contactId: 'nobody' }))).toBe('not-found');
    expect(said(start('susan', { inboxId: 'nowhere' }))).toBe('not-found');
    expect(said(start('ann', { inboxId: 'wholesale' }))).toBe('conversation-unclosed');
    make('ann', { availability: 'away' });
    expect(said(start('ann'))).toBe('offline');
    make('ann', { availability: 'online', capacity: 0 });
    expect(said(start('ann'))).toBe('at-capacity');
    make('ann', { capacity: null });
    const started = start('ann');
    expect(said(started)).toBe('conversation.opened, conversation.assigned, message.added');
    expect(row(started)[0]).toMatchObject({ assigneeId: 'ann', seq: 3, contactId: 'vera' });
    act({ kind: 'contact', id: 'vera', inboxId: 'shop' }, 'conversation.end', {});
    expect(said(start('ann'))).toBe('conversation.opened, conversation.assigned, message.added');
  });

  it('R-18.1 who is deactivated knows nobody', () => {
    const { begins, by, make } = acting();
    begins('vera', 'wholesale');
    make('susan', { isActive: false });
    const input = { contactId: 'vera', inboxId: 'shop', text: 'hi' };
    expect(said(by('susan', 'conversation.start', input))).toBe('not-found');
  });
});

describe('R-5.2 what was sent before is answered as before', () => {
  it('R-5.2 of a contact or of an agent, by what was sent, however the opening is told now', () => {
    const entry = (authorKind: 'contact' | 'agent') =>
      ({
        ...{ conversationId: 'one', id: 'entry', seq: 4, position: 9, text: 'hello' },
        ...{ clientId: 'c', authorId: 'vera', authorKind },
      }) as Sent;
    const again = { text: 'hello', opening: { page: '/' } };
    const commands = [
      { clientId: 'other', input: { text: 'other', opening: {} } },
      { clientId: 'c', input: again },
    ] as unknown as Command[];
    expect(answered(entry('contact'), commands)).toEqual({
      ...{ clientId: 'c', actor: 'vera', position: 9 },
      inputHash: hashInput({ kind: 'message.receive', input: again }),
      answer: JSON.stringify({ conversationId: 'one', entryId: 'entry', seq: 4 }),
    });
    const input = { conversationId: 'one', text: 'hello' };
    expect(answered(entry('agent'), commands)).toMatchObject({
      inputHash: hashInput({ kind: 'message.send', input }),
      answer: JSON.stringify({ entryId: 'entry', seq: 4 }),
    });
  });
});
