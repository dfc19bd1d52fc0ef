import { afterAll, beforeAll, expect, test } from 'vitest';
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

// Everything else that opens is looked at in every-screen.test.ts.
test.for(['light', 'dark'] as const)(
  'axe finds nothing in what is offered while typing, in %s',
  async (colorScheme) => {
    const desk = await stage.desk(stage.world.ann, { colorScheme, path: `/mine/${id}` });
    await desk.message('Where is my parcel?').waitFor();
    // Another desk may have left just this as a draft; only what is typed is completed.
    await desk.field.fill('');
    await desk.field.fill('so :smi');
    await desk.page.getByRole('option').first().waitFor();
    expect(await desk.wrongs()).toEqual([]);
    await desk.page.context().close();
  },
);

test('German stands in every place', async () => {
  const desk = await stage.desk(stage.world.ann, { locale: 'de-DE', path: `/mine/${id}` });
  await desk.page.getByRole('textbox', { name: /^Nachricht an Besucher/ }).waitFor();
  await desk.page.getByText('Übernommen: Sie').waitFor();
  expect(await desk.page.getByRole('link', { name: /Wartend/ }).count()).toBe(1);
  expect(await desk.wrongs()).toEqual([]);
});
