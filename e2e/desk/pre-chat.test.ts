import type { Inbox } from '@deskbell/contract';
import type { Frame } from 'playwright-core';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Person } from '../../server/src/testing/world.ts';
import { HOST_RULES, NamedSites } from '../widget/named.ts';
import { Chat, WAIT } from '../widget/stage.ts';
import { type Desk, Stage } from './stage.ts';

/** An admin asks before the chat and says which team gets what; visitors answer; agents get what is theirs. */
let stage: Stage;
let sites: NamedSites;
let form: Desk;
beforeAll(async () => {
  stage = await Stage.open({ browser: { args: [`--host-resolver-rules=${HOST_RULES}`] } });
  sites = await NamedSites.open(stage.world.url, stage.world.inbox.key);
  form = await topic('form');
});
afterAll(async () => {
  await sites?.close();
  await stage?.close();
});

const topic = (name: string, who: Person = stage.world.olga): Promise<Desk> =>
  stage.desk(who, { path: `/settings/inboxes/${stage.world.inbox.id}/${name}` });

const saved = ({ page }: Desk) => page.getByText('Saved', { exact: true }).waitFor();

/** The inbox as the server has it. */
async function inboxNow(): Promise<Inbox> {
  const answer = await stage.world.request(stage.world.olga, '/inboxes');
  const { inboxes } = (await answer.json()) as { inboxes: Inbox[] };
  return inboxes.find(({ id }) => id === stage.world.inbox.id) as Inbox;
}
const asked = async () => (await inboxNow()).preChat;

async function visit(path = '/', site = sites.at('localhost')) {
  const page = await (await stage.browser.newContext()).newPage();
  await page.goto(site + path.slice(1));
  const chat = new Chat(page);
  await chat.clickLauncher();
  return { chat, frame: await chat.frame() };
}

async function answer(frame: Frame, what: string, email: string): Promise<void> {
  await frame.getByLabel('Email').fill(email);
  await frame.getByLabel('What is it about?').selectOption(what);
  await frame.getByRole('checkbox').check();
  await frame.getByRole('button', { name: 'Start chat' }).click();
}

test('R-9.2 a form is put together, saves itself, and stands before the first message of who never wrote', async () => {
  const { page } = form;
  const open = await visit();
  await (await open.chat.field()).waitFor();
  await page.getByRole('switch', { name: 'Ask before the first message' }).click();
  // Who has the chat open is asked from now on too.
  await open.frame.getByLabel('Email').waitFor();
  await page.getByRole('button', { name: 'Add a question' }).click();
  const question = page.getByRole('listitem').last();
  await question.getByRole('combobox', { name: 'What is asked' }).selectOption('One of several');
  await question.getByText('Write at least one answer; not saved yet.').waitFor();
  await question.getByLabel('Question in English').fill('What is it about?');
  await question.getByLabel('Question in German').waitFor();
  await page
    .getByRole('listitem')
    .last()
    .getByLabel('Answers to choose from')
    .fill('An order\nAn invoice');
  await page.getByRole('switch', { name: 'Ask for consent' }).click();
  await page.getByLabel('Link to your privacy notice').fill('shop.example');
  await page.getByText('That is not an address').waitFor();
  await page.getByLabel('Link to your privacy notice').fill('https://shop.example/privacy');
  await vi.waitFor(async () => expect((await asked()).fields).toHaveLength(3), WAIT);
  await saved(form);
  await open.frame.getByLabel('What is it about?').waitFor();
  await open.chat.page.context().close();
});

test('R-9.2 what has to be answered is asked for; the answers stand beside the conversation and name the contact', async () => {
  const { chat, frame } = await visit('/checkout?step=2');
  await frame.getByRole('button', { name: 'Start chat' }).click();
  // The browser says what is missing, in its own words, where it is missing.
  const isMissing = () =>
    frame
      .getByLabel('Email')
      .evaluate((field: HTMLInputElement) => [
        field === document.activeElement,
        field.validationMessage !== '',
      ]);
  expect(await isMissing()).toEqual([true, true]);
  await frame.getByLabel('Name').fill('Hanna Berg');
  await answer(frame, 'An order', 'hanna@berg.example');
  await chat.write('Where is it?');
  await chat.shows('Where is it?');

  const ann = await stage.desk(stage.world.ann);
  await ann.card('Where is it?').click();
  const details = ann.page.getByRole('complementary', { name: 'Details' });
  for (const text of ['Hanna Berg', 'hanna@berg.example', 'What is it about?', 'An order', 'Given'])
    await details.getByText(text, { exact: true }).first().waitFor();
  await details.getByText(/checkout\?step=2/).waitFor();
  await ann.page.context().close();
  // After a reload nobody is asked twice.
  await chat.page.reload();
  await (await chat.field()).waitFor();
  await chat.shows('Where is it?');
  await chat.page.context().close();
});

test('R-9.2 a question that came while one answered is asked, and what was written is not lost', async () => {
  const { chat, frame } = await visit();
  await answer(frame, 'An order', 'ida@dahl.example');
  const field = await chat.field();
  await field.fill('I have two questions');
  await form.page.getByRole('button', { name: 'Add a question' }).click();
  const question = form.page.getByRole('listitem').last();
  await question.getByLabel('Question in English').fill('Which shop?');
  await question.getByRole('switch', { name: 'Has to be answered' }).click();
  await vi.waitFor(async () => expect((await asked()).fields).toHaveLength(4), WAIT);
  await saved(form);
  await field.press('Enter');
  await frame.getByLabel('Which shop?').fill('The one in town');
  await answer(frame, 'An order', 'ida@dahl.example');
  expect(await (await chat.field()).inputValue()).toBe('I have two questions');
  await (await chat.field()).press('Enter');
  await chat.shows('I have two questions');
  await chat.page.context().close();
  await form.page.getByRole('button', { name: 'Remove Which shop?' }).click();
  await vi.waitFor(async () => expect((await asked()).fields).toHaveLength(3), WAIT);
});

test('R-3.6 a rule chooses by the language of the widget; one whose team was deleted meanwhile says so', async () => {
  const { world } = stage;
  const { answer: made } = await world.act(world.olga, 'team.create', { name: 'Nordlicht' });
  const teamId = String(made.teamId);
  await world.act(world.olga, 'team.add-member', { teamId, agentId: world.tom.agentId });
  await world.act(world.olga, 'inbox.add-team', { inboxId: world.inbox.id, teamId });
  const [rules, tess, tom] = await Promise.all([
    topic('rules'),
    stage.desk(world.tess),
    stage.desk(world.tom),
  ]);
  const { page } = rules;
  await page.getByRole('button', { name: 'Add a rule' }).click();
  const rule = page.getByRole('listitem', { name: 'Rule 1' });
  const team = rule.getByRole('combobox', { name: 'Goes to the team' });
  await rule.getByRole('combobox', { name: 'Language of the widget' }).selectOption('German');
  await team.selectOption('Nordlicht');
  await vi.waitFor(async () => {
    const { teamRules } = await inboxNow();
    expect(teamRules).toEqual([{ when: { language: 'de' }, teamId }]);
  }, WAIT);

  const german = await visit('/', sites.at('laden.example', { html: 'lang="de"' }));
  await german.frame.getByLabel('E-Mail-Adresse').fill('mia@nord.example');
  await german.frame.getByLabel('What is it about?').selectOption('An order');
  await german.frame.getByRole('checkbox').check();
  await german.frame.getByRole('button', { name: 'Chat beginnen' }).click();
  await german.chat.write('Wo ist mein Paket?');
  await tom.card('Wo ist mein Paket?').waitFor();
  const english = await visit();
  await answer(english.frame, 'An order', 'noa@olsen.example');
  await english.chat.write('Where is my parcel?');
  // Everybody's, and later: what Tess may see of the one before has come by then.
  await tess.card('Where is my parcel?').waitFor();
  expect(await tess.card('Wo ist mein Paket?').count()).toBe(0);

  await page.getByRole('button', { name: 'Add a rule' }).click();
  rules.line.hold();
  const changed = page.getByRole('listitem', { name: 'Rule 2' });
  await changed.getByRole('combobox', { name: 'Goes to the team' }).selectOption('Nordlicht');
  await world.act(world.olga, 'team.delete', { teamId });
  rules.line.release();
  await changed.getByText('This team no longer exists.').waitFor();
  expect(await changed.getByRole('combobox', { name: 'Goes to the team' }).inputValue()).toBe('');
  for (const number of [2, 1])
    await page.getByRole('button', { name: `Remove rule ${number}` }).click();
  await vi.waitFor(async () => expect((await inboxNow()).teamRules).toEqual([]), WAIT);
  for (const each of [rules, tess, tom, german.chat, english.chat])
    await each.page.context().close();
});

test('R-3.6 the first rule that holds gives it to its team, by answer or page; a deleted team leaves the rules', async () => {
  const { world } = stage;
  await world.act(world.olga, 'inbox.add-team', { inboxId: world.inbox.id, teamId: world.sales });
  const [rules, tess, tom] = await Promise.all([
    topic('rules'),
    stage.desk(world.tess),
    stage.desk(world.tom),
  ]);
  const { page } = rules;
  await page.getByRole('button', { name: 'Add a rule' }).click();
  const first = page.getByRole('listitem', { name: 'Rule 1' });
  await first.getByRole('combobox', { name: 'Question' }).selectOption('What is it about?');
  await first.getByRole('combobox', { name: 'Is answered by' }).selectOption('An invoice');
  await first.getByRole('combobox', { name: 'Goes to the team' }).selectOption('Sales');
  await page.getByRole('button', { name: 'Add a rule' }).click();
  const second = page.getByRole('listitem', { name: 'Rule 2' });
  await second.getByLabel('Page contains').fill('/help');
  await second.getByRole('combobox', { name: 'Goes to the team' }).selectOption('Support');
  await saved(rules);

  const invoice = await visit('/help');
  await answer(invoice.frame, 'An invoice', 'jan@koch.example');
  await invoice.chat.write('My invoice is wrong');
  await tom.card('My invoice is wrong').waitFor();
  const help = await visit('/help');
  await answer(help.frame, 'An order', 'kim@lund.example');
  await help.chat.write('Help me with an order');
  // Each sees their own, and what came before it would have been seen by now.
  await tess.card('Help me with an order').waitFor();
  expect(await tess.card('My invoice is wrong').count()).toBe(0);
  const any = await visit();
  await answer(any.frame, 'An order', 'lea@moe.example');
  await any.chat.write('Nobody in particular');
  await tom.card('Nobody in particular').waitFor();
  expect(await tom.card('Help me with an order').count()).toBe(0);

  await world.act(world.olga, 'team.delete', { teamId: world.sales });
  // What was the team's is everybody's again, and the rule has gone with it.
  await tess.card('My invoice is wrong').waitFor();
  await second.waitFor({ state: 'detached' });
  await first.getByLabel('Page contains').waitFor();
  expect(await first.getByLabel('Page contains').inputValue()).toBe('/help');
  for (const each of [rules, tess, tom, invoice.chat, help.chat, any.chat])
    await each.page.context().close();
});
