import type { AgentId, Contact, Conversation, Mark } from '@deskbell/contract';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { contactName, visitorTag } from '../contact-panel/contact-name.ts';
import { cardState } from './card-state.ts';
import { keptOffset } from './keeping-place.ts';
import { fold, isFound } from './list-search.ts';

const conversation = (given: Partial<Conversation>) =>
  ({
    status: 'open',
    holder: 'nobody',
    assigneeId: null,
    participants: [],
    version: 5,
    contactMessages: 3,
    waitingSince: 100,
    lastMessage: { text: 'Where is my Crème brûlée?' },
    ...given,
  }) as Conversation;
const ann = 'ann' as AgentId;
const mark = (version: number, contactMessages: number) => ({ version, contactMessages }) as Mark;

describe("a contact's name", () => {
  it('is the name, else the mail address, else a tag that stays', () => {
    const id = '0f8c2d1e-0000-8000-8000-00000000abcd';
    const visitor = (tag: string) => `Visitor ${tag}`;
    expect(contactName({ name: 'Vera', email: 'v@example.org' }, id, visitor)).toBe('Vera');
    expect(contactName({ name: null, email: 'v@example.org' }, id, visitor)).toBe('v@example.org');
    expect(contactName(undefined, id, visitor)).toBe(`Visitor ${visitorTag(id)}`);
    expect(visitorTag(id)).toMatch(/^[0-9A-HJKMNP-TV-Z]{4}$/);
  });
});

describe('R-2.3 a card', () => {
  it('of an untaken conversation is new to everybody until it is selected', () => {
    const seen = { agentId: ann, mark: undefined, isSelected: false };
    expect(cardState(conversation({}), seen)).toMatchObject({
      isUntaken: true,
      isNew: true,
      unread: 3,
    });
    expect(cardState(conversation({}), { ...seen, isSelected: true }).isNew).toBe(false);
  });

  it("of somebody else's conversation counts what is unread, without claiming it is news", () => {
    const taken = conversation({ holder: 'agent', assigneeId: 'ben' as AgentId });
    const seen = { agentId: ann, mark: mark(2, 1), isSelected: false };
    expect(cardState(taken, seen)).toMatchObject({ isNew: false, unread: 2, isMine: false });
  });

  it("of one's own is news also when a colleague did something", () => {
    const mine = conversation({ holder: 'agent', assigneeId: ann });
    expect(cardState(mine, { agentId: ann, mark: mark(4, 3), isSelected: false }).isNew).toBe(true);
    expect(cardState(mine, { agentId: ann, mark: mark(5, 3), isSelected: false }).isNew).toBe(
      false,
    );
  });
});

describe('R-2.5 search within a list', () => {
  it('finds by name, mail and last message, without case and accents, all words', () => {
    const contact = { name: 'Zoë Ångström', email: 'zoe@example.org' } as Contact;
    const card = { contact, name: 'Zoë Ångström' };
    for (const search of ['zoe', 'ANGSTROM', 'creme  brulee', 'zoe creme', 'example.org'])
      expect(isFound(conversation({}), card, fold(search))).toBe(true);
    expect(isFound(conversation({}), card, fold('zoe pudding'))).toBe(false);
  });
});

describe('R-2.1 a list keeps its place', () => {
  it('stays at the top when it is there', () => {
    expect(keptOffset({ ids: ['a', 'b'], offset: 0 }, ['c', 'a', 'b'], 80)).toBe(0);
  });

  it('moves with what stands at its upper edge', () => {
    const before = { ids: ['a', 'b', 'c', 'd'], offset: 100 };
    expect(keptOffset(before, ['x', 'a', 'b', 'c', 'd'], 80)).toBe(180);
    expect(keptOffset(before, ['b', 'c', 'd'], 80)).toBe(20);
  });

  it('holds by the next one when the first has left for the top', () => {
    const ids = Array.from({ length: 60 }, (_, index) => `c${index}`);
    const before = { ids, offset: 40 * 80 + 10 };
    const moved = ['c40', ...ids.filter((id) => id !== 'c40')];
    expect(keptOffset(before, moved, 80)).toBe(before.offset);
  });

  it('shows the same rows whatever comes or goes above', () => {
    const unique = fc.uniqueArray(fc.nat(500).map(String), { minLength: 30, maxLength: 60 });
    fc.assert(
      fc.property(unique, fc.nat(20), fc.nat(79), (ids, top, rest) => {
        const offset = top * 80 + rest;
        if (offset === 0) return;
        const shown = ids.slice(top);
        const kept = keptOffset({ ids, offset }, ['new', ...shown], 80);
        expect(['new', ...shown][Math.floor(kept / 80)]).toBe(ids[top]);
        expect(kept % 80).toBe(rest);
      }),
    );
  });
});
