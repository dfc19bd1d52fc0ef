import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { wrongsOf } from '../axe.ts';
import { Chat, Stage, WAIT } from './stage.ts';

const pages = ['', 'lamps.html', 'lamp.html', 'help.html', 'basket.html'];

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.open();
});
afterAll(() => stage?.close());

it.each(['light', 'dark'] as const)(
  'R-9.1 each page of the demo shop carries the chat, complains of nothing, and axe finds nothing, in %s',
  async (colorScheme) => {
    const context = await stage.browser.newContext({ colorScheme });
    const page = await context.newPage();
    const found: string[] = [];
    page.on('console', (message) => found.push(message.text()));
    page.on('response', (response) => {
      if (response.status() >= 400) found.push(`${response.status()} ${response.url()}`);
    });
    for (const name of pages) {
      await page.goto(`${stage.desk}/demo/${name}`);
      const chat = new Chat(page);
      await vi.waitFor(async () => expect(await chat.launcherName()).toBe('Open chat'), WAIT);
      found.push(...(await wrongsOf(page)));
    }
    expect(found).toEqual([]);
    await context.close();
  },
);

it('R-9.1 one chats on through the pages of the demo shop, in the inbox that was named', async () => {
  const context = await stage.browser.newContext();
  const { wholesale } = stage.world;
  const chat = await stage.visit(context, `${stage.desk}/demo/?inbox=${wholesale.key}`);
  await chat.open();
  await chat.write('Is the arc in stock?');
  await chat.shows('Is the arc in stock?');
  await chat.page.getByRole('link', { name: 'Lamps', exact: true }).click();
  await chat.shows('Is the arc in stock?');
  const title = (await chat.frame()).getByRole('heading', { level: 1 });
  expect(await title.textContent()).toBe('Wholesale');
  await context.close();
});
