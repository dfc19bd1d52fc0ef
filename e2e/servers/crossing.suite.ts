import type { AgentId, Availability, ConversationId } from '@deskbell/contract';
import {
  type AgentClient,
  type ContactClient,
  createAgentClient,
  createContactClient,
} from '@deskbell/sdk';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { turnClock } from '../../server/src/testing/clock.ts';
import { PASSWORD } from '../../server/src/testing/world.ts';
import { isLive, type Stage, shown, shownTo, until } from '../resume/stage.ts';
import type { Fleet } from './fleet.ts';

const HOUR = 3_600_000;

const backoff = { firstMs: 20, limitMs: 50 };

/** What crosses from server to server. `breakBus`: nothing gets through until what it returns is called. */
export function crossingSuite(
  openStage: () => Promise<{ stage: Stage; fleet: Fleet }>,
  breakBus: (stage: Stage, fleet: Fleet) => Promise<() => Promise<void>>,
): void {
  let stage: Stage;
  let fleet: Fleet;
  let id: ConversationId;
  /** Ann at two servers, Ben at the third; Vera at the second. */
  let ann: AgentClient;
  let phone: AgentClient;
  let ben: AgentClient;
  let vera: ContactClient;
  const clients: { stop(): void }[] = [];

  beforeAll(async () => {
    ({ stage, fleet } = await openStage());
    const [first, second, third] = fleet.urls as [string, string, string];
    const { world } = stage;
    id = await stage.conversation('hello');
    const desk = (baseUrl: string, token: string) => createAgentClient({ baseUrl, token, backoff });
    ann = desk(first, world.ann.token);
    phone = desk(second, world.ann.token);
    ben = desk(third, world.ben.token);
    const { inboxKey: inbox, token } = world.vera;
    vera = createContactClient({ baseUrl: second, inbox, token, backoff });
    clients.push(ann, phone, ben, vera);
    for (const each of [ann, phone, ben]) each.watch(id);
    for (const each of [ann, phone, ben])
      await until(() => expect(each.store.timeline(id).isComplete).toBe(true));
    await isLive(vera);
  });
  afterAll(async () => {
    for (const client of clients) client.stop();
    await stage.close();
  });

  test('R-5.3 typing, both ways', async () => {
    vera.setTyping(true);
    for (const desk of [ann, ben])
      await until(() => expect(desk.store.typing(id)).toMatchObject([{ kind: 'contact' }]));
    vera.setTyping(false);
    for (const desk of [ann, ben]) await until(() => expect(desk.store.typing(id)).toEqual([]));
    ann.setTyping(id, true);
    await until(() => expect(vera.store.view.isAgentTyping).toBe(true));
    await until(() => expect(ben.store.typing(id)).toMatchObject([{ kind: 'agent' }]));
    ann.setTyping(id, false);
    await until(() => expect(vera.store.view.isAgentTyping).toBe(false));
  });

  test('R-5.2 messages, and how far each side has read them', async () => {
    await vera.sendMessage('are you there?');
    for (const desk of [ann, phone, ben])
      await until(() => expect(shown(desk, id)).toEqual(['hello', 'are you there?']));
    await until(() => expect(phone.store.unread(id)).toBeGreaterThan(0));
    // The card may come a little after the timeline; what is read is counted by it.
    const last = ann.store.timeline(id).items.at(-1);
    const seq = last?.state === 'stored' ? last.entry.seq : -1;
    await until(() => expect(ann.store.entities.conversations.get(id)?.version).toBe(seq));
    ann.markRead(id);
    await until(() => expect(phone.store.unread(id)).toBe(0));
    await until(() => expect(vera.store.view.receipt?.oursRead).toBe(seq));
    await ann.send('message.send', { conversationId: id, text: 'I am' });
    await until(() => expect(shownTo(vera)).toEqual(['hello', 'are you there?', 'I am']));
    vera.markRead();
    for (const desk of [ann, ben])
      await until(() =>
        expect(desk.store.entities.receipts.get(id)?.contactRead).toBeGreaterThan(seq),
      );
  });

  test('R-5.1 a draft, to the other device of the same agent alone', async () => {
    const long = 'ü'.repeat(9_000);
    ann.saveDraft(id, long);
    await until(() => expect(phone.store.entities.drafts.get(id)?.text).toBe(long));
    expect(ben.store.entities.drafts.get(id)).toBeUndefined();
  });

  test('the bus gone and back: messages cross meanwhile, health says so, and typing crosses again', async () => {
    const mend = await breakBus(stage, fleet);
    await until(async () =>
      expect(
        (await Promise.all(fleet.servers.map((each) => each.health()))).map((each) => each.bus),
      ).toEqual(['down', 'down', 'down']),
    );
    await vera.sendMessage('without a bus');
    for (const desk of [ann, ben])
      await until(() => expect(shown(desk, id).at(-1)).toBe('without a bus'));
    await mend();
    await fleet.knowEachOther(4);
    vera.setTyping(true);
    for (const desk of [ann, ben])
      await until(() => expect(desk.store.typing(id)).toMatchObject([{ kind: 'contact' }]));
  });

  test('R-1.3, R-18.3 a setting changed at one server holds at all, for timers that run already too', async () => {
    const { world } = stage;
    await ann.send('conversation.mark-pending', { conversationId: id });
    await turnClock(world.server.engine.pool, world.workspaceId, 2 * HOUR);
    const change = async (at: string | undefined, settings: object) => {
      const response = await fetch(`${at}/api/v1/workspace/settings`, {
        method: 'PATCH',
        headers: {
          'content-type': 'application/json',
          authorization: `Bearer ${world.olga.token}`,
        },
        body: JSON.stringify(settings),
      });
      expect(response.status).toBe(200);
    };
    const status = (desk: AgentClient) => desk.store.entities.conversations.get(id)?.status;
    for (const desk of [ann, phone, ben]) await until(() => expect(status(desk)).toBe('pending'));
    await change(fleet.urls[2], { pendingTimeoutMs: HOUR });
    for (const desk of [ann, phone, ben]) {
      const settings = () => desk.store.entities.workspaces.all()[0]?.settings;
      await until(() => expect(settings()?.pendingTimeoutMs).toBe(HOUR));
      await until(() => expect(status(desk)).toBe('closed'));
    }
  });

  test('R-4.3 who is there', async () => {
    const set = (desk: AgentClient, availability: Availability) =>
      desk.send('agent.set-availability', { availability, conversations: 'keep' });
    const show = async (who: { agentId: string }, availability: Availability) => {
      for (const desk of [ann, phone, ben])
        await until(() =>
          expect(desk.store.entities.agents.get(who.agentId as AgentId)).toMatchObject({
            availability,
          }),
        );
    };
    const { world } = stage;
    await world.act(world.tess, 'agent.set-availability', { availability: 'offline' });
    expect(vera.store.site?.isOnline).toBe(true);
    await set(ben, 'away');
    await show(world.ben, 'away');
    expect(vera.store.site?.isOnline).toBe(true);
    // One switch, whichever of their desks it is turned at.
    await set(phone, 'offline');
    await show(world.ann, 'offline');
    await until(() => expect(vera.store.site?.isOnline).toBe(false));
    await set(ann, 'online');
    await until(() => expect(vera.store.site?.isOnline).toBe(true));
  });

  test('R-4.1 desks at any server keep their agent online, and signing out at one counts the others', async () => {
    const { world } = stage;
    const { pool } = world.server.engine;
    const [first] = fleet.urls;
    const signIn = await fetch(`${first}/api/v1/sign-in`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ email: world.ann.email, password: PASSWORD }),
    });
    const { token } = (await signIn.json()) as { token: string };
    const signOut = (session: string) =>
      fetch(`${first}/api/v1/sign-out`, {
        method: 'POST',
        headers: { cookie: `deskbell_session=${session}` },
      });
    const shown = () => ben.store.entities.agents.get(world.ann.agentId as AgentId)?.availability;
    expect(await signOut(token)).toMatchObject({ status: 204 });
    expect(shown()).toBe('online');
    // Both desks are of this session, one at another server than the one that is asked.
    const desks = await pool`select from desk_connections where agent_id = ${world.ann.agentId}`;
    expect(desks).toHaveLength(2);
    expect(await signOut(world.ann.token)).toMatchObject({ status: 204 });
    await until(() => expect(shown()).toBe('offline'));
  });
}
