import { afterAll, beforeAll, expect, test } from 'vitest';
import { wrongsOf } from '../axe.ts';
import { Stage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.open();
});
afterAll(() => stage.close());

const path = '/settings/people';

test('R-18.1 a role is changed from the list, and taken back', async () => {
  const { page } = await stage.desk(stage.world.adam, { path });
  const role = (name: string) => page.getByRole('button', { name: `Role of Cara: ${name}` });
  await role('Agent').click();
  expect(await page.getByRole('menuitemradio').allTextContents()).toEqual([
    'Admin',
    'Supervisor',
    'Agent',
  ]);
  await page.getByRole('menuitemradio', { name: 'Supervisor' }).click();
  await page.keyboard.press('Escape');
  await role('Supervisor').waitFor();
  await page.getByRole('button', { name: 'Undo' }).click();
  await role('Agent').waitFor();
  expect(await page.getByRole('button', { name: /^Role of Olga/ }).count()).toBe(0);
});

test('R-18.1, R-19.2 somebody is deactivated after a question: their desk is at the sign-in, the conversation in the queue', async () => {
  const conversationId = await stage.conversation('I need help');
  const [adam, ann] = [
    await stage.desk(stage.world.adam, { path }),
    await stage.desk(stage.world.ann),
  ];
  await ann.open(conversationId, 'mine');
  const row = adam.page.getByRole('listitem').filter({ hasText: stage.world.ann.email });
  await row.getByRole('button', { name: 'More about Ann' }).click();
  await adam.page.getByRole('menuitem', { name: 'Deactivate' }).click();
  const dialog = adam.page.getByRole('dialog', { name: 'Deactivate Ann?' });
  await dialog.getByText('back to their place in the queue').waitFor();
  expect(await wrongsOf(adam.page)).toEqual([]);
  await dialog.getByRole('button', { name: 'Deactivate' }).click();
  await row.waitFor({ state: 'detached' });
  await ann.page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await ann.page.getByLabel('Email').fill(stage.world.ann.email);
  await ann.page.getByLabel('Password', { exact: true }).fill('tulip-gravel-ninety-lantern');
  await ann.page.getByRole('button', { name: 'Sign in' }).click();
  await ann.page.getByRole('alert').getByText('You belong to no workspace any more').waitFor();

  const ben = await stage.desk(stage.world.ben, { path: '/queue' });
  await ben.card('I need help').waitFor();

  await adam.page.getByRole('button', { name: 'Deactivated (1)' }).click();
  expect(await wrongsOf(adam.page)).toEqual([]);
  await row.getByRole('button', { name: 'More about Ann' }).click();
  await adam.page.getByRole('menuitem', { name: 'Reactivate' }).click();
  await adam.toast('Ann can sign in again').waitFor();
  await ann.page.getByRole('button', { name: 'Sign in' }).click();
  await ann.timeline.waitFor();
});

test('R-18.1 the last owner is told why they stay one', async () => {
  const desk = await stage.desk(stage.world.olga, { path });
  const { page } = desk;
  await page.getByRole('button', { name: /^Role of Olga/ }).click();
  await page.getByRole('menuitemradio', { name: 'Admin' }).click();
  await desk.toast('The workspace needs an owner. Make somebody else one first.').waitFor();
});

test('R-18.1 people are found by name and mail address', async () => {
  const { page } = await stage.desk(stage.world.susan, { path });
  await page.getByLabel('Search by name or email').fill('BEN@exa');
  await page.getByText(stage.world.cara.email).waitFor({ state: 'detached' });
  expect(await page.getByRole('main').getByRole('listitem').count()).toBe(1);
  expect(await page.getByRole('button', { name: /^More about/ }).count()).toBe(0);
  await page.getByLabel('Search by name or email').fill('nobody');
  await page.getByText('Nobody matches this search').waitFor();
});

const newcomer = async (url: string) => {
  const context = await stage.browser.newContext({ baseURL: stage.world.url, locale: 'en-GB' });
  const page = await context.newPage();
  await page.goto(url);
  return page;
};

test('R-3.4 how many somebody may have is set for them alone, and refused where it is no number', async () => {
  const { page } = await stage.desk(stage.world.adam, { path });
  const ben = page.getByRole('listitem').filter({ hasText: 'Ben' });
  const ask = async () => {
    await page.getByRole('button', { name: 'More about Ben' }).click();
    await page.getByRole('menuitem', { name: 'Change capacity' }).click();
    return page.getByRole('dialog', { name: 'How many at once: Ben' });
  };
  const first = await ask();
  const field = first.getByLabel('Open conversations at most');
  // One may write at once.
  await first.locator('input:focus').waitFor();
  for (const wrong of ['0', '1001', 'two', '1.5']) {
    await field.fill(wrong);
    await page.keyboard.press('Enter');
    await first.getByText('Enter a whole number from 1 to 1000, or nothing.').waitFor();
  }
  await field.fill('1');
  await page.keyboard.press('Enter');
  await first.waitFor({ state: 'detached' });
  await ben.getByText('at most 1 at once').waitFor();

  const { world } = stage;
  const desk = await stage.desk(world.ben);
  for (const text of ['The first one', 'One too many']) await world.write(world.newVisitor(), text);
  await desk.card('The first one').click();
  await desk.action('Accept').click();
  await desk.field.waitFor();
  await desk.card('One too many').click();
  await desk.action('Accept').click();
  await desk.toast(/^You have as many open conversations as you may have/).waitFor();

  const again = await ask();
  await again.getByLabel('Open conversations at most').fill('');
  await again.getByRole('button', { name: 'Save' }).click();
  await ben.getByText('at most 1 at once').waitFor({ state: 'detached' });
  await desk.action('Accept').click();
  await desk.field.waitFor();
  await desk.page.context().close();
  await page.context().close();
});

test('R-18.1 an invitation is made, renewed, and withdrawn; its page says what became of it', async () => {
  const { page } = await stage.desk(stage.world.adam, { path });
  await page.getByRole('button', { name: 'Invite' }).click();
  await page.getByLabel('Email (optional)').fill('nell@example.org');
  await page.getByLabel('Can be used for').selectOption('30 days');
  await page.getByLabel('Wholesale').uncheck();
  await page.getByRole('button', { name: 'Make the link' }).click();
  const first = await page.getByLabel('Invitation link').inputValue();
  await page.keyboard.press('Escape');
  const pending = page.getByRole('region', { name: 'Invitations on their way' });
  await pending.getByText('Will serve Shop').waitFor();
  expect(await wrongsOf(page)).toEqual([]);
  await pending.getByRole('button', { name: 'New link for nell@example.org' }).click();
  await page.getByText('The earlier link no longer works').waitFor();
  const second = await page.getByLabel('Invitation link').inputValue();
  expect(second).not.toBe(first);
  await page.keyboard.press('Escape');
  const late = await newcomer(first);
  await late.getByText('There is no such invitation any more').waitFor();

  const nell = await newcomer(second);
  await nell.getByRole('heading', { name: 'Join Northwind' }).waitFor();
  await pending.getByRole('button', { name: /^Withdraw/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'Withdraw' }).click();
  await pending.waitFor({ state: 'detached' });
  // The page that is open already says it too, when the form is sent.
  await nell.getByLabel('Your name').fill('Nell');
  await nell.getByLabel('Password', { exact: true }).fill('tulip-gravel-ninety-lantern');
  await nell.getByRole('button', { name: 'Join' }).click();
  await nell.getByRole('alert').getByText('This invitation was withdrawn.').waitFor();
  await nell.reload();
  await nell.getByText('It was withdrawn.').waitFor();
  expect(await wrongsOf(nell)).toEqual([]);
});

test('R-18.1 invitations that another admin makes, renews or withdraws, and one that is accepted, show at once', async () => {
  const { world } = stage;
  const { page } = await stage.desk(world.adam, { path });
  const pending = page.getByRole('region', { name: 'Invitations on their way' });
  const ask = async (address: string, method: string, body?: object) =>
    (await (
      await world.request(world.olga, `/invitations${address}`, { method, body })
    ).json()) as { id: string; token: string };
  const invite = (email: string, days: number) => ask('', 'POST', { email, role: 'agent', days });
  const rose = await invite('rose@example.org', 1);
  await pending.getByText('rose@example.org').waitFor();
  await world.server.engine
    .pool`update invitations set expires_at = created_at where id = ${rose.id}`;
  const basil = await invite('basil@example.org', 7);
  await pending.getByText('basil@example.org').waitFor();
  await pending.getByText(/^Expired/).waitFor();
  const renewed = await ask(`/${basil.id}/link`, 'POST');
  await pending.getByRole('button', { name: /^Withdraw.* rose/ }).click();
  const question = page.getByRole('dialog', { name: 'Withdraw this invitation?' });
  await question.waitFor();
  await world.request(world.olga, `/invitations/${rose.id}`, { method: 'DELETE' });
  await question.waitFor({ state: 'detached' });
  expect(await pending.getByRole('listitem').count()).toBe(1);
  const newcomer = {
    name: 'Basil',
    email: 'basil@example.org',
    password: 'tulip-gravel-ninety-pan',
  };
  await world.request(null, `/invitations/${renewed.token}`, { method: 'POST', body: newcomer });
  await pending.waitFor({ state: 'detached' });
  await page.getByRole('listitem').filter({ hasText: 'basil@example.org' }).waitFor();
  await page.context().close();
});

test('R-18.1 a session that an admin ends while one types: the sign-in, and the draft is there afterwards', async () => {
  const { world } = stage;
  const conversationId = await world.write(world.walt, 'A long question');
  const ben = await stage.desk(world.ben);
  await ben.open(conversationId);
  await ben.action('Accept').click();
  await ben.field.pressSequentially('A long ans');
  const { page } = await stage.desk(world.adam, { path });
  await page.getByRole('button', { name: 'More about Ben' }).click();
  await page.getByRole('menuitem', { name: 'Sign out everywhere' }).click();
  await page.getByText('Ben is signed out everywhere').waitFor();
  await ben.page.getByRole('heading', { name: 'Sign in' }).waitFor();
  await ben.page.getByLabel('Email').fill(world.ben.email);
  await ben.page.getByLabel('Password', { exact: true }).fill('tulip-gravel-ninety-lantern');
  await ben.page.getByRole('button', { name: 'Sign in' }).click();
  // who is signed out is offline, and the contact waited.
  await ben.action('Accept').click();
  await ben.field.waitFor();
  expect(await ben.field.inputValue()).toBe('A long ans');
});

test('R-18.1 one sees where one is signed in, and ends what is elsewhere', async () => {
  const { cara, url } = stage.world;
  const elsewhere = await newcomer('/sign-in');
  await elsewhere.getByLabel('Email').fill(cara.email);
  await elsewhere.getByLabel('Password', { exact: true }).fill('tulip-gravel-ninety-lantern');
  await elsewhere.getByRole('button', { name: 'Sign in' }).click();
  await elsewhere.waitForURL(`${url}/queue`);
  const { page } = await stage.desk(cara);
  await page.getByRole('button', { name: /^Cara, / }).click();
  await page.getByRole('menuitem', { name: 'Your account' }).click();
  const sessions = page.getByRole('region', { name: 'Where you are signed in' });
  await sessions.getByText('Chrome on Linux').waitFor();
  await sessions.getByText('This one').waitFor();
  expect(await wrongsOf(page)).toEqual([]);
  await sessions.getByRole('button', { name: /^End Chrome/ }).click();
  await page.getByText('1 session has ended').waitFor();
  await elsewhere.getByRole('heading', { name: 'Sign in' }).waitFor();
  expect(await sessions.getByRole('listitem').count()).toBe(1);
});
