import { randomUUID } from 'node:crypto';
import { roles } from '@deskbell/contract';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { contacts } from '../contacts/index.ts';
import { SYSTEM } from '../platform/pipeline/command.ts';
import type { Queries } from '../platform/store/connect.ts';
import { answerOf, type Office, type OfficeServer, openOffice } from '../testing/office.ts';
import { agents, changesSettings, invitesAs, seesEveryInbox } from './index.ts';

let office: Office;
let server: OfficeServer;
let sql: Queries;
beforeAll(async () => {
  office = await openOffice();
  server = office.open();
  sql = office.pool as unknown as Queries;
});
afterAll(() => office.close());

const rowOf = async (id: string) => (await agents.load(sql, office.workspaceId, [id]))[0];
const newcomer = () => ({
  agentId: randomUUID(),
  userId: randomUUID(),
  name: 'Nora',
  email: `${randomUUID()}@example.org`,
  role: 'agent',
});

describe('R-18.1 roles', () => {
  const may = (test: (agent: { role: (typeof roles)[number]; isActive: boolean }) => boolean) =>
    roles.filter((role) => test({ role, isActive: true }));

  it('R-18.1 each may what the one below may, and more', () => {
    expect(may(seesEveryInbox)).toEqual(['owner', 'admin', 'supervisor']);
    expect(may(changesSettings)).toEqual(['owner', 'admin']);
    expect(may((agent) => invitesAs(agent, 'admin'))).toEqual(['owner', 'admin']);
    expect(may((agent) => invitesAs(agent, 'owner'))).toEqual(['owner']);
  });

  it('R-18.1 who is deactivated or unknown may nothing', () => {
    for (const agent of [{ role: 'owner' as const, isActive: false }, undefined])
      expect([seesEveryInbox(agent), changesSettings(agent), invitesAs(agent, 'agent')]).toEqual([
        false,
        false,
        false,
      ]);
  });
});

describe('agents', () => {
  it('R-18.1 enter once, however often it is asked', async () => {
    const input = newcomer();
    await Promise.all([1, 2].map(() => server.act(SYSTEM, 'agent.add', input).then(answerOf)));
    expect(await rowOf(input.agentId)).toMatchObject({ name: 'Nora', version: 1, isActive: true });
  });

  it('R-18.1 two do not have one mail address', async () => {
    const input = newcomer();
    answerOf(await server.act(SYSTEM, 'agent.add', input));
    expect(
      await server.act(SYSTEM, 'agent.add', { ...newcomer(), email: input.email.toUpperCase() }),
    ).toMatchObject({ code: 'already-exists' });
  });

  it('R-18.1 rename themselves, and nobody who is not one here does', async () => {
    answerOf(await server.act(office.ann, 'agent.rename', { name: '  Anne ' }));
    expect((await rowOf(office.ann.id))?.name).toBe('Anne');
    expect(
      await server.act({ kind: 'agent', id: randomUUID() }, 'agent.rename', { name: 'X' }),
    ).toMatchObject({ code: 'not-found' });
    expect(await server.act(office.visitor(), 'agent.rename', { name: 'X' })).toMatchObject({
      code: 'forbidden',
    });
  });
});

describe('contacts', () => {
  it('R-1.2 are changed in what is named; null takes it away', async () => {
    const visitor = office.visitor();
    answerOf(await server.act(visitor, 'message.receive', { text: 'hi' }));
    const change = (input: object) =>
      server.act(office.ann, 'contact.change', { contactId: visitor.id, ...input });
    answerOf(await change({ name: 'Vera', email: 'Vera@Example.org' }));
    answerOf(await change({ name: null }));
    const [row] = await contacts.load(sql, office.workspaceId, [visitor.id]);
    expect(row).toMatchObject({ name: null, email: 'vera@example.org', version: 3 });
    expect(await change({ contactId: randomUUID(), name: 'X' })).toMatchObject({
      code: 'not-found',
    });
  });
});
