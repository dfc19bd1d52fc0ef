import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Desk, Stage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.open();
});
afterAll(async () => {
  await stage.close();
  expect(stage.troubles).toEqual([]);
});

const lines = ({ page }: Desk) =>
  page.getByRole('region', { name: 'Changes, the newest first' }).getByRole('listitem');
const line = (desk: Desk, text: string) => lines(desk).filter({ hasText: text });
const makeLabel = (name: string) =>
  stage.world.act(stage.world.adam, 'label.create', { name, color: '#cc0000' });

test('R-18.3 what somebody else changes stands in the audit log at once, also after a cut line', async () => {
  const { world } = stage;
  const desk = await stage.desk(world.olga, { path: '/settings/audit' });
  await lines(desk).first().waitFor();
  await makeLabel('Urgent');
  await line(desk, 'made the label Urgent').waitFor();
  const body = { email: 'nina@example.org', role: 'agent' };
  await world.request(world.adam, '/invitations', { method: 'POST', body });
  await line(desk, 'nina@example.org').waitFor();

  await desk.line.cut();
  await makeLabel('Later');
  desk.line.mend();
  await line(desk, 'made the label Later').waitFor();
  expect(await line(desk, 'made the label').count()).toBe(2);
});
