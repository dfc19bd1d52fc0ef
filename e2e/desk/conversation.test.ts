import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { Stage } from './stage.ts';

let stage: Stage;
beforeEach(async () => {
  stage = await Stage.open();
});
afterEach(async () => {
  const { troubles } = stage;
  await stage.close();
  expect(troubles).toEqual([]);
});

const eventually = <Value>(read: () => Value | Promise<Value>) =>
  expect.poll(read, { timeout: 30_000, interval: 20 });
const until = (holds: () => void | Promise<void>) =>
  vi.waitFor(holds, { timeout: 30_000, interval: 20 });

describe('the queue', () => {
  test('R-2.3 a new conversation stands there at once, is opened, and is read on every desk', async () => {
    const { ann, vera } = stage.world;
    const desk = await stage.desk(ann);
    await desk.page.getByText('No conversations yet').waitFor();
    await stage.visitor(vera).sendMessage('Where is my **parcel**?');
    const card = desk.card('Where is my parcel?');
    await card.waitFor();
    expect(await card.textContent()).toMatch(/^Visitor [0-9A-Z]{4}/);
    expect(await card.getByText('1 unread message').count()).toBe(1);
    expect(await card.getByRole('img', { name: 'New activity' }).count()).toBe(1);
    expect(await desk.page.getByRole('link', { name: '1 Queue' }).count()).toBe(1);
    const second = await stage.desk(ann);
    await second.card('parcel').getByText('1 unread message').waitFor();

    await card.click();
    await desk.message('Where is my parcel?').waitFor();
    expect(await desk.message('parcel').locator('strong').textContent()).toBe('parcel');
    await eventually(() => card.getByText('unread').count()).toBe(0);
    await eventually(() => second.card('parcel').getByText('unread').count()).toBe(0);
  });

  test('R-2.7 the address names the conversation, and a link opens it with its details', async () => {
    const { ann, vera, walt } = stage.world;
    await stage.world.write(walt, 'me first');
    const id = await stage.world.write(vera, 'hello');
    const desk = await stage.desk(ann);
    await desk.card('hello').click();
    await eventually(() => new URL(desk.page.url()).pathname).toBe(`/queue/${id}`);
    const other = await stage.desk(ann, { path: `/c/${id}` });
    await other.message('hello').waitFor();
    await other.page.getByRole('complementary', { name: 'Details' }).getByText('Shop').waitFor();
    await other.page.goto(`/open/00000000-0000-4000-8000-000000000000`);
    await other.page.getByText("This conversation isn't here").waitFor();
    // The browser itself notes the address that was not found.
    stage.troubles.splice(0, stage.troubles.length);
  });

  test('R-1.9, R-3.1 of two who accept at once one has it, and the other is told who', async () => {
    const { ann, ben, vera } = stage.world;
    const id = await stage.world.write(vera, 'anybody there?');
    const [anns, bens] = await Promise.all([
      stage.desk(ann, { path: `/queue/${id}` }),
      stage.desk(ben, { path: `/queue/${id}` }),
    ]);
    await anns.action('Accept').waitFor();
    anns.line.hold();
    await anns.action('Accept').click();
    await bens.action('Accept').click();
    await bens.field.waitFor();
    anns.line.release();
    await anns.toast('Ben was quicker and has it now').waitFor();
    await anns.page.getByText('Ben has this conversation. Join it to answer as well.').waitFor();
    // What was refused has been said; nothing of it waits on.
    const kept = () => Object.keys(localStorage).filter((key) => key.includes('outbox'));
    await eventually(() => anns.page.evaluate(kept)).toEqual([]);
    await anns.timeline.getByText('Ben took the conversation').waitFor();
    await bens.timeline.getByText('You took the conversation').waitFor();

    await anns.action('Join').click();
    await anns.send('I help');
    await bens.message('I help').getByRole('heading', { name: 'Ann' }).waitFor();
  });
});

describe('in a conversation', () => {
  test('coming back to one shows it at once, where it ends', async () => {
    const { ann, walt } = stage.world;
    await stage.world.write(walt, 'another one');
    await stage.conversation('hello', 'and more');
    const desk = await stage.desk(ann, { path: '/open' });
    for (const [card, message] of [
      ['and more', 'hello'],
      ['another one', 'another one'],
      ['and more', 'hello'],
    ] as const) {
      await desk.card(card).click();
      await desk.message(message).waitFor();
    }
    expect(await desk.timeline.getByRole('status').count()).toBe(0);
  });

  test('R-3.5 when the assignee leaves, the participant takes over; when that one leaves, it waits again', async () => {
    const { ann, ben } = stage.world;
    const id = await stage.conversation('hello');
    const [anns, bens] = await Promise.all([
      stage.desk(ann, { path: `/open/${id}` }),
      stage.desk(ben, { path: `/open/${id}` }),
    ]);
    await bens.action('Join').click();
    await bens.field.waitFor();
    await anns.timeline.getByText('Ben joined').waitFor();
    await anns.action('More actions').click();
    await anns.page.getByRole('menuitem', { name: /^Leave/ }).click();
    await bens.timeline.getByText('Ann left. Assignee now: You').waitFor();
    await anns.page.getByText('Ben has this conversation.').waitFor();
    await bens.page.keyboard.press('Escape');
    await bens.page.keyboard.press('x');
    await bens.page.getByText('Nobody has this conversation yet.').waitFor();
  });

  test('R-5.2, R-5.3 both sides see typing, and a message is sent, delivered, read', async () => {
    const { ann, vera } = stage.world;
    const id = await stage.conversation('hello');
    const desk = await stage.desk(ann, { path: `/mine/${id}` });
    const visitor = stage.visitor(vera);
    await until(() => expect(visitor.state.name).toBe('live'));
    await desk.field.fill('Good morning');
    await until(() => expect(visitor.store.view.isAgentTyping).toBe(true));
    visitor.setTyping(true);
    await desk.page.getByText(/Visitor .* is typing/).waitFor();
    await desk.field.press('Enter');
    const mark = desk.message('Good morning').locator('[data-delivery]');
    await eventually(() => mark.getAttribute('data-delivery')).toBe('delivered');
    visitor.markRead();
    await eventually(() => mark.getAttribute('data-delivery')).toBe('read');
    expect(await desk.field.inputValue()).toBe('');
  });

  test('R-5.2 what is written without a line is sent later, once; what is refused says why, can be sent again or given up', async () => {
    const { ann, vera } = stage.world;
    const id = await stage.conversation('hello');
    const desk = await stage.desk(ann, { path: `/mine/${id}` });
    await desk.field.waitFor();
    await desk.line.cut();
    await desk.send('one');
    await desk.send('two');
    const state = (text: string) =>
      desk.message(text).locator('[data-delivery]').getAttribute('data-delivery');
    expect(await state('one')).toBe('sending');
    await stage.world.act(vera, 'conversation.end', {});
    desk.line.mend();
    await eventually(() => state('two')).toBe('failed');
    const failed = desk.timeline
      .getByRole('alert')
      .filter({ hasText: 'The conversation is closed' });
    expect(await failed.count()).toBe(2);
    expect(await desk.wrongs()).toEqual([]);

    await desk.action('Reopen').click();
    await desk.field.waitFor();
    await desk.message('one').getByRole('button', { name: 'Try again' }).click();
    await eventually(() => state('one')).toBe('sent');
    await desk.message('two').getByRole('button', { name: 'Discard' }).click();
    await eventually(() => desk.message('two').count()).toBe(0);
    expect(await desk.message('one').count()).toBe(1);
    await desk.toast('The message was discarded').waitFor();
    await desk.page.getByRole('button', { name: 'Undo' }).click();
    await eventually(() => desk.field.inputValue()).toBe('two');
  });

  test('R-5.1 a draft outlives a reload, also without a line, and is on the other desk too', async () => {
    const { ann } = stage.world;
    const id = await stage.conversation('hello');
    const desk = await stage.desk(ann, { path: `/mine/${id}` });
    const second = await stage.desk(ann, { path: `/mine/${id}` });
    await desk.field.fill('half a thought');
    await eventually(() => second.field.inputValue()).toBe('half a thought');
    await desk.line.cut();
    await desk.field.fill('half a thought, and more');
    desk.line.mend();
    await desk.page.reload();
    await eventually(() => desk.field.inputValue()).toBe('half a thought, and more');
    await eventually(() => second.field.inputValue()).toBe('half a thought, and more');

    await desk.field.press('Enter');
    await desk.message('and more').waitFor();
    await desk.page.reload();
    await desk.message('and more').waitFor();
    expect(await desk.field.inputValue()).toBe('');
    await eventually(() => second.field.inputValue()).toBe('');
  });

  test('R-1.4, R-1.8 by keyboard alone: find, open, answer, close, undo', async () => {
    const { ann, vera, walt } = stage.world;
    await stage.world.write(walt, 'first');
    await stage.world.write(vera, 'second');
    const desk = await stage.desk(ann);
    const { page } = desk;
    await desk.card('second').waitFor();
    await page.keyboard.press('j');
    await page.keyboard.press('j');
    await page.keyboard.press('Enter');
    await desk.message('second').waitFor();
    await page.keyboard.press('a');
    await desk.field.waitFor();
    await expect
      .poll(() => desk.field.evaluate((each) => each === document.activeElement))
      .toBe(true);
    await page.keyboard.type('all *well* :smile:');
    await page.keyboard.press('Control+A');
    await page.keyboard.press('Control+B');
    await page.keyboard.press('Enter');
    await desk.message('all well').locator('strong').first().waitFor();
    await page.keyboard.press('Escape');
    await page.keyboard.press('e');
    await desk.toast('The conversation is closed').waitFor();
    await desk.timeline.getByText('You closed the conversation').waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await desk.timeline.getByText('You reopened the conversation').waitFor();
  });

  test('R-8.2 a name is changed in place and stands everywhere; a bad address is refused where it was written', async () => {
    const { ann } = stage.world;
    const id = await stage.conversation('hello');
    const desk = await stage.desk(ann, { path: `/mine/${id}` });
    const details = desk.page.getByRole('complementary', { name: 'Details' });
    await details.getByRole('button', { name: /^Change Name/ }).click();
    await details.getByRole('textbox', { name: 'Name' }).fill('Vera Lind');
    await desk.page.keyboard.press('Enter');
    await desk.page.getByRole('heading', { level: 1, name: 'Vera Lind' }).waitFor();
    await desk.card('Vera Lind').waitFor();
    await details.getByRole('button', { name: /^Change Email/ }).click();
    await details.getByRole('textbox', { name: 'Email' }).fill('vera at home');
    await desk.page.keyboard.press('Enter');
    await details.getByText('This is not an email address.').waitFor();
  });
});
