import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Person } from '../../server/src/testing/world.ts';
import { type Desk, Stage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.open();
});
afterAll(() => stage.close());

/** A link into Southpaw, or into a workspace made for this. */
async function invitation(by: Person = stage.world.elsewhere.otto): Promise<string> {
  const { workspaceId, agentId } = by;
  const { token } = await stage.world.server.engine.signIn.invitations.invite({
    ...{ workspaceId, by: agentId, email: null, role: 'agent' },
  });
  return `/invitations/${token}`;
}

const lists = ({ page }: Desk) => page.getByRole('navigation', { name: 'Lists' }).waitFor();

test('R-18.1 who is signed in comes into another workspace with one click, stands in both in two tabs, and goes between them by keyboard', async () => {
  const { ann, adam, elsewhere } = stage.world;
  const desk = await stage.desk(ann, { path: await invitation() });
  const { page } = desk;
  await page.getByText(ann.email).waitFor();
  await page.getByRole('button', { name: 'Join', exact: true }).click();
  await page.waitForURL(`**/w/${elsewhere.otto.workspaceId}/queue`);
  await stage.world.write(elsewhere.wanda, 'From the south');
  await lists(desk);

  const north = await page.context().newPage();
  await north.goto(`/w/${ann.workspaceId}/queue`);
  await stage.world.write(stage.world.vera, 'From the north');
  await north.getByText('From the north').first().waitFor();
  await desk.card('From the south').waitFor();
  expect(await desk.card('From the north').count()).toBe(0);
  expect(await north.getByText('From the south').count()).toBe(0);

  // Reloaded, each is where it was.
  await Promise.all([north.reload(), page.reload()]);
  await north.getByText('From the north').first().waitFor();
  await desk.card('From the south').waitFor();

  await page.keyboard.press('g');
  await page.keyboard.press('w');
  const finder = page.getByRole('dialog', { name: 'Switch workspace' });
  await finder.getByRole('option', { name: /Southpaw.*You are here/ }).waitFor();
  expect(await desk.wrongs()).toEqual([]);
  await page.keyboard.press('1');
  await page.waitForURL(`**/w/${ann.workspaceId}/queue`);
  await desk.card('From the north').waitFor();

  await page.getByRole('button', { name: /^Ann, / }).click();
  await page.getByRole('menuitemradio', { name: /^Southpaw/ }).waitFor();
  const kept = page.waitForResponse((response) => response.url().endsWith('/me/workspace'));
  await page.keyboard.press('2');
  await page.waitForURL(`**/w/${elsewhere.otto.workspaceId}/queue`);
  await kept;

  // Where one was last, there one comes in.
  await page.goto('/');
  await page.waitForURL(`**/w/${elsewhere.otto.workspaceId}/queue`);

  // Deactivated there: that tab says so, the other goes on, and the way there is gone.
  const [agent] = await stage.world.server.engine.pool<{ id: string }[]>`
    select id from agents where workspace_id = ${elsewhere.otto.workspaceId} and user_id = ${ann.userId}`;
  await stage.world.act(elsewhere.otto, 'agent.deactivate', { agentId: agent?.id });
  await page.getByRole('heading', { name: 'This workspace is not yours' }).waitFor();
  expect(await desk.wrongs()).toEqual([]);
  await stage.world.act(adam, 'agent.rename', { name: 'Adam Smith' });
  await north.goto(`/w/${ann.workspaceId}/settings/people`);
  await north.getByText('Adam Smith').waitFor();
  await page.getByRole('button', { name: 'To your workspace' }).click();
  await lists(desk);
  await page.getByRole('button', { name: /^Ann, / }).click();
  await page.getByRole('menuitem', { name: 'Sign out' }).waitFor();
  expect(await page.getByText('Southpaw').count()).toBe(0);
});

test('R-18.1 somebody invited who has a sign-in comes in with its password', async () => {
  const { ben, elsewhere } = stage.world;
  const context = await stage.browser.newContext({ baseURL: stage.world.url, locale: 'en-GB' });
  const page = await context.newPage();
  await page.goto(await invitation());
  await page.getByLabel('Your name').fill('Ben');
  await page.getByLabel('Email').fill(ben.email);
  await page.getByLabel('Password', { exact: true }).fill('tulip-gravel-ninety-lantern');
  await page.getByRole('button', { name: 'Join' }).click();
  await page.waitForURL(`**/w/${elsewhere.otto.workspaceId}/queue`);
  await page.getByRole('button', { name: 'Workspace Southpaw: switch' }).waitFor();
});

test('R-18.1 an owner makes further workspaces from the menu; from seven on they are searched', async () => {
  const { olga, server } = stage.world;
  const desk = await stage.desk(olga, { path: '/settings/people' });
  const { page } = desk;
  await page.getByRole('button', { name: /^Olga, / }).click();
  await page.getByRole('menuitem', { name: 'New workspace' }).click();
  const dialog = page.getByRole('dialog', { name: 'New workspace' });
  await dialog
    .getByLabel('Name')
    .fill('Eastgate Trading and Forwarding Company (Overseas) Limited');
  await dialog.getByRole('button', { name: 'Create workspace' }).click();
  await page.waitForURL('**/queue');
  await page.getByRole('button', { name: /^Workspace Eastgate Trading/ }).waitFor();

  for (const name of ['Three', 'Four', 'Five', 'Six', 'Seven'])
    await server.engine.signIn.workspaces.create(olga, name);
  await page.reload();
  await page.getByRole('button', { name: /^Olga, / }).click();
  await page.getByRole('menuitem', { name: /All 7 workspaces/ }).click();
  await page.getByRole('combobox', { name: 'Switch workspace' }).fill('sev');
  await page.getByRole('option', { name: /Seven/ }).waitFor();
  expect(await page.getByRole('option').count()).toBe(1);
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Workspace Seven: switch' }).waitFor();
});

test('R-18.1 a changed role changes the open screen at once; a page that is no longer for it says so', async () => {
  const { adam, cara, inbox } = stage.world;
  const { agentId } = cara;
  const role = (name: string) =>
    stage.world.act(adam, 'agent.change-role', { agentId, role: name });
  const { page } = await stage.desk(cara, { path: `/settings/inboxes/${inbox.id}/site` });
  await page.getByText('This page is for admins').waitFor();
  await role('admin');
  await page.getByText('This page is for admins').waitFor({ state: 'detached' });
  await page.getByRole('link', { name: 'Domains' }).first().waitFor();
  await page.getByRole('link', { name: 'People' }).first().click();
  await page.getByRole('button', { name: 'Invite' }).waitFor();
  await role('agent');
  await page.getByRole('button', { name: 'Invite' }).waitFor({ state: 'detached' });
});

test('R-18.1 another workspace’s address is no way in', async () => {
  const { page } = await stage.desk(stage.world.susan, {
    path: `/w/${stage.world.elsewhere.otto.workspaceId}/queue`,
  });
  await page.getByRole('heading', { name: 'This workspace is not yours' }).waitFor();
  await page.getByRole('button', { name: 'To your workspace' }).click();
  await page.waitForURL('**/queue');
  expect(new URL(page.url()).pathname).toBe('/queue');
});
