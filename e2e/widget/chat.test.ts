import type { BrowserContext } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import { SYSTEM } from '../../server/src/platform/pipeline/command.ts';
import { turnClock } from '../../server/src/testing/clock.ts';
import { pictures } from '../../server/src/testing/pictures.ts';
import type { Person } from '../../server/src/testing/world.ts';
import { strictPolicy } from './named.ts';
import { Chat, type Site, Stage, WAIT } from './stage.ts';

declare global {
  interface Window {
    Deskbell?: { open(): void; close(): void };
    unread?: Promise<number>;
  }
}

let stage: Stage;
let site: Site;
let context: BrowserContext;

beforeAll(async () => {
  stage = await Stage.open();
  site = await stage.site();
});
afterAll(() => stage?.close());
beforeEach(async () => {
  await stage.forgetConversations();
  context = await stage.browser.newContext();
});
afterEach(async () => {
  stage.online();
  await context.close();
});

it('R-1.2, R-9.1 a first message begins a conversation, and the answer comes at once', async () => {
  const chat = await stage.visit(context, site.url);
  await chat.open();
  await chat.write('Do you ship to Norway?');
  await chat.shows('Do you ship to Norway?');
  await vi.waitFor(
    async () => expect(await stage.stored()).toEqual(['Do you ship to Norway?']),
    WAIT,
  );

  const id = await stage.accepted('Do you ship to Norway?');
  await stage.answer(id, 'We do.');

  await chat.shows('Do you ship to Norway?', 'We do.');
  const frame = await chat.frame();
  expect(await frame.getByRole('heading', { level: 1 }).textContent()).toBe('Ann');
  expect(await frame.getByText('Ann joined the chat').count()).toBe(1);
});

it('R-5.3 R-5.2 typing shows, and so does that it was read', async () => {
  const chat = await stage.visit(context, site.url);
  await chat.open();
  await chat.write('Hello?');
  const frame = await chat.frame();
  await frame.getByText('Sent').waitFor();
  const conversationId = await stage.accepted('Hello?');
  const desk = await stage.world.connect(stage.world.ann);

  desk.send({ t: 'typing', conversationId, isTyping: true });
  await frame.getByRole('status', { name: 'Ann is typing' }).waitFor();
  desk.send({ t: 'read', conversationId, seq: 99 });
  await frame.getByText('Read', { exact: false }).first().waitFor();

  desk.send({ t: 'watch', conversationId, after: null });
  await (await chat.field()).pressSequentially('Yes');
  await desk.next('typing', ({ by, isTyping }) => by.kind === 'contact' && isTyping);
  desk.close();
});

it('R-9.4 reload and page change keep the chat, open as it was, with what was being written', async () => {
  const chat = await stage.visit(context, site.url);
  await chat.open();
  await chat.write('Hello');
  await chat.shows('Hello');
  await (await chat.field()).fill('half a sent');
  await vi.waitFor(async () => {
    const kept = await chat.page.evaluate(() => JSON.stringify({ ...localStorage }));
    expect(kept).toContain('half a sent');
  }, WAIT);

  await chat.page.reload();
  await chat.shows('Hello');
  expect(await (await chat.field()).inputValue()).toBe('half a sent');

  await chat.page.goto(`${site.url}/other`);
  await chat.shows('Hello');
});

it('R-9.4 two tabs are in step', async () => {
  const one = await stage.visit(context, site.url);
  const other = await stage.visit(context, `${site.url}/other`);
  await one.open();
  await other.open();

  await one.write('from one');
  await other.shows('from one');
  await other.write('from the other');

  await one.shows('from one', 'from the other');
  await other.shows('from one', 'from the other');
  await vi.waitFor(
    async () => expect(await stage.stored()).toEqual(['from one', 'from the other']),
    WAIT,
  );
  expect(await stage.conversations()).toBe(1);
});

it('R-9.4 two tabs that open at the same moment are one visitor', async () => {
  const chats = await Promise.all([
    stage.visit(context, site.url),
    stage.visit(context, `${site.url}/other`),
  ]);
  for (const chat of chats) await chat.open();
  await Promise.all(chats.map((chat, i) => chat.write(`tab ${i}`)));
  await vi.waitFor(async () => expect(await stage.stored()).toHaveLength(2), WAIT);
  expect(await stage.conversations()).toBe(1);
});

it('R-9.4 what was written without a connection is sent later, once and in order', async () => {
  const chat = await stage.visit(context, site.url);
  await chat.open();
  await chat.write('one');
  await chat.shows('one');
  await vi.waitFor(async () => expect(await stage.stored()).toEqual(['one']), WAIT);

  stage.offline();
  await (await chat.frame()).getByText('No connection').waitFor();
  await chat.write('two');
  await chat.write('three');
  await chat.shows('one', 'two', 'three');
  expect(await stage.stored()).toEqual(['one']);

  stage.online();
  await vi.waitFor(async () => expect(await stage.stored()).toEqual(['one', 'two', 'three']), {
    ...WAIT,
    timeout: 40_000,
  });
  await chat.shows('one', 'two', 'three');
});

it('R-9.4 what a closed tab could not send, the next page sends without being opened', async () => {
  const chat = await stage.visit(context, site.url);
  await chat.open();
  stage.offline();
  await chat.write('Anybody there?');
  await chat.shows('Anybody there?');
  await vi.waitFor(async () => {
    const kept = await chat.page.evaluate(() => JSON.stringify({ ...localStorage }));
    expect(kept).toContain('Anybody there?');
  }, WAIT);
  await chat.page.close();
  stage.online();

  await stage.visit(context, `${site.url}/other`);

  await vi.waitFor(async () => expect(await stage.stored()).toEqual(['Anybody there?']), WAIT);
});

it('R-9.1 the badge counts what was not read, and opening the chat settles it', async () => {
  const chat = await stage.visit(context, site.url);
  await chat.open();
  await chat.write('Hello');
  await (await chat.frame()).getByText('Sent').waitFor();
  const id = await stage.accepted('Hello');
  await chat.page.keyboard.press('Escape');
  await stage.answer(id, 'one');
  await stage.answer(id, 'two');
  await vi.waitFor(async () => expect(await chat.launcherName()).toBe('Open chat, 2 unread'), WAIT);

  // Also on the next page, where the chat itself isn't loaded.
  await chat.page.goto(`${site.url}/other`);
  await vi.waitFor(async () => expect(await chat.launcherName()).toBe('Open chat, 2 unread'), WAIT);
  expect(chat.page.frames()).toHaveLength(1);

  const isRead = chat.page.evaluate(
    () =>
      new Promise<number>((resolve) =>
        addEventListener('deskbell:unread', (event) =>
          resolve((event as CustomEvent<number>).detail),
        ),
      ),
  );
  await chat.open();
  await chat.shows('Hello', 'one', 'two');
  await (await chat.frame()).getByText('New', { exact: true }).waitFor();
  expect(await isRead).toBe(0);
  await chat.page.keyboard.press('Escape');
  await vi.waitFor(async () => expect(await chat.launcherName()).toBe('Open chat'), WAIT);
});

it('R-1.4, R-1.8, R-9.1 the visitor ends the chat after a question, and writing again begins another', async () => {
  const chat = await stage.visit(context, site.url);
  await chat.open();
  await chat.write('Hello');
  const frame = await chat.frame();
  await frame.getByText('Sent').waitFor();

  await chat.choose('End chat');
  await frame.getByRole('alertdialog', { name: 'End this chat?' }).waitFor();
  await chat.page.keyboard.press('Escape');
  await frame.getByRole('alertdialog').waitFor({ state: 'detached' });
  await chat.choose('End chat');
  await frame.getByRole('alertdialog').getByRole('button', { name: 'End chat' }).click();
  await frame.getByText('You ended this chat').waitFor();

  await chat.write('One more thing');
  await chat.shows('One more thing');
  await vi.waitFor(async () => expect(await stage.conversations()).toBe(2), WAIT);

  await chat.choose('Earlier chats');
  await frame.getByRole('button', { name: /Your chat with us/ }).click();
  await chat.shows('Hello');
});

it('R-1.8 earlier chats stand by who answered, the newest first, are read whole, and lead back to the one that goes on', async () => {
  const { world } = stage;
  const { adam, ann } = world;
  await world.act(adam, 'workspace.change-settings', { reopenWithinMs: 0 });
  const chat = await stage.visit(context, site.url);
  await chat.open();
  await chat.write('About boots');
  const conversationId = await stage.accepted('About boots');
  await stage.answer(conversationId, 'They fit');
  await chat.shows('About boots', 'They fit');
  await world.act(ann, 'conversation.close', { conversationId });
  const frame = await chat.frame();
  await frame.getByText('This chat has ended').waitFor();
  await chat.write('About hats');
  await chat.shows('About hats');
  await vi.waitFor(async () => expect(await stage.conversations()).toBe(2), WAIT);
  await chat.choose('End chat');
  await frame.getByRole('alertdialog').getByRole('button', { name: 'End chat' }).click();
  await frame.getByText('You ended this chat').waitFor();
  await chat.write('About gloves');
  await vi.waitFor(async () => expect(await stage.conversations()).toBe(3), WAIT);

  await chat.page.reload();
  await chat.shows('About gloves');
  await chat.choose('Earlier chats');
  const again = await chat.frame();
  const earlier = again.getByRole('listitem').getByRole('button');
  await earlier.filter({ hasText: 'Chat with Ann' }).waitFor();
  const heads = await earlier.locator('strong').allInnerTexts();
  expect(heads).toEqual(['Your chat with us', 'Chat with Ann']);
  await earlier.filter({ hasText: 'Chat with Ann' }).click();
  await chat.shows('About boots', 'They fit');
  await again.getByRole('button', { name: 'Earlier chats' }).click();
  await earlier.filter({ hasText: 'Your chat with us' }).click();
  await chat.shows('About hats');
  await again.getByRole('button', { name: 'Earlier chats' }).click();
  await again.getByRole('button', { name: 'Back' }).click();
  await chat.shows('About gloves');
  await world.act(adam, 'workspace.change-settings', { reopenWithinMs: 30 * 60_000 });
});

it('R-9.1 a long conversation is read backwards without end', async () => {
  const chat = await stage.visit(context, site.url);
  await chat.open();
  await chat.write('Hello');
  await (await chat.frame()).getByText('Sent').waitFor();
  const id = await stage.accepted('Hello');
  for (let i = 1; i <= 120; i++) await stage.answer(id, `Message ${i}`);
  await chat.page.reload();
  const frame = await chat.frame();
  await frame.getByText('Message 120').waitFor();
  expect((await chat.messages()).length).toBeLessThan(60);

  await vi.waitFor(async () => {
    await frame.locator('.scroll').evaluate((box) => box.scrollTo({ top: 0 }));
    expect((await chat.messages())[0]).toBe('Hello');
  }, WAIT);
  const shown = await chat.messages();
  expect(shown).toEqual(['Hello', ...Array.from({ length: 120 }, (_, i) => `Message ${i + 1}`)]);
});

it('R-9.1 the whole chat is done by keyboard, and Escape gives focus back', async () => {
  const chat = await stage.visit(context, site.url);
  const { page } = chat;
  await vi.waitFor(async () => expect(await chat.launcherName()).toBe('Open chat'), WAIT);
  await page.keyboard.press('Tab');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Enter');
  const frame = await chat.frame();
  await vi.waitFor(async () => expect(await focused()).toBe('Message'), WAIT);
  await page.keyboard.type('By keyboard');
  await page.keyboard.press('Enter');
  await chat.shows('By keyboard');

  const stops = new Set<string>();
  for (let i = 0; i < 12; i++) {
    await page.keyboard.press('Tab');
    stops.add(await focused());
  }
  expect([...stops].sort()).toEqual(['Close chat', 'Emoji', 'Message', 'Messages', 'More']);

  await page.keyboard.press('Escape');
  await vi.waitFor(async () => expect(await chat.launcherName()).toBe('Open chat'), WAIT);
  expect(await page.evaluate(() => document.activeElement?.localName)).toBe('deskbell-chat');
  await page.keyboard.press('Enter');
  await vi.waitFor(async () => expect(await chat.launcherName()).toBe('Close chat'), WAIT);

  function focused(): Promise<string> {
    return frame.evaluate(() => document.activeElement?.getAttribute('aria-label') ?? '');
  }
});

it('R-9.1 emoji are picked by arrow keys, and go where the text was', async () => {
  const chat = await stage.visit(context, site.url);
  await chat.open();
  const field = await chat.field();
  await field.fill('Thanks ');
  await (await chat.frame()).getByRole('button', { name: 'Emoji' }).focus();
  const keys = ['Enter', 'ArrowDown', 'ArrowRight', 'ArrowUp', 'Enter', 'Escape'];
  for (const key of keys) await chat.page.keyboard.press(key);
  expect(await field.inputValue()).toBe('Thanks 😃');
  await chat.page.keyboard.press('Enter');
  await chat.shows('Thanks 😃');
});

it('R-5.1 what somebody writes never becomes HTML', async () => {
  const chat = await stage.visit(context, site.url);
  await chat.open();
  await chat.write(
    '<img src=x onerror=alert(1)> **bold** [x](javascript:alert(1)) https://a.example',
  );
  const frame = await chat.frame();
  await frame.locator('.bubble strong').waitFor();
  expect(await frame.locator('.bubble img').count()).toBe(0);
  const links = await frame
    .locator('.bubble a')
    .evaluateAll((all) => all.map((each) => [each.getAttribute('href'), each.getAttribute('rel')]));
  expect(links).toEqual([['https://a.example', 'noopener noreferrer nofollow']]);
});

it('R-9.4 a tab that slept shows what was written meanwhile', async () => {
  const chat = await stage.visit(context, site.url);
  await chat.open();
  await chat.write('Good night');
  await (await chat.frame()).getByText('Sent').waitFor();
  const id = await stage.accepted('Good night');
  const session = await context.newCDPSession(chat.page);
  await session.send('Page.setWebLifecycleState', { state: 'frozen' });
  stage.offline();
  await stage.answer(id, 'Good morning');
  stage.online();
  await session.send('Page.setWebLifecycleState', { state: 'active' });
  await chat.shows('Good night', 'Good morning');
});

it('R-5.2 a message that was refused says so, and is sent when asked again', async () => {
  const chat = await stage.visit(context, site.url);
  await vi.waitFor(async () => expect(await chat.launcherName()).toBe('Open chat'), WAIT);
  await chat.page.evaluate(() => {
    const prefix = Object.keys(localStorage)
      .find((key) => key.endsWith('token'))
      ?.slice(0, -5);
    const clientId = '01999999-0000-7000-8000-000000000001';
    const item = {
      clientId,
      kind: 'message.receive',
      input: { text: 'Second try' },
      createdAt: Date.now(),
      state: 'failed',
      refusal: { code: 'failed', detail: '' },
    };
    localStorage[`${prefix}out:${clientId}`] = JSON.stringify(item);
  });
  await chat.page.reload();
  await chat.open();
  const frame = await chat.frame();
  await frame.getByText('Not sent').waitFor();
  expect(await stage.stored()).toEqual([]);
  await frame.getByRole('button', { name: 'Try again' }).click();
  await frame.getByText('Sent').waitFor();
  expect(await stage.stored()).toEqual(['Second try']);
});

it('R-5.1 what was being written outlives the question whether to end', async () => {
  const chat = await stage.visit(context, site.url);
  await chat.open();
  await chat.write('Hello');
  const frame = await chat.frame();
  await frame.getByText('Sent').waitFor();
  await (await chat.field()).fill('half');
  await chat.choose('End chat');
  await frame.getByRole('button', { name: 'Keep chatting' }).click();
  expect(await (await chat.field()).inputValue()).toBe('half');
});

it('R-9.1 no style of the page reaches the chat, and a swapped body leaves it standing', async () => {
  const hostile = await stage.site({
    css: 'body *, deskbell-chat, button, iframe, div { display: none !important; opacity: 0 !important; transform: scale(0) !important; position: static !important }',
  });
  const chat = await stage.visit(context, hostile.url);
  await chat.open();
  await chat.write('Still here');
  await chat.shows('Still here');
  await chat.page.evaluate(() => document.body.replaceWith(document.createElement('body')));
  await chat.write('And here');
  await chat.shows('Still here', 'And here');
});

it('the page opens and closes the chat, and hears what is unread', async () => {
  const chat = await stage.visit(context, site.url);
  await vi.waitFor(async () => expect(await chat.launcherName()).toBe('Open chat'), WAIT);
  await chat.page.evaluate(() => window.Deskbell?.open());
  await (await chat.field()).waitFor();
  await chat.write('Hello');
  await (await chat.frame()).getByText('Sent').waitFor();
  const id = await stage.accepted('Hello');
  await chat.page.evaluate(() => window.Deskbell?.close());
  await chat.page.evaluate(() => {
    window.unread = new Promise((resolve) =>
      addEventListener('deskbell:unread', (event) => resolve((event as CustomEvent).detail)),
    );
  });
  await stage.answer(id, 'Hello');
  expect(await chat.page.evaluate(() => window.unread)).toBe(1);
});

it('R-9.1 a German page has a German chat', async () => {
  const german = await stage.site({ lang: 'de-AT' });
  const chat = await stage.visit(context, german.url);
  await chat.open();
  expect(await (await chat.field()).getAttribute('placeholder')).toBe('Nachricht schreiben …');
  expect(await chat.launcherName()).toBe('Chat schließen');
});

it('R-9.4 a page whose policy forbids all but the chat itself has the chat', async () => {
  const strict = await stage.site({
    headers: {
      'content-security-policy': strictPolicy(stage.desk),
      'cross-origin-embedder-policy': 'require-corp',
      'cross-origin-opener-policy': 'same-origin',
      'referrer-policy': 'no-referrer',
    },
  });
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('console', (message) => complaints.push(message.text()));
  page.on('pageerror', (error) => complaints.push(error.message));
  await page.goto(strict.url);
  const chat = new Chat(page);
  await chat.open();
  await chat.write('Through the strictest door');
  await chat.shows('Through the strictest door');
  await vi.waitFor(async () => expect(await stage.stored()).toHaveLength(1), WAIT);
  expect(complaints).toEqual([]);
});

it('R-4.3 the dot says whether somebody is there, the head who answers; both change in the open chat', async () => {
  const { world } = stage;
  const { engine } = world.server;
  await engine.pool`delete from first_answers`;
  await engine.hubs.refresh();
  const turn = async (availability: 'online' | 'offline', ...agents: Person[]) => {
    for (const agent of agents) await world.act(agent, 'agent.set-availability', { availability });
  };
  const all = [world.ann, world.ben, world.tess];
  await turn('offline', ...all);
  const chat = await stage.visit(context, site.url);
  await chat.open();
  const head = (await chat.frame()).locator('.head');
  await head.getByText('We answer as soon as we are back').waitFor();
  await head.locator('.dot:not(.here)').waitFor();
  await turn('online', world.ann);
  await head.getByText('We are here').waitFor();
  await head.locator('.dot.here').waitFor();

  await chat.write('Who is there?');
  await stage.accepted('Who is there?');
  await head.getByRole('heading', { name: world.ann.name }).waitFor();
  expect(await head.locator('img').count()).toBe(0);
  await world.request(world.ann, '/me/picture', { method: 'PUT', body: { data: pictures.png } });
  const face = head.locator('img');
  await face.waitFor();
  expect(await face.evaluate((image: HTMLImageElement) => image.decode())).toBeUndefined();
  await turn('offline', world.ann);
  await head.locator('.dot:not(.here)').waitFor();
  await turn('online', ...all);
  await head.locator('.dot.here').waitFor();
});

it('R-4.3 how long one usually waits stands in the greeting, and changes while one looks', async () => {
  const { engine } = stage.world.server;
  await engine.pool`delete from first_answers`;
  await engine.hubs.refresh();
  const chat = await stage.visit(context, site.url);
  await chat.open();
  const frame = await chat.frame();
  await frame.getByText('Hello!').waitFor();
  expect(await frame.getByText('We usually answer').count()).toBe(0);

  // Many, so that the few answers of this file's other chats don't count.
  await engine.pool`
    insert into first_answers (workspace_id, conversation_id, opened_at, answered_at)
    select ${stage.world.workspaceId}, gen_random_uuid(), now - 240000, now
    from generate_series(1, 200),
      (select (extract(epoch from clock_timestamp()) * 1000)::bigint as now) as clock`;
  await engine.hubs.refresh();
  await frame.getByText('We usually answer within 5 minutes').waitFor();

  await chat.write('Hello?');
  await chat.shows('Hello?');
  // Until somebody answers, it stands at the top.
  await frame.locator('.head').getByText('We usually answer within 5 minutes').waitFor();
  await stage.answer(await stage.accepted('Hello?'), 'Good day');
  await frame.locator('.head').getByText('Your contact at').waitFor();
  await engine.pool`delete from first_answers`;
  await engine.hubs.refresh();
});

// The last one, for it turns the clock.
it('R-1.5, R-1.8 a chat that was quiet too long says so; who writes soon goes on in it, later in another', async () => {
  const { world } = stage;
  const { workspaceId } = world;
  const { pool } = world.server.engine;
  const chat = await stage.visit(context, site.url);
  await chat.open();
  await chat.write('Are you open on Sunday?');
  const conversationId = await stage.accepted('Are you open on Sunday?');
  const quiet = async (minutes: number) => {
    await turnClock(pool, workspaceId, minutes * 60_000);
    await world.act({ workspaceId, actor: SYSTEM }, 'conversation.tick', { conversationId });
  };
  await stage.answer(conversationId, 'We are');
  await chat.shows('Are you open on Sunday?', 'We are');
  const frame = await chat.frame();
  const ended = frame.getByText('This chat ended because it was quiet for a while');
  await quiet(14);
  expect(await ended.count()).toBe(0);
  await quiet(1);
  await ended.waitFor();
  await chat.write('From when?');
  await frame.getByText('The chat goes on').waitFor();
  await chat.shows('Are you open on Sunday?', 'We are', 'From when?');
  await vi.waitFor(async () => expect((await stage.stored()).length).toBe(2), WAIT);
  expect(await stage.conversations()).toBe(1);

  await stage.answer(conversationId, 'From ten');
  await quiet(15);
  await expect.poll(() => ended.count(), WAIT).toBe(2);
  await turnClock(pool, workspaceId, 31 * 60_000);
  await chat.write('And on Monday?');
  await chat.shows('And on Monday?');
  await vi.waitFor(async () => expect(await stage.conversations()).toBe(2), WAIT);
});
