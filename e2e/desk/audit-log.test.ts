import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Desk, Stage } from './stage.ts';

const PAGE = 50;

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

test('R-18.3 a filter holds for what comes, and what is read stays in its place', async () => {
  const { world } = stage;
  const { pool } = world.server.engine;
  // A full stop, for the hour stands right behind the name: 6 at 02:30 would be read as 60.
  await pool`insert into audit (workspace_id, at, id, actor_kind, actor_id, what, subject_id, subject_name, changes)
    select ${world.workspaceId}, ${Date.now()}::bigint - n * 1000, gen_random_uuid(), 'agent', ${world.adam.agentId},
      'label.added', gen_random_uuid(), 'Old ' || n || '.', '[]'::jsonb from generate_series(1, 130) n`;
  const desk = await stage.desk(world.olga, { path: '/settings/audit?topic=labels' });
  const { page } = desk;
  const read = line(desk, 'made the label Old 60.').first();
  const scrolled = async () => {
    await page.mouse.move(900, 600);
    await page.mouse.wheel(0, 800);
    return read.isVisible();
  };
  await expect.poll(scrolled, { timeout: 20_000 }).toBe(true);
  // Scrolling has come to rest.
  await read.hover({ trial: true });
  const held = await lines(desk).count();
  expect(held).toBeGreaterThan(PAGE);
  const place = await read.boundingBox();

  await world.act(world.adam, 'team.create', { name: 'Night' });
  // More than one page of them.
  for (let n = 0; n <= PAGE; n++) await makeLabel(`New ${n}.`);
  for (const n of [0, PAGE])
    await line(desk, `made the label New ${n}.`).first().waitFor({ state: 'attached' });
  await expect.poll(() => lines(desk).count(), { timeout: 20_000 }).toBeGreaterThan(held + PAGE);
  const moved = async () => Math.abs(((await read.boundingBox())?.y ?? 0) - (place?.y ?? 0));
  await expect.poll(moved, { timeout: 30_000 }).toBeLessThan(2);
  expect(await line(desk, 'Night').count()).toBe(0);

  // Scrolling on still reaches the eldest, each once: those of before, the two of the other test, the new ones.
  const whole = async () => {
    await page.mouse.wheel(0, 20_000);
    return lines(desk).count();
  };
  await expect.poll(whole, { timeout: 20_000 }).toBe(130 + 2 + PAGE + 1);
});
