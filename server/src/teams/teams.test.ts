import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { agents } from '../accounts/index.ts';
import { conversations } from '../conversations/index.ts';
import { inboxes } from '../inboxes/index.ts';
import { SYSTEM } from '../platform/pipeline/command.ts';
import type { Queries } from '../platform/store/connect.ts';
import { answerOf, type Office, type OfficeServer, openOffice } from '../testing/office.ts';
import { loadTeams } from './index.ts';

let office: Office;
let server: OfficeServer;
let sql: Queries;
/** Adam, an admin, and Dora, who is deactivated. */
const adam = { kind: 'agent' as const, id: randomUUID() };
const dora = { kind: 'agent' as const, id: randomUUID() };
beforeAll(async () => {
  office = await openOffice();
  server = office.open();
  sql = office.pool as unknown as Queries;
  const hire = (agentId: string, name: string, role: string) =>
    server
      .act(SYSTEM, 'agent.add', {
        ...{ agentId, name, role, userId: randomUUID() },
        email: `${name}@example.org`,
      })
      .then(answerOf);
  await hire(adam.id, 'Adam', 'admin');
  await hire(dora.id, 'Dora', 'agent');
  answerOf(await server.act(adam, 'agent.deactivate', { agentId: dora.id }));
});
afterAll(() => office.close());

let teamId: string;
beforeEach(async () => {
  teamId = String(answerOf(await server.act(adam, 'team.create', { name: 'Support' })).teamId);
});

const teamNow = async () =>
  (await loadTeams(sql, office.workspaceId)).find(({ id }) => id === teamId);
const inboxNow = async () => (await inboxes.load(sql, office.workspaceId, [office.inboxId]))[0];
const rightsOf = async (id: string) =>
  (await agents.load(sql, office.workspaceId, [id]))[0]?.rights ?? 0;

describe('R-3.6 teams', () => {
  it('R-3.6, R-18.1 admins make, rename and delete them and choose who is in them; agents do not', async () => {
    const member = { teamId, agentId: office.ben.id };
    for (const [kind, input] of [
      ['team.create', { name: 'Mine' }],
      ['team.change', { teamId, name: 'Mine' }],
      ['team.add-member', member],
      ['inbox.add-team', { inboxId: office.inboxId, teamId }],
      ['inbox.remove-team', { inboxId: office.inboxId, teamId }],
      ['team.remove-member', member],
      ['team.delete', { teamId }],
    ] as const) {
      expect(await server.act(office.ann, kind, input)).toMatchObject({ code: 'forbidden' });
      answerOf(await server.act(adam, kind, input));
    }
  });

  it('R-3.6 a deleted team leaves the inboxes that it served, and its members have other rights', async () => {
    answerOf(await server.act(adam, 'team.add-member', { teamId, agentId: office.ben.id }));
    answerOf(await server.act(adam, 'inbox.add-team', { inboxId: office.inboxId, teamId }));
    expect((await inboxNow())?.teamIds).toEqual([teamId]);
    const rights = await rightsOf(office.ben.id);
    answerOf(await server.act(adam, 'team.delete', { teamId }));
    expect((await inboxNow())?.teamIds).toEqual([]);
    expect(await rightsOf(office.ben.id)).toBe(rights + 1);
    expect(await teamNow()).toBeUndefined();
  });

  it('R-3.6 bad input: a team that is unknown, or deleted, is not there for anything', async () => {
    const deleted = String(
      answerOf(await server.act(adam, 'team.create', { name: 'Gone' })).teamId,
    );
    answerOf(await server.act(adam, 'team.delete', { teamId: deleted }));
    const written = answerOf(await server.act(office.visitor(), 'message.receive', { text: 'hi' }));
    const conversationId = written.conversationId;
    const { inboxId } = office;
    for (const unknown of [randomUUID(), deleted]) {
      for (const [who, kind, input] of [
        [adam, 'team.change', { teamId: unknown, name: 'New' }],
        [adam, 'team.delete', { teamId: unknown }],
        [adam, 'team.add-member', { teamId: unknown, agentId: office.ben.id }],
        [adam, 'team.remove-member', { teamId: unknown, agentId: office.ben.id }],
        [adam, 'inbox.add-team', { inboxId, teamId: unknown }],
        [adam, 'inbox.remove-team', { inboxId, teamId: unknown }],
        [office.ann, 'conversation.transfer', { conversationId, teamId: unknown }],
      ] as const)
        expect(await server.act(who, kind, input)).toMatchObject({ code: 'not-found' });
    }
    answerOf(await server.act(office.ann, 'conversation.transfer', { conversationId, teamId }));
  });

  it('R-3.6 bad input: somebody unknown or deactivated enters no team; who is in one leaves it', async () => {
    for (const agentId of [randomUUID(), dora.id])
      expect(await server.act(adam, 'team.add-member', { teamId, agentId })).toMatchObject({
        code: 'not-found',
      });
    answerOf(await server.act(adam, 'agent.reactivate', { agentId: dora.id }));
    answerOf(await server.act(adam, 'team.add-member', { teamId, agentId: dora.id }));
    answerOf(await server.act(adam, 'agent.deactivate', { agentId: dora.id }));
    expect((await teamNow())?.memberIds).toEqual([dora.id]);
    answerOf(await server.act(adam, 'team.remove-member', { teamId, agentId: dora.id }));
    expect((await teamNow())?.memberIds).toEqual([]);
  });

  it('R-3.6 bad input: a name is neither empty nor endless, and nothing is half done', async () => {
    for (const name of ['', '   ', 'x'.repeat(121), 7])
      expect(await server.act(adam, 'team.change', { teamId, name })).toMatchObject({
        code: 'invalid',
      });
    expect(await teamNow()).toMatchObject({ name: 'Support', version: 1 });
  });
});

describe('R-3.2 passing on to a team', () => {
  it('R-3.2 to any team, with a note for whoever takes it; ⚙ only to those that one belongs to', async () => {
    const { inboxId } = office;
    const written = await server.act(office.visitor(), 'message.receive', { text: 'hi' });
    const { conversationId } = answerOf(written);
    const passOn = (to: string | null, note?: string) =>
      server.act(office.ann, 'conversation.transfer', { conversationId, teamId: to, note });
    answerOf(await server.act(office.ann, 'conversation.accept', { conversationId }));
    answerOf(await passOn(teamId, 'She is in a hurry'));
    const [row] = await conversations.load(sql, office.workspaceId, [String(conversationId)]);
    expect(row).toMatchObject({ inboxId, teamId, assigneeId: null, holder: 'nobody' });
    const entries = await office.pool<{ kind: string; text: string | null }[]>`
      select kind, text from timeline where conversation_id = ${String(conversationId)} order by seq`;
    expect(entries.slice(-2)).toEqual([
      { kind: 'note', text: 'She is in a hurry' },
      { kind: 'activity', text: null },
    ]);

    const own = { transferTargets: 'own-teams' };
    answerOf(await server.act(adam, 'workspace.change-settings', own));
    answerOf(await passOn(null));
    expect(await passOn(teamId)).toMatchObject({ code: 'no-target' });
    answerOf(await server.act(adam, 'team.add-member', { teamId, agentId: office.ann.id }));
    answerOf(await passOn(teamId));
    answerOf(await server.act(adam, 'workspace.change-settings', { transferTargets: 'all' }));
  });
});
