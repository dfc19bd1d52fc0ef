import type { Frame } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { HOST_RULES, NamedSites } from '../widget/named.ts';
import { Chat, WAIT } from '../widget/stage.ts';
import { type Desk, Stage } from './stage.ts';

let stage: Stage;
let sites: NamedSites;
beforeAll(async () => {
  stage = await Stage.open({ browser: { args: [`--host-resolver-rules=${HOST_RULES}`] } });
  sites = await NamedSites.open(stage.world.url, stage.world.inbox.key);
});
afterAll(async () => {
  await sites?.close();
  await stage?.close();
});

const openTopic = (topic: string, who = stage.world.olga): Promise<Desk> =>
  stage.desk(who, { path: `/settings/inboxes/${stage.world.inbox.id}/${topic}` });

/** The chat within the preview's widget. */
async function previewOf({ page }: Desk): Promise<Frame> {
  const isChat = (frame: Frame) => frame.url().includes('/widget/frame.html');
  await vi.waitFor(() => expect(page.frames().some(isChat)).toBe(true), WAIT);
  return page.frames().find(isChat) as Frame;
}

const inboxNow = async () => {
  const answer = await stage.world.request(stage.world.olga, '/inboxes');
  const { inboxes } = (await answer.json()) as { inboxes: Record<string, unknown>[] };
  return inboxes.find(({ id }) => id === stage.world.inbox.id);
};

test('R-9.2 looks save themselves, and open widgets and desks follow at once', async () => {
  const context = await stage.browser.newContext();
  const page = await context.newPage();
  await page.goto(sites.at('localhost'));
  const chat = new Chat(page);
  await chat.open();
  const title = (await chat.frame()).getByRole('heading', { level: 1 });

  const [olga, adam] = await Promise.all([openTopic('look'), openTopic('look', stage.world.adam)]);
  await olga.page.getByLabel('Name', { exact: true }).fill('Corner shop');
  await olga.page.getByRole('radio', { name: 'Petrol' }).check();
  await olga.page.getByText('Saved', { exact: true }).waitFor();
  await vi.waitFor(async () => expect(await title.textContent()).toBe('Corner shop'), WAIT);
  const fill = () =>
    page.evaluate(() => document.querySelector<HTMLElement>('deskbell-chat')?.style.cssText);
  await vi.waitFor(async () => expect(await fill()).toContain('#0e7490'), WAIT);
  await adam.page.getByLabel('Name', { exact: true }).waitFor();
  expect(await adam.page.getByLabel('Name', { exact: true }).inputValue()).toBe('Corner shop');

  await olga.page.getByRole('radio', { name: 'Left' }).check();
  await olga.page.getByRole('slider').fill('40');
  await olga.page.getByRole('radio', { name: 'With a word' }).check();
  await olga.page.getByLabel('Word in English').fill('Ask us');
  await vi.waitFor(async () => expect(await fill()).toContain('40px auto'), WAIT);
  await page.keyboard.press('Escape');
  await vi.waitFor(async () => expect(await chat.launcherName()).toBe('Ask us: Open chat'), WAIT);
  await context.close();
});

test('R-9.2 the preview is the widget itself, with what is being typed', async () => {
  const olga = await openTopic('words');
  const preview = await previewOf(olga);
  await olga.page.getByLabel('Greeting').fill('Good **morning**!');
  await preview.getByText('morning').waitFor();
  await olga.page.getByLabel('Heading').fill('Hi there');
  await preview.getByText('Hi there').waitFor();
  await olga.page.getByRole('button', { name: 'Away' }).click();
  await olga.page.getByLabel('While nobody is there').fill('Back at nine');
  await preview.getByText('Back at nine').first().waitFor();
  const field = preview.getByRole('textbox');
  await field.fill('Trying it');
  await field.press('Enter');
  await preview.getByText('Trying it').waitFor();
  await olga.page.getByText('Saved', { exact: true }).waitFor();
  expect(await inboxNow()).toMatchObject({
    greeting: 'Good **morning**!',
    look: { texts: { en: { heading: 'Hi there', offline: 'Back at nine' } } },
  });
  const { pool } = stage.world.server.engine;
  const [row] = await pool`select count(*)::int as count from timeline where text = 'Trying it'`;
  expect(row?.count).toBe(0);
});

test('R-9.2 what cannot be is said where it stands, and nothing of it is kept', async () => {
  const olga = await openTopic('look');
  const before = await inboxNow();
  await olga.page.getByLabel('Name', { exact: true }).fill(' ');
  await olga.page.getByLabel('Code').fill('greenish');
  await olga.page.getByText('That is not a colour').waitFor();
  expect(await olga.page.locator('[aria-invalid=true]').count()).toBe(2);
  await olga.page.goto(`/settings/inboxes/${stage.world.inbox.id}/words`);
  await olga.page.getByLabel('Greeting').fill('x'.repeat(503));
  await olga.page.getByText('3 characters too many').waitFor();
  // Something else is saved beside it, so what was wrong had its time too.
  await olga.page.getByLabel('Heading').fill('Hello again');
  await olga.page.getByText('Saved', { exact: true }).waitFor();
  expect(await inboxNow()).toMatchObject({
    name: before?.name,
    color: before?.color,
    greeting: before?.greeting,
    look: { texts: { en: { heading: 'Hello again' } } },
  });
});

test('R-9.2 the settings say where the widget was seen, and ask before they take it away', async () => {
  const olga = await openTopic('site');
  await olga.page.getByText(/No page has shown|is seen on your site/).waitFor();
  const context = await stage.browser.newContext();
  const page = await context.newPage();
  const said: string[] = [];
  page.on('console', (message) => said.push(message.text()));
  await page.goto(sites.at('shop.example'));
  const chat = new Chat(page);
  // Its launcher may stand anywhere.
  await page.evaluate(() => (window as unknown as { Deskbell: { open(): void } }).Deskbell.open());
  await (await chat.field()).waitFor();
  await olga.page.getByText(`http://shop.example:${sites.port}`).waitFor();
  await olga.page.getByText('The widget is seen on your site.').waitFor();

  await olga.page.getByRole('link', { name: 'Domains' }).first().click();
  const add = async (domain: string) => {
    await olga.page.getByLabel('Add a domain').fill(domain);
    await olga.page.getByRole('button', { name: 'Add', exact: true }).click();
  };
  await add('no domain');
  await olga.page.getByText('“no domain” is not a domain').waitFor();
  await add('localhost');
  await olga.page.getByText('would lock every visitor out').waitFor();
  await olga.page.getByText(`http://shop.example:${sites.port}`).waitFor();
  await add('https://Other.example/page');
  const dialog = olga.page.getByRole('dialog');
  await dialog.getByText(`http://shop.example:${sites.port}`).waitFor();
  await dialog.getByRole('button', { name: 'Leave it as it was' }).click();
  expect(await inboxNow()).toMatchObject({ domains: [] });

  await add('*.example');
  await olga.page.getByText('“*.example” is not a domain').waitFor();
  await add('shop.example');
  await olga.page.getByRole('button', { name: 'Remove shop.example' }).waitFor();
  await add('other.example');
  await olga.page.getByRole('button', { name: 'Remove other.example' }).waitFor();
  await olga.page.getByRole('button', { name: 'Remove shop.example' }).click();
  await dialog.getByRole('button', { name: 'Lock it out' }).click();
  // At once, on the page that is open.
  await (await chat.frame()).getByText('not available at the moment').waitFor();
  await vi.waitFor(() => expect(said.join()).toContain('is not among the domains'), WAIT);
  await page.reload();
  await olga.page.getByText('Refused: not among the domains').waitFor();
  expect(await inboxNow()).toMatchObject({ domains: ['other.example'] });
  await olga.page.getByRole('button', { name: 'Remove other.example' }).click();
  await olga.page.getByText('Every site: the list is empty.').waitFor();
  await context.close();
});

test('R-9.2 settings are found by what people call them', async () => {
  const { page } = await stage.desk(stage.world.olga, { path: '/settings/inboxes' });
  await page.getByRole('searchbox', { name: 'Search settings' }).fill('wholesale colour');
  await page.getByRole('link', { name: /Looks/ }).click();
  await page.getByRole('heading', { level: 1, name: 'Looks' }).waitFor();
  expect(await page.getByLabel('Name', { exact: true }).inputValue()).toBe('Wholesale');
});

test('R-9.2 who serves an inbox is switched, and others see it', async () => {
  const [olga, adam] = await Promise.all([
    openTopic('members'),
    openTopic('members', stage.world.adam),
  ]);
  await adam.page.getByRole('switch', { name: 'Cara' }).click();
  await olga.page.getByRole('switch', { name: 'Cara', checked: true }).waitFor();
});
