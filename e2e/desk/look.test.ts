import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Stage } from './stage.ts';

let stage: Stage;
let id: string;
beforeAll(async () => {
  stage = await Stage.open();
  const { walt, vera } = stage.world;
  await stage.world.write(walt, 'Is anybody there?');
  id = await stage.conversation('Hello', '**Where** is my parcel? `A-1204` https://shop.example/a');
  await stage.visitor(vera).sendMessage('- one\n- two');
});
afterAll(() => stage.close());

const rooms = { desktop: [1440, 900], laptop: [1024, 768], phone: [390, 844] } as const;

describe.for(['light', 'dark'] as const)('%s', (colorScheme) => {
  test.for(Object.entries(rooms))('axe finds nothing on a %s', async ([, [width, height]]) => {
    const desk = await stage.desk(stage.world.ann, {
      colorScheme,
      viewport: { width, height },
      reducedMotion: 'reduce',
    });
    await desk.cards.first().waitFor();
    expect(await desk.wrongs()).toEqual([]);

    await desk.page.goto(`/mine/${id}`);
    await desk.message('Where is my parcel?').waitFor();
    expect(await desk.wrongs()).toEqual([]);
    // Nothing hangs over the edge.
    expect(await desk.page.evaluate(() => document.documentElement.scrollWidth)).toBe(width);

    await desk.page.getByRole('button', { name: 'Insert an emoji' }).click();
    await desk.page.getByRole('combobox', { name: 'Search emojis' }).fill('heart');
    await desk.page.getByRole('option', { name: 'red heart' }).waitFor();
    expect(await desk.wrongs()).toEqual([]);
    await desk.page.keyboard.press('Escape');
    await desk.page.locator('textarea:focus').waitFor();

    // Another desk may have left just this as a draft; only what is typed is completed.
    await desk.field.fill('');
    await desk.field.fill('so :smi');
    await desk.page.getByRole('option').first().waitFor();
    expect(await desk.wrongs()).toEqual([]);
    await desk.field.fill('');

    await desk.page.goto('/queue');
    await desk.card('Is anybody there?').click();
    await desk.page.getByText('Nobody has this conversation yet.').waitFor();
    expect(await desk.wrongs()).toEqual([]);
    await desk.page.context().close();
  });
});

test('German stands in every place', async () => {
  const desk = await stage.desk(stage.world.ann, { locale: 'de-DE', path: `/mine/${id}` });
  await desk.page.getByRole('textbox', { name: /^Nachricht an Besucher/ }).waitFor();
  await desk.page.getByText('Übernommen: Sie').waitFor();
  expect(await desk.page.getByRole('link', { name: /Wartend/ }).count()).toBe(1);
  expect(await desk.wrongs()).toEqual([]);
});
