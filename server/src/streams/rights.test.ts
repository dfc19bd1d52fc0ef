import { randomUUID } from 'node:crypto';
import type { CommandInput, CommandKind } from '@deskbell/contract';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { answerOf, type Office, openOffice } from '../testing/office.ts';
import { createWorld, type World } from '../testing/world.ts';

let world: World;
/** Another server on the same database, which says nothing on the bus. */
let office: Office;
beforeAll(async () => {
  world = await createWorld();
  office = await openOffice({ url: world.database.url, drop: async () => undefined });
});
afterAll(async () => {
  await office.close();
  await world.close();
});

it('R-3.6 whose places are changed twice before their server hears of it sees what both changes bring', async () => {
  const { olga, tom, vera, support, sales, wholesale, workspaceId } = world;
  const places = [world.inbox, wholesale];
  const [inSupport, inWholesale] = await Promise.all(
    places.map(async ({ id: inboxId }) => {
      const who = { ...vera, actor: { ...vera.actor, inboxId } };
      const { answer } = await world.act(who, 'message.receive', { text: 'Hello?' });
      return String(answer.conversationId);
    }),
  );
  const desk = await world.connect(tom);
  expect(desk.texts.join()).not.toContain(inSupport);
  expect(desk.texts.join()).not.toContain(inWholesale);

  const elsewhere = office.open();
  const change = async <Kind extends CommandKind>(kind: Kind, input: CommandInput<Kind> | object) =>
    answerOf(
      await elsewhere.submit({
        ...{ workspaceId, kind, input, actor: olga.actor },
        clientId: randomUUID(),
      }),
    );
  await change('team.add-member', { teamId: support, agentId: tom.agentId });
  await change('inbox.add-team', { inboxId: wholesale.id, teamId: sales });
  // What this server commits next brings it what it missed, in one piece.
  await world.act(world.adam, 'label.create', { name: 'Next', color: '#b45309' });
  for (const id of [inSupport, inWholesale])
    await vi.waitFor(() => expect(desk.texts.join()).toContain(id), { timeout: 5_000 });
});
