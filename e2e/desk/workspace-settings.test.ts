import { readFile } from 'node:fs/promises';
import { settingsOf } from '@deskbell/contract';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { findWorkspace } from '../../server/src/accounts/index.ts';
import { type Desk, Stage } from './stage.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

let stage: Stage;
let olga: Desk;
let adam: Desk;
beforeAll(async () => {
  stage = await Stage.open();
  const path = '/settings/conversations';
  [olga, adam] = await Promise.all([
    stage.desk(stage.world.olga, { path }),
    stage.desk(stage.world.adam, { path }),
  ]);
});
afterAll(() => stage.close());

const workspaceNow = async () => {
  const row = await findWorkspace(stage.world.server.engine.pool, stage.world.workspaceId);
  return { name: row?.name, ...settingsOf(row?.settings ?? {}) };
};
const row = ({ page }: Desk, name: string) => page.getByRole('listitem').filter({ hasText: name });
const field = ({ page }: Desk, name: string) => page.getByLabel(name, { exact: true });
const value = (desk: Desk, name: string) =>
  expect.poll(() => field(desk, name).inputValue(), { timeout: 20_000 });

test('R-18.3 a setting saves itself, stands on every open screen at once, and is taken back by one press', async () => {
  await field(olga, 'Close when pending').fill('3');
  await field(olga, 'Close when pending').press('Enter');
  await row(olga, 'Close when pending').getByText('Saved', { exact: true }).waitFor();
  expect(await workspaceNow()).toMatchObject({ pendingTimeoutMs: 3 * DAY });
  await value(adam, 'Close when pending').toBe('3');
  await row(adam, 'Close when pending').getByText('Just changed on another screen').waitFor();

  await olga.page.getByRole('button', { name: 'Undo' }).click();
  await value(adam, 'Close when pending').toBe('1');
  expect(await workspaceNow()).toMatchObject({ pendingTimeoutMs: DAY });

  // Who pauses has meant it, and what was changed again meanwhile isn't taken back.
  await field(olga, 'Reopen when the contact writes again').fill('45');
  await olga.toast('Reopen when the contact writes again: 45 minutes').waitFor();
  await value(adam, 'Reopen when the contact writes again').toBe('45');
  await adam.page.getByRole('button', { name: /^Reset “Reopen/ }).click();
  await value(olga, 'Reopen when the contact writes again').toBe('30');
  await olga.page.getByRole('button', { name: 'Undo' }).click();
  await olga.toast('Changed again in the meantime, so nothing was undone').waitFor();
  expect(await workspaceNow()).toMatchObject({ reopenWithinMs: 30 * MINUTE });
});

test('R-18.3 what cannot be is said at its field, and nothing of it is saved', async () => {
  const silent = row(olga, 'Close when the contact is silent');
  await field(olga, 'Close when the contact is silent').fill('31');
  await silent.getByLabel('Unit of “Close when the contact is silent”').selectOption('days');
  await silent.getByText('At least 1 minute, at most 30 days. Not saved yet.').waitFor();
  await field(olga, 'Close when the contact is silent').fill('soon');
  await silent.getByText('Write a number, such as 15 or 1.5. Not saved yet.').waitFor();
  expect(await olga.page.locator('[aria-invalid=true]').count()).toBe(1);
  // Others change the same one; what is being typed stays.
  await field(adam, 'Close when the contact is silent').fill('20');
  await adam.page.keyboard.press('Enter');
  await row(adam, 'Close when the contact is silent').getByText('Saved').waitFor();
  await value(olga, 'Close when the contact is silent').toBe('soon');
  expect(await workspaceNow()).toMatchObject({ inactivityMs: 20 * MINUTE });
  await silent.getByRole('button', { name: /^Reset/ }).click();
  await silent.getByText('Saved').waitFor();
  await value(adam, 'Close when the contact is silent').toBe('15');
});

test('R-18.3 what is changed without a connection waits, over a reload too, and is refused to who is no longer an admin', async () => {
  const pending = () => row(olga, 'Close when pending');
  await olga.line.cut();
  await field(olga, 'Close when pending').fill('2');
  await field(olga, 'Close when pending').press('Enter');
  await pending().getByText('Is saved once there is a connection').waitFor();
  await olga.page.reload();
  await pending().getByText('Is saved once there is a connection').waitFor();
  await value(olga, 'Close when pending').toBe('2');
  expect(await workspaceNow()).toMatchObject({ pendingTimeoutMs: DAY });
  olga.line.mend();
  await value(adam, 'Close when pending').toBe('2');

  await adam.line.cut();
  await field(adam, 'Close when pending').fill('4');
  await field(adam, 'Close when pending').press('Enter');
  await row(adam, 'Close when pending').getByText('Is saved once').waitFor();
  const { world } = stage;
  await world.act(world.olga, 'agent.change-role', { agentId: world.adam.agentId, role: 'agent' });
  adam.line.mend();
  // What they may no longer change they no longer see, and what waited is refused.
  await row(adam, 'Close when pending').waitFor({ state: 'detached' });
  expect(await workspaceNow()).toMatchObject({ pendingTimeoutMs: 2 * DAY });
  await world.act(world.olga, 'agent.change-role', { agentId: world.adam.agentId, role: 'admin' });
});

test('R-18.3 choices, switches and counts save themselves, are checked, stand on the other screen at once and in the audit log', async () => {
  const before = await workspaceNow();
  const go = (page: string) =>
    Promise.all([olga, adam].map((desk) => desk.page.goto(`/settings/${page}`)));
  const choose = async (name: string, label: string) => {
    await field(olga, name).selectOption({ label });
    await row(olga, name).getByText('Saved', { exact: true }).waitFor();
    await expect.poll(() => field(adam, name).locator('option:checked').textContent()).toBe(label);
    await row(adam, name).getByText('Just changed on another screen').waitFor();
  };
  await go('assignment');
  await choose('Who gets a new conversation', 'Whoever has the most room');
  await choose('Pass conversations on to', 'Only their own teams');
  await choose('Where it goes from an idle agent', 'It stays with the agent');

  const sticky = ({ page }: Desk) =>
    page.getByRole('switch', { name: 'Back to the agent they know' });
  await sticky(olga).click();
  await sticky(adam).and(adam.page.locator('[aria-checked=false]')).waitFor();

  const count = 'Open conversations per agent';
  const tells = async (typed: string, wrong: string) => {
    await field(olga, count).fill(typed);
    await row(olga, count).getByText(wrong).waitFor();
  };
  await tells('0', 'At least 1, at most 1,000. Not saved yet.');
  await tells('1001', 'At least 1, at most 1,000. Not saved yet.');
  await tells('2.5', 'Write a whole number. Not saved yet.');
  expect(await workspaceNow()).toMatchObject({ capacity: before.capacity });
  await field(olga, count).fill('7');
  await value(adam, count).toBe('7');

  await go('workspace');
  await choose('Language of the widgets', 'German');
  expect(await workspaceNow()).toMatchObject({
    routing: 'least-busy',
    transferTargets: 'own-teams',
    afterDetach: 'nothing',
    isRoutingSticky: false,
    capacity: 7,
    defaultLanguage: 'de',
  });

  await olga.page.goto('/settings/audit');
  const entry = olga.page.getByRole('listitem').filter({ hasText: 'changed settings' });
  const changes = [
    /Who gets a new conversation.*Whoever accepts it.*Whoever has the most room/,
    /Pass conversations on to.*Everybody and every team.*Only their own teams/,
    /Where it goes from an idle agent.*Back to the queue.*It stays with the agent/,
    /Back to the agent they know.*On.*Off/,
    new RegExp(`${count}.*7`),
    /Language of the widgets.*English.*German/,
  ];
  for (const change of changes) await entry.filter({ hasText: change }).first().waitFor();
  await stage.world.act(stage.world.olga, 'workspace.change-settings', {
    routing: 'manual',
    transferTargets: 'all',
    afterDetach: 'queue',
    isRoutingSticky: true,
    capacity: before.capacity,
    defaultLanguage: 'en',
  });
});

test('R-18.3 every setting is found by what people call it, and the workspace has its name there', async () => {
  const { page } = olga;
  await page.getByRole('searchbox', { name: 'Search settings' }).fill('workload limit');
  await page.getByRole('link', { name: /Open conversations per agent/ }).click();
  await page.getByRole('heading', { level: 1, name: 'Assignment' }).waitFor();
  const focused = () => page.evaluate(() => document.activeElement?.getAttribute('aria-label'));
  await expect.poll(focused).toBe('Open conversations per agent');

  await page.getByRole('link', { name: 'General' }).click();
  await field(olga, 'Name of the workspace').fill(' ');
  await page.keyboard.press('Enter');
  await page.getByText('A name has 1 to 120 characters.').waitFor();
  await field(olga, 'Name of the workspace').fill('  Southwind ');
  // Who leaves the page has meant it.
  await page.getByRole('link', { name: 'Assignment' }).click();
  await olga.toast('Name of the workspace: Southwind').waitFor();
  expect(await workspaceNow()).toMatchObject({ name: 'Southwind' });
  expect(stage.troubles).toEqual([]);
});

test('R-18.3 the audit log says who changed what, is narrowed, goes on as one scrolls, and is saved as a table', async () => {
  const { world } = stage;
  const { pool } = world.server.engine;
  const { page } = olga;
  await page.getByRole('link', { name: 'Audit log' }).click();
  const renamed = page.getByRole('listitem').filter({ hasText: 'Olga changed the workspace' });
  await renamed.getByText('Southwind').waitFor();
  const entries = page.getByRole('region', { name: 'Changes, the newest first' });
  const three = entries.getByRole('listitem').filter({ hasText: '3 days' }).last();
  expect(await three.textContent()).toMatch(
    /Olga.*changed settings.*Close when pending.*1 day.*3 days/,
  );

  await page.getByLabel('By', { exact: true }).selectOption('Adam');
  await renamed.waitFor({ state: 'detached' });
  await page.getByLabel('About').selectOption('Labels');
  await page.getByText('Nothing matches these filters').waitFor();
  await page.reload();
  await page.getByText('Nothing matches these filters').waitFor();
  await page.getByRole('button', { name: 'Show everything' }).click();
  await renamed.waitFor();
  await page.getByLabel('From').fill('2026-01-02');
  await page.getByLabel('Until').fill('2026-01-01');
  await page.getByText('The last day is before the first.').waitFor();
  await page.getByRole('button', { name: 'Clear filters' }).click();

  await pool`insert into audit (workspace_id, at, id, actor_kind, actor_id, what, subject_id, subject_name, changes)
    select ${world.workspaceId}, 1700000000000 + n * 60000, gen_random_uuid(), 'agent', ${world.adam.agentId},
      'label.added', gen_random_uuid(), '=Label ' || n, '[]'::jsonb from generate_series(1, 130) n`;
  await page.reload();
  await renamed.waitFor();
  const first = entries.getByText('made the label =Label 1', { exact: true });
  const scrolled = async () => {
    await page.mouse.move(900, 600);
    await page.mouse.wheel(0, 20_000);
    return first.count();
  };
  await expect.poll(scrolled, { timeout: 20_000 }).toBe(1);
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name: 'Export CSV' }).click(),
  ]);
  const table = await readFile(await file.path(), 'utf8');
  expect(file.suggestedFilename()).toBe('audit-log.csv');
  expect(table.split('\r\n')[0]).toBe('\uFEFFWhen,Who,What,Field,Before,After');
  expect(table).toContain(',Olga,changed settings,Close when pending,1 day,3 days\r\n');
  expect(table).toContain('Adam,made the label =Label 1,,,\r\n');
  expect(stage.troubles).toEqual([]);
});
