import { randomUUID } from 'node:crypto';
import type { PreChat } from '@deskbell/contract';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { contacts } from '../contacts/index.ts';
import { inboxes } from '../inboxes/index.ts';
import { SYSTEM } from '../platform/pipeline/command.ts';
import type { Queries } from '../platform/store/connect.ts';
import { answerOf, type Office, type OfficeServer, openOffice } from '../testing/office.ts';
import { conversations } from './index.ts';

let office: Office;
let server: OfficeServer;
let sql: Queries;
let inboxId: string;
let teamIds: string[];
const adam = { kind: 'agent' as const, id: randomUUID() };
beforeAll(async () => {
  office = await openOffice();
  server = office.open();
  sql = office.pool as unknown as Queries;
  const person = { userId: randomUUID(), name: 'Adam', email: 'adam@example.org', role: 'admin' };
  answerOf(await server.act(SYSTEM, 'agent.add', { agentId: adam.id, ...person }));
});
afterAll(() => office.close());

const field = (key: string, kind: PreChat['fields'][number]['kind'], more: object = {}) => ({
  ...{ key, kind, options: [] as string[], isRequired: true },
  label: { en: key, de: '' },
  ...more,
});
const preChat: PreChat = {
  isEnabled: true,
  fields: [
    field('name', 'name'),
    field('mail', 'email'),
    field('phone', 'phone', { isRequired: false }),
    field('topic', 'choice', { options: ['Sales', 'Help'], label: { en: 'Topic', de: 'Thema' } }),
  ],
  consent: { text: { en: 'I agree', de: '' }, link: 'https://shop.example/privacy' },
};
const answers = { name: 'Vera', mail: 'Vera@Example.org', topic: 'Sales' };

beforeEach(async () => {
  const made = await server.act(adam, 'inbox.create', { name: 'Shop' });
  inboxId = String(answerOf(made).inboxId);
  teamIds = [];
  for (const name of ['Sales', 'Deutsch'])
    teamIds.push(String(answerOf(await server.act(adam, 'team.create', { name })).teamId));
});

const ask = async (change: Partial<PreChat> = {}) =>
  answerOf(await server.act(adam, 'inbox.change', { inboxId, preChat: { ...preChat, ...change } }));
const rule = (teamRules: object[]) =>
  server.act(adam, 'inbox.change-team-rules', { inboxId, teamRules });
const visitor = () => ({ ...office.visitor(), inboxId });
const write = (who: ReturnType<typeof visitor>, opening?: object) =>
  server.act(who, 'message.receive', { text: 'Hello', ...(opening && { opening }) });
const opened = async (who: ReturnType<typeof visitor>, opening?: object) => {
  const { conversationId } = answerOf(await write(who, opening));
  const [row] = await conversations.load(sql, office.workspaceId, [String(conversationId)]);
  if (!row) throw new Error('it was opened');
  return row;
};
const contactOf = async ({ id }: { id: string }) =>
  (await contacts.load(sql, office.workspaceId, [id]))[0];

describe('R-9.2 what is asked before the first message', () => {
  it('R-9.2 answers stand with the conversation in the words of the question, and fill the contact', async () => {
    await ask();
    const vera = visitor();
    const row = await opened(vera, { answers, isAgreed: true, language: 'de-AT', page: '/basket' });
    expect(row.opening).toEqual({
      page: '/basket',
      language: 'de-AT',
      answers: [
        { key: 'name', label: 'name', value: 'Vera' },
        { key: 'mail', label: 'mail', value: 'vera@example.org' },
        { key: 'topic', label: 'Thema', value: 'Sales' },
      ],
      isAgreed: true,
    });
    expect(await contactOf(vera)).toMatchObject({
      name: 'Vera',
      email: 'vera@example.org',
      phone: null,
      version: 1,
    });
  });

  it('R-9.2 bad input: what is missing or no answer is refused by its field, and nothing is opened', async () => {
    await ask();
    const vera = visitor();
    for (const [opening, at] of [
      [undefined, 'answers.name'],
      [{ answers, isAgreed: false }, 'isAgreed'],
      [{ answers: { ...answers, name: '  ' }, isAgreed: true }, 'answers.name'],
      [{ answers: { ...answers, mail: 'nowhere' }, isAgreed: true }, 'answers.mail'],
      [{ answers: { ...answers, phone: 'call me' }, isAgreed: true }, 'answers.phone'],
      [{ answers: { ...answers, topic: 'Other' }, isAgreed: true }, 'answers.topic'],
    ] as const)
      expect(await write(vera, opening)).toMatchObject({
        code: 'answers-needed',
        field: `opening.${at}`,
      });
    expect(await contactOf(vera)).toBeUndefined();
    answerOf(await write(vera, { answers, isAgreed: true }));
  });

  it('R-9.2 nothing is asked while it is switched off, nor of who has written before', async () => {
    await ask({ isEnabled: false });
    const vera = visitor();
    expect((await opened(vera, { answers })).opening).toMatchObject({ answers: [] });
    await ask();
    answerOf(await write(vera));
    expect(await write(visitor())).toMatchObject({ code: 'answers-needed' });
  });

  it('R-9.2 what an agent knows better is kept', async () => {
    await ask();
    const vera = visitor();
    answerOf(
      await server.act({ ...vera, inboxId: office.inboxId }, 'message.receive', { text: '1' }),
    );
    const change = { contactId: vera.id, name: 'Dr Vera Novak' };
    answerOf(await server.act(office.ann, 'contact.change', change));
    await opened(vera, { answers, isAgreed: true });
    expect(await contactOf(vera)).toMatchObject({
      name: 'Dr Vera Novak',
      email: 'vera@example.org',
      version: 3,
    });
  });

  it('R-5.2, R-9.2 a first message sent twice is one, whatever is told beside it', async () => {
    await ask();
    const vera = visitor();
    const { workspaceId } = office;
    const clientId = randomUUID();
    const send = (opening: object) =>
      server.submit({
        ...{ workspaceId, clientId, actor: vera, kind: 'message.receive' },
        input: { text: 'Hello', opening },
      });
    const first = answerOf(await send({ answers, isAgreed: true }));
    const second = answerOf(await send({ answers, isAgreed: true, page: '/elsewhere' }));
    expect(second).toEqual(first);
  });

  it('R-9.2 bad input: a form whose fields clash, or whose choice offers nothing, is refused', async () => {
    for (const fields of [
      [field('a', 'text'), field('a', 'name')],
      [field('a', 'choice')],
      [field('No key', 'text')],
      Array.from({ length: 9 }, (_, index) => field(`f${index}`, 'text')),
    ])
      expect(
        await server.act(adam, 'inbox.change', { inboxId, preChat: { ...preChat, fields } }),
      ).toMatchObject({ code: 'invalid' });
  });
});

describe('R-3.6 the team of what is opened', () => {
  it('R-3.6 the first rule that holds decides: by page, language and answer; with none it is for the whole inbox', async () => {
    await ask();
    const [sales = '', german = ''] = teamIds;
    answerOf(
      await rule([
        {
          when: { answer: { key: 'topic', value: 'sales' }, pageContains: '/Offers' },
          teamId: sales,
        },
        { when: { language: 'de' }, teamId: german },
      ]),
    );
    const as = async (opening: object) =>
      (await opened(visitor(), { answers, isAgreed: true, ...opening })).teamId;
    expect(await as({ page: 'https://shop.example/offers/1', language: 'de' })).toBe(sales);
    expect(await as({ page: 'https://shop.example/', language: 'de-CH' })).toBe(german);
    expect(await as({ page: 'https://shop.example/', language: 'en' })).toBeNull();
    answerOf(await rule([{ when: {}, teamId: german }]));
    expect(await as({})).toBe(german);
  });

  it('R-3.6 who comes back is not asked again, and comes to the same team', async () => {
    await ask();
    const [sales = ''] = teamIds;
    answerOf(await rule([{ when: { answer: { key: 'topic', value: 'Sales' } }, teamId: sales }]));
    const vera = visitor();
    const { id: conversationId } = await opened(vera, { answers, isAgreed: true });
    answerOf(await server.act(vera, 'conversation.end', {}));
    const second = await opened(vera);
    expect(second.id).not.toBe(conversationId);
    expect(second).toMatchObject({ teamId: sales });
  });

  it('R-3.6 a rule goes with its team, also of an inbox that the team does not serve', async () => {
    const [sales = '', german = ''] = teamIds;
    answerOf(
      await rule([
        { when: {}, teamId: sales },
        { when: {}, teamId: german },
      ]),
    );
    answerOf(await server.act(adam, 'team.delete', { teamId: sales }));
    const [inbox] = await inboxes.load(sql, office.workspaceId, [inboxId]);
    expect(inbox?.teamRules).toEqual([{ when: {}, teamId: german }]);
    expect((await opened(visitor())).teamId).toBe(german);
  });

  it('R-3.6 bad input: a rule for a team that is unknown or deleted is refused, and those before stay', async () => {
    const [sales = '', german = ''] = teamIds;
    answerOf(await rule([{ when: {}, teamId: sales }]));
    answerOf(await server.act(adam, 'team.delete', { teamId: german }));
    for (const teamId of [german, randomUUID()])
      expect(await rule([{ when: {}, teamId }])).toMatchObject({ code: 'not-found' });
    expect(
      await server.act(office.ann, 'inbox.change-team-rules', { inboxId, teamRules: [] }),
    ).toMatchObject({ code: 'forbidden' });
    const [inbox] = await inboxes.load(sql, office.workspaceId, [inboxId]);
    expect(inbox?.teamRules).toEqual([{ when: {}, teamId: sales }]);
  });
});
