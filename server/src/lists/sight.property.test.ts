import { randomUUID } from 'node:crypto';
import { type SightFacts, sees, sightOf, usualQuery } from '@deskbell/contract';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { agents } from '../accounts/index.ts';
import { conversations } from '../conversations/index.ts';
import { loadInboxes } from '../inboxes/index.ts';
import { SYSTEM } from '../platform/pipeline/command.ts';
import type { Queries } from '../platform/store/connect.ts';
import { loadTeams } from '../teams/index.ts';
import { answerOf, type Office, type OfficeServer, openOffice } from '../testing/office.ts';
import { readList } from './page.sql.ts';

let office: Office;
let server: OfficeServer;
let sql: Queries;
const susan = { kind: 'agent' as const, id: randomUUID() };
beforeAll(async () => {
  office = await openOffice();
  server = office.open();
  sql = office.pool as unknown as Queries;
  const person = { userId: randomUUID(), name: 'Susan', email: 'susan@example.org' };
  answerOf(await server.act(SYSTEM, 'agent.add', { agentId: susan.id, role: 'owner', ...person }));
});
afterAll(() => office.close());

const step = fc.record({
  kind: fc.constantFrom(
    ...(['team.add-member', 'team.remove-member', 'inbox.add-team', 'inbox.remove-team'] as const),
    ...(['inbox.add-member', 'inbox.remove-member', 'team.delete'] as const),
    ...(['conversation.transfer', 'conversation.transfer', 'conversation.accept'] as const),
    ...(['conversation.add-participant', 'conversation.leave', 'conversation.close'] as const),
  ),
  who: fc.nat({ max: 2 }),
  team: fc.nat({ max: 2 }),
  inbox: fc.nat({ max: 1 }),
  conversation: fc.nat({ max: 3 }),
});
type Step = typeof step extends fc.Arbitrary<infer Each> ? Each : never;

interface Setting {
  inboxIds: string[];
  teamIds: string[];
  conversationIds: string[];
}

/** Two inboxes with two conversations each, of which Ann and Ben serve one, and two teams. */
async function settingAnew(): Promise<Setting> {
  const owner = susan;
  const [inboxIds, teamIds, conversationIds]: string[][] = [[], [], []];
  for (const name of ['Shop', 'Wholesale'])
    inboxIds?.push(String(answerOf(await server.act(owner, 'inbox.create', { name })).inboxId));
  for (const name of ['Support', 'Sales'])
    teamIds?.push(String(answerOf(await server.act(owner, 'team.create', { name })).teamId));
  for (const inboxId of inboxIds ?? [])
    for (const text of ['one', 'two']) {
      const visitor = { ...office.visitor(), inboxId };
      const answer = answerOf(await server.act(visitor, 'message.receive', { text }));
      conversationIds?.push(String(answer.conversationId));
    }
  return {
    inboxIds: inboxIds ?? [],
    teamIds: teamIds ?? [],
    conversationIds: conversationIds ?? [],
  };
}

/** What is refused is part of a history as well. */
async function take({ kind, ...at }: Step, setting: Setting): Promise<void> {
  const person = [office.ann, office.ben, susan][at.who] ?? susan;
  const ids = {
    agentId: person.id,
    inboxId: setting.inboxIds[at.inbox],
    teamId: setting.teamIds[at.team] ?? null,
    conversationId: setting.conversationIds[at.conversation],
  };
  const { agentId, inboxId, teamId, conversationId } = ids;
  switch (kind) {
    case 'team.add-member':
    case 'team.remove-member':
      await server.act(susan, kind, { teamId, agentId });
      return;
    case 'inbox.add-team':
    case 'inbox.remove-team':
      await server.act(susan, kind, { inboxId, teamId });
      return;
    case 'inbox.add-member':
    case 'inbox.remove-member':
      await server.act(susan, kind, { inboxId, agentId });
      return;
    case 'team.delete':
      // Rarely, or there is nothing left to look at.
      if (at.conversation === 0) await server.act(susan, kind, { teamId });
      return;
    case 'conversation.transfer':
      await server.act(susan, kind, { conversationId, teamId });
      return;
    case 'conversation.add-participant':
      await server.act(susan, kind, { conversationId, agentId });
      return;
    default:
      await server.act(person, kind, { conversationId });
  }
}

describe('R-3.6 who sees what', () => {
  it('R-3.6 after any history the lists of the database and the door to each conversation say what the pure rule says', async () => {
    const seen = { yes: 0, no: 0 };
    const property = fc.asyncProperty(
      fc.array(step, { maxLength: 25, size: 'max' }),
      async (history) => {
        const setting = await settingAnew();
        for (const each of history) await take(each, setting);
        const places = {
          inboxes: await loadInboxes(sql, office.workspaceId),
          teams: await loadTeams(sql, office.workspaceId),
        };
        const rows = await conversations.load(sql, office.workspaceId, setting.conversationIds);
        expect(rows).toHaveLength(4);
        for (const { id } of [office.ann, office.ben, susan]) {
          const [agent] = await agents.load(sql, office.workspaceId, [id]);
          if (!agent) throw new Error('everybody stays');
          const sight = sightOf(agent, places);
          const listed = new Set<string>();
          for (const list of ['open', 'pending', 'closed'] as const)
            for (const row of await readList(sql, office.workspaceId, {
              ...usualQuery(list),
              sight,
              limit: 10_000,
            }))
              listed.add(row.id);
          for (const row of rows) {
            const isSeen = sees(sight, row as SightFacts);
            seen[isSeen ? 'yes' : 'no'] += 1;
            expect(listed.has(row.id)).toBe(isSeen);
            const note = { conversationId: row.id, text: 'seen' };
            const answer = await server.act({ kind: 'agent', id }, 'note.add', note);
            expect('code' in answer ? answer.code : 'seen').toBe(isSeen ? 'seen' : 'not-found');
          }
        }
      },
    );
    await fc.assert(property, { numRuns: 40 });
    // Neither answer is the only one that came.
    expect(Math.min(seen.yes, seen.no)).toBeGreaterThan(20);
  }, 60_000);
});
