import { randomUUID } from 'node:crypto';
import { BULK_JOBS_AT_ONCE } from '@deskbell/contract';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { nextItems } from '../../server/src/bulk/sql.ts';
import { type Desk, Stage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.open();
});
afterAll(async () => {
  await stage.close();
  // What is refused here is refused on purpose.
  expect(stage.troubles.filter((text) => !text.includes('409 (Conflict)'))).toEqual([]);
});
/** Ann's desk with three conversations in All open, the newest first. */
async function withThree(options: Parameters<Stage['desk']>[1] = {}): Promise<Desk> {
  const { ann, newVisitor } = stage.world;
  for (const text of ['parcel one', 'parcel two', 'parcel three'])
    await stage.world.write(newVisitor(), text);
  const desk = await stage.desk(ann, { path: '/open', ...options });
  for (const text of ['parcel one', 'parcel two', 'parcel three'])
    await desk.card(text).first().waitFor();
  return desk;
}

const bar = ({ page }: Desk) =>
  page.getByRole('toolbar', { name: 'What to do with the selection' });
const flags = (desk: Desk) => desk.cards.getByRole('img', { name: 'Flagged' });

test('R-2.8 by keyboard alone: some are selected, flagged together, and taken back', async () => {
  const desk = await withThree();
  const { page } = desk;
  const place = async () => (await desk.cards.first().boundingBox())?.y;
  const before = await place();
  for (const key of ['j', 'v', 'j', 'v']) await page.keyboard.press(key);
  await bar(desk).getByText('2 selected').waitFor();
  // What is selected stays where it was.
  expect(await place()).toBe(before);
  await bar(desk).getByRole('button', { name: 'Flag', exact: true }).press('Enter');
  await desk.toast('2 conversations flagged').waitFor();
  await expect.poll(() => flags(desk).count()).toBe(2);
  await page.getByRole('button', { name: 'Undo' }).first().click();
  await desk.toast('Taken back for 2 conversations').waitFor();
  await expect.poll(() => flags(desk).count()).toBe(0);

  await desk.cards.first().focus();
  await page.keyboard.press('Control+a');
  await bar(desk)
    .getByText(/^\d+ selected$|^All of this list$/)
    .first()
    .waitFor();
  await desk.cards.first().focus();
  await page.keyboard.press('Escape');
  await bar(desk).waitFor({ state: 'detached' });
});

test('R-2.8 a screen reader is told which keys select, what is selected, and where to go on', async () => {
  const desk = await withThree();
  const { page } = desk;
  await desk.cards.first().focus();
  const read = await readerOf(page);
  const first = await read(0);
  expect(first.keys).toBe('V Control+A');
  expect(first.description).toBe('');
  // With Tab one meets its box, which ticks by the space bar.
  await page.keyboard.press('Tab');
  const box = page.getByRole('checkbox', { name: /^Select the conversation with / });
  expect(await box.first().evaluate((each) => each === document.activeElement)).toBe(true);
  const said = page.getByRole('status').filter({ hasText: 'selected' });
  await page.keyboard.press('Space');
  await said
    .getByText('1 selected. What to do with the selection stands before the list.')
    .waitFor();
  expect(await read(0)).toMatchObject({ description: 'Selected' });
  expect(await read(1)).toEqual({ description: '', keys: '' });
  await desk.cards.first().focus();
  for (const key of ['ArrowDown', 'v']) await page.keyboard.press(key);
  await said.getByText('2 selected', { exact: true }).waitFor();
  expect(await read(1)).toEqual({ description: 'Selected', keys: 'V Control+A' });
  // Every card has its box now.
  expect(await box.count()).toBe(await desk.cards.count());
  expect(await desk.wrongs()).toEqual([]);
  await page.context().close();
});

/** What assistive technology is given of a card. */
async function readerOf(page: Page) {
  const session = await page.context().newCDPSession(page);
  return async (place: number) => {
    const expression = `document.querySelectorAll('[data-card]')[${place}]`;
    const { result } = await session.send('Runtime.evaluate', { expression });
    const objectId = result.objectId ?? '';
    const { nodes } = await session.send('Accessibility.getPartialAXTree', {
      objectId,
      fetchRelatives: false,
    });
    const [node] = nodes;
    const keys = node?.properties?.find(({ name }) => name === 'keyshortcuts');
    return {
      description: String(node?.description?.value ?? ''),
      keys: String(keys?.value.value ?? ''),
    };
  };
}

test('R-2.8, R-19.5 a supervisor closes what others have by one reason, and takes it back as it was', async () => {
  const { world } = stage;
  const anns = await world.write(world.newVisitor(), 'rocket one');
  await world.act(world.ann, 'conversation.accept', { conversationId: anns });
  await world.act(world.ann, 'conversation.mark-pending', { conversationId: anns });
  const desk = await stage.desk(world.susan, { path: '/pending' });
  const { page } = desk;
  await desk.card('rocket one').focus();
  await page.keyboard.press('v');
  await bar(desk).getByRole('button', { name: 'Close', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: 'Close them' });
  await dialog.getByRole('button', { name: 'Close them' }).click();
  await dialog.getByText('Say why you close it.').waitFor();
  expect(await desk.wrongs()).toEqual([]);
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('');
  // Letters that are keys of the list are text here.
  await page.keyboard.type('jv, all answered');
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  await bar(desk).getByText('1 selected').waitFor();
  await bar(desk).getByRole('button', { name: 'Close', exact: true }).click();
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('All answered by mail');
  await dialog.getByRole('button', { name: 'Close them' }).click();
  await desk.toast('1 conversation closed').waitFor();
  await desk.card('rocket one').waitFor({ state: 'detached' });
  await page.getByRole('button', { name: 'Undo' }).first().click();
  await desk.toast('Taken back for 1 conversation').waitFor();
  await desk.card('rocket one').click();
  await page.getByText('You closed the conversation: All answered by mail').waitFor();
  await page.getByText('You reopened the conversation').waitFor();
});

test('R-2.8 how far it is shows on every desk of who began it, also after a cut line, and none asks', async () => {
  const { world } = stage;
  const desks = [await withThree(), await stage.desk(world.ann, { path: '/open' })] as const;
  const [cut, other] = desks;
  await other.card('parcel three').first().waitFor();
  const asked: string[] = [];
  for (const { page } of desks)
    page.on('request', (request) => request.url().includes('/bulk-jobs') && asked.push('a desk'));

  const goOn = await begunElsewhere(3);
  for (const { page } of desks)
    await page.getByRole('progressbar', { name: '0 of 3 done' }).waitFor();
  await cut.line.cut();
  await goOn();
  await other.toast('3 conversations flagged').waitFor();
  await cut.page.getByRole('progressbar', { name: '0 of 3 done' }).waitFor();
  cut.line.mend();
  await cut.toast('3 conversations flagged').waitFor();
  for (const { page } of desks) await page.getByRole('progressbar').waitFor({ state: 'detached' });
  expect(asked).toEqual([]);
});

/** Ann flags conversations on a server that says nothing more, after it has looked at so many of them. Returns the way to let another one take it over. */
async function begunElsewhere(count: number, lookedAt = 0): Promise<() => Promise<void>> {
  const { ann, workspaceId, newVisitor, server } = stage.world;
  const { pool, bulk } = server.engine;
  const id = randomUUID();
  const far = 2 ** 50;
  await pool`insert into bulk_jobs (workspace_id, id, agent_id, action, total, created_at, leased_by, leased_until)
    values (${workspaceId}, ${id}, ${ann.agentId}, '{"do": "flag"}', ${count}, ${Date.now()}, ${id}, ${far})`;
  for (let place = 0; place < count; place++) {
    const conversationId = await stage.world.write(newVisitor(), `pallet ${place}`);
    await pool`insert into bulk_items (workspace_id, job_id, place, conversation_id)
      values (${workspaceId}, ${id}, ${place}, ${conversationId})`;
  }
  // As that server does first with what it is about to do.
  await pool.begin((sql) =>
    nextItems(
      sql as never,
      { workspaceId, id, agentId: ann.agentId, action: { do: 'flag' }, undoOf: null },
      lookedAt,
    ),
  );
  return async () => {
    await pool`update bulk_jobs set leased_until = 0 where id = ${id}`;
    await bulk.run();
  };
}

test('R-2.8 labelled, put back and given away together; what could not be is told with its reason', async () => {
  const { world } = stage;
  const { ann, ben, adam } = world;
  await world.act(adam, 'label.create', { name: 'Fragile', color: '#b45309' });
  const ids: string[] = [];
  for (const text of ['crate of nobody', 'crate of Ann', 'crate of Ben'])
    ids.push(await world.write(world.newVisitor(), text));
  await world.act(ann, 'conversation.accept', { conversationId: ids[1] });
  await world.act(ben, 'conversation.accept', { conversationId: ids[2] });
  const desk = await stage.desk(ann, { path: '/open' });
  const { page } = desk;
  const crates = ['crate of nobody', 'crate of Ann', 'crate of Ben'];
  const each = async (...texts: string[]) => {
    for (const text of texts) {
      await desk.card(text).focus();
      await page.keyboard.press('v');
    }
    await bar(desk).getByText(`${texts.length} selected`).waitFor();
  };
  const choose = async (button: string, item: string) => {
    await bar(desk).getByRole('button', { name: button, exact: true }).click();
    await page.getByRole('menuitem', { name: item }).click();
  };
  await each(...crates);
  await choose('Label', 'Put on: Fragile');
  await desk.toast('3 conversations labelled').waitFor();
  for (const text of crates) await desk.card(text).getByText('Fragile').waitFor();

  await each('crate of Ann', 'crate of Ben');
  await choose('Assign', 'Back to the queue');
  await desk.toast('1 conversation is back in the queue').waitFor();
  await desk.toast('1 stayed as it was: 1 × Somebody else has this conversation.').waitFor();
  await desk.card('crate of Ann').getByText('Nobody has it yet').waitFor();
  await desk.card('crate of Ben').getByRole('img', { name: 'Ben has it' }).waitFor();

  const limit = { agentId: world.tess.agentId, capacity: 1 };
  await world.act(adam, 'agent.set-capacity', limit);
  await each(...crates);
  await choose('Assign', 'Tess');
  await desk.toast('1 conversation assigned').waitFor();
  await desk.toast(/^2 stayed as they were: .*1 × Somebody else has this conversation\./).waitFor();
  await desk.toast(/1 × This colleague has as many open conversations as they may have/).waitFor();
  await expect
    .poll(() =>
      desk.cards.filter({ hasText: 'crate of' }).getByRole('img', { name: 'Tess has it' }).count(),
    )
    .toBe(1);
  await desk.card('crate of Ben').getByRole('img', { name: 'Ben has it' }).waitFor();
  await world.act(adam, 'agent.set-capacity', { ...limit, capacity: null });
});

test('R-2.8 what ended while the desk was reloaded is told when it is back; another browser takes it back', async () => {
  const { world } = stage;
  const [reloaded, other] = [await withThree(), await stage.desk(world.ann, { path: '/open' })];
  const goOn = await begunElsewhere(3);
  for (const { page } of [reloaded, other])
    await page.getByRole('progressbar', { name: '0 of 3 done' }).waitFor();
  await reloaded.page.goto('/icon.svg');
  await goOn();
  await other.toast('3 conversations flagged').waitFor();
  await reloaded.page.goto('/open');
  await reloaded.toast('3 conversations flagged').waitFor();
  const flagged = (desk: Desk) =>
    desk.cards.filter({ hasText: 'pallet' }).getByRole('img', { name: 'Flagged' });
  const before = await flagged(reloaded).count();
  await other.page.getByRole('button', { name: 'Undo' }).first().click();
  await other.toast('Taken back for 3 conversations').waitFor();
  await reloaded.toast('Taken back for 3 conversations').waitFor();
  await expect.poll(() => flagged(reloaded).count()).toBe(before - 3);
  // Once told it is told.
  await reloaded.page.reload();
  await reloaded.card('pallet').first().waitFor();
  expect(await reloaded.toast('3 conversations flagged').count()).toBe(0);
});

test('R-2.8 on a phone a long press selects, a tap then takes further ones, and opens nothing', async () => {
  const desk = await withThree({
    viewport: { width: 390, height: 844 },
    hasTouch: true,
    isMobile: true,
  });
  const { page } = desk;
  // The finger rests until it has selected.
  await press(page, await middleOf(desk, 0), () => bar(desk).getByText('1 selected').waitFor());
  await press(page, await middleOf(desk, 1));
  await bar(desk).getByText('2 selected').waitFor();
  await press(page, await middleOf(desk, 1));
  await bar(desk).getByText('1 selected').waitFor();
  expect(new URL(page.url()).pathname).toMatch(/\/open$/);

  await bar(desk).getByRole('button', { name: 'Select nothing' }).click();
  await bar(desk).waitFor({ state: 'detached' });
  await press(page, await middleOf(desk, 0));
  await desk.timeline.waitFor();
});

test('R-2.8 what goes on is stopped and taken back, told on every desk; too much at once is refused where it was begun', async () => {
  const { world } = stage;
  const desks = [await withThree(), await stage.desk(world.ann, { path: '/open' })] as const;
  const [desk, other] = desks;
  await other.card('parcel three').first().waitFor();
  const goOn = await begunElsewhere(5, 2);
  await desk.page.getByRole('progressbar', { name: '0 of 5 done' }).waitFor();
  expect(await desk.wrongs()).toEqual([]);
  await desk.page.getByRole('button', { name: 'Stop and undo' }).click();
  for (const { page } of desks)
    await page.getByRole('progressbar', { name: '0 of 2 taken back' }).waitFor();
  await goOn();
  for (const each of desks) {
    await each.toast('Taken back for 2 conversations').waitFor();
    await each.page.getByRole('progressbar').waitFor({ state: 'detached' });
    expect(await each.toast('2 conversations flagged').count()).toBe(0);
  }
  const left = await world.server.engine.pool`
    select from bulk_jobs j join bulk_items i on i.job_id = j.id join conversations c on c.id = i.conversation_id
    where j.is_stopped and c.is_flagged`;
  expect(left).toHaveLength(0);

  const goOns = [];
  for (let count = 0; count < BULK_JOBS_AT_ONCE; count++) goOns.push(await begunElsewhere(1));
  await desk.cards.first().focus();
  await desk.page.keyboard.press('v');
  await bar(desk).getByRole('button', { name: 'Flag', exact: true }).click();
  await desk.toast('Too much that you began for many conversations is still going on.').waitFor();
  // What was selected stays so, to try again.
  await bar(desk).getByText('1 selected').waitFor();
  for (const end of goOns) await end();
  await bar(desk).getByRole('button', { name: 'Flag', exact: true }).click();
  await bar(desk).waitFor({ state: 'detached' });
});

async function middleOf(desk: Desk, index: number) {
  const box = await desk.cards.nth(index).boundingBox();
  if (!box) throw new Error('the card is not in sight');
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** A finger comes down and goes up again, at once or after `rest`. */
async function press(
  page: Page,
  at: { x: number; y: number },
  rest: () => Promise<void> = async () => undefined,
): Promise<void> {
  const session = await page.context().newCDPSession(page);
  await session.send('Input.dispatchTouchEvent', { type: 'touchStart', touchPoints: [at] });
  await rest();
  await session.send('Input.dispatchTouchEvent', { type: 'touchEnd', touchPoints: [] });
  await session.detach();
}
