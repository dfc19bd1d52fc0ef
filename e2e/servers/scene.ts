import type { ConversationId } from '@deskbell/contract';
import type { Page } from 'playwright-core';
import { expect } from 'vitest';
import { launchBrowser } from '../browser.ts';
import { isLive, until } from '../resume/stage.ts';
import { Chat, Site } from '../widget/stage.ts';
import { leadToReady, openStageOfThree } from './fleet.ts';
import { Load } from './load.ts';

const QUEUED = 40;
const EARLIER = 60;

export type Scene = Awaited<ReturnType<typeof openScene>>;

/**
 * Ben at his desk in three tabs and a visitor in two, behind a proxy before three servers, while others write. One tab
 * of each stays as its person has left it, in another one they write, and over one of Ben's a dialog is open.
 */
export async function openScene() {
  // Long enough for the proxy to find out.
  const { stage, fleet } = await openStageOfThree({ DRAIN_SECONDS: '1' });
  const { world, proxy } = stage;
  const { ann, ben, walt } = world;
  const leading = leadToReady(proxy, fleet);
  const browser = await launchBrowser();
  const site = await Site.open(proxy.url, world.inbox.key);
  /** How many sockets each tab has had. */
  const sockets = new Map<Page, number>();
  /** What went wrong in any of the tabs. */
  const troubles: string[] = [];

  const desks = await browser.newContext({
    baseURL: proxy.url,
    locale: 'en-GB',
    viewport: { width: 1440, height: 900 },
  });
  const visitors = await browser.newContext({ viewport: { width: 1024, height: 768 } });
  for (const context of [desks, visitors])
    context.on('page', (page) => {
      page.on('websocket', () => sockets.set(page, (sockets.get(page) ?? 0) + 1));
      page.on('pageerror', (error) => troubles.push(String(error)));
      page.on('console', (said) => {
        if (said.type() === 'error') troubles.push(said.text());
      });
    });
  await desks.addCookies([{ name: 'deskbell_session', value: ben.token, url: proxy.url }]);

  const take = async (id: string) => {
    await world.act(ben, 'conversation.accept', { conversationId: id });
    return id as ConversationId;
  };
  for (let number = 0; number < QUEUED; number += 1)
    await world.write(world.newVisitor(), `question ${number}`);
  for (let number = 0; number < EARLIER; number += 1)
    await world.write(walt, `line ${number} of a long story`);
  const leftId = await take(await world.write(walt, 'that was it'));

  const visit = async (path: string) => {
    const page = await visitors.newPage();
    await page.goto(`${site.url}${path}`);
    const chat = new Chat(page);
    await chat.open();
    return chat;
  };
  const visitor = { used: await visit('/'), left: await visit('/other') };
  await visitor.used.write('do you open on Sundays?');
  const { pool } = world.server.engine;
  const chatId = await take(
    await until(async () => {
      const [row] = await pool`
        select conversation_id as id from timeline where text = 'do you open on Sundays?'`;
      expect(row).toBeDefined();
      return row?.id as string;
    }),
  );

  const sit = async (path: string) => {
    const page = await desks.newPage();
    await page.goto(path);
    await page.getByRole('log', { name: 'Messages' }).locator('[data-message]').last().waitFor();
    return page;
  };
  const desk = {
    left: await sit(`/queue/${leftId}`),
    withDialog: await sit(`/queue/${leftId}`),
    used: await sit(`/queue/${chatId}`),
  };

  const colleague = stage.freshDesk(ann);
  await isLive(colleague);
  /** What Ben was seen as by a colleague. */
  const seenAs = new Set<string | undefined>();
  const look = () =>
    seenAs.add(colleague.store.entities.agents.get(ben.agentId as never)?.availability);
  look();
  colleague.subscribe(look);
  const load = await Load.begin(stage, { restMs: 50 });

  return {
    ...{ stage, fleet, leading, load, desks, desk, visitor, leftId, chatId },
    ...{ sockets, troubles, seenAs },
    async close() {
      await browser.close();
      await site.close();
      await leading.stop();
      await stage.close();
    },
  };
}
