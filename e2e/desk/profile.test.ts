import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Desk, Stage } from './stage.ts';

let stage: Stage;
beforeAll(async () => {
  stage = await Stage.open();
});
afterAll(() => stage.close());

const PORTRAIT = fileURLToPath(
  new URL('../../server/src/demo/portraits/tom.webp', import.meta.url),
);
const account = (who: 'ann' | 'ben' | 'olga', more = {}) =>
  stage.desk(stage.world[who], { path: '/settings/account', ...more });
const pictureOf = async ({ page }: Desk) => {
  const image = page.getByRole('button', { name: /^(Ann|Ben|Olga), / }).locator('img');
  await image.waitFor();
  await image.evaluate((element: HTMLImageElement) => element.decode());
  return image.getAttribute('src');
};

test('R-18.2 a picture is chosen, cut by pointer and keys, and seen by others at once', async () => {
  const desk = await account('ann');
  const other = await stage.desk(stage.world.ben, { path: '/settings/people' });
  const { page } = desk;
  await page.locator('input[type=file]').setInputFiles(PORTRAIT);
  const area = page.getByRole('application', { name: 'Part of the picture that is used' });
  await area.waitFor();
  const place = async () => {
    const shown = await area.locator('img').boundingBox();
    const window = await area.boundingBox();
    return {
      x: Math.round((shown?.x ?? 0) - (window?.x ?? 0)),
      width: Math.round(shown?.width ?? 0),
    };
  };
  expect(await place()).toEqual({ x: 0, width: 256 });
  await page.getByRole('slider', { name: 'Zoom' }).fill('2');
  expect(await place()).toEqual({ x: -128, width: 512 });
  await area.focus();
  await page.keyboard.press('ArrowRight');
  expect((await place()).x).toBe(-138);
  const box = await area.boundingBox();
  await page.mouse.move((box?.x ?? 0) + 100, (box?.y ?? 0) + 100);
  await page.mouse.down();
  await page.mouse.move((box?.x ?? 0) + 160, (box?.y ?? 0) + 100, { steps: 4 });
  await page.mouse.up();
  expect((await place()).x).toBe(-78);
  await page.mouse.move((box?.x ?? 0) + 100, (box?.y ?? 0) + 100);
  await page.mouse.wheel(0, 2_000);
  await expect.poll(place).toEqual({ x: 0, width: 256 });
  await page.getByRole('button', { name: 'Use this picture' }).click();
  await area.waitFor({ state: 'detached' });
  const src = await pictureOf(desk);
  expect(src).toMatch(/^\/pictures\/[\w-]{43}$/);
  const row = other.page.getByRole('listitem').filter({ hasText: stage.world.ann.email });
  await row.locator(`img[src="${src}"]`).waitFor();

  await page.getByRole('button', { name: 'Remove', exact: true }).click();
  await row.locator('img').waitFor({ state: 'detached' });
});

test('R-18.2 a picture is dropped or pasted; what is none is said where it happened', async () => {
  const desk = await account('olga');
  const { page } = desk;
  const give = (how: 'drop' | 'paste', base64: string, type: string) =>
    page.evaluate(
      ([kind, data, mime]) => {
        const bytes = Uint8Array.from(atob(data as string), (letter) => letter.charCodeAt(0));
        const given = new DataTransfer();
        given.items.add(new File([bytes], 'a', { type: mime as string }));
        const target = document.querySelector('input[type=file]')?.parentElement;
        const event =
          kind === 'drop'
            ? new DragEvent('drop', { dataTransfer: given, bubbles: true, cancelable: true })
            : new ClipboardEvent('paste', { clipboardData: given, bubbles: true });
        target?.dispatchEvent(event);
      },
      [how, base64, type],
    );
  await page.getByRole('button', { name: 'Choose a picture' }).waitFor();
  await give('drop', btoa('no picture at all'), 'image/png');
  await page.getByRole('alert').getByText("isn't a picture").waitFor();
  for (const how of ['drop', 'paste'] as const) {
    await give(how, readFileSync(PORTRAIT).toString('base64'), 'image/webp');
    await page.getByRole('dialog', { name: 'Your picture' }).waitFor();
    await page.getByRole('button', { name: 'Cancel' }).click();
    await page.getByRole('dialog').waitFor({ state: 'detached' });
  }
});

test('R-18.2 name, languages and signature save themselves; desk and keys are the same on another device', async () => {
  const { page } = await account('ben');
  await page.getByLabel('Name', { exact: true }).fill('Benno');
  await page.getByLabel('Languages you speak').first().selectOption({ label: 'German' });
  await page.getByRole('button', { name: 'Remove German' }).waitFor();
  await page.getByLabel('Signature').fill('**Benno**, Shop');
  await page.getByRole('button', { name: /^Benno, / }).waitFor();
  await page.getByRole('status').getByText('Saved').waitFor();
  await page.getByLabel('Appearance', { exact: true }).selectOption('dark');
  await page.getByRole('button', { name: 'Change shortcuts' }).click();
  await page.getByRole('button', { name: 'Change: Go to People' }).click();
  await page.keyboard.press('a');
  await page.getByRole('alert').getByText('Accept, join or reopen').waitFor();
  const kept = page.waitForResponse((response) => response.url().endsWith('/me/preferences'));
  await page.keyboard.press('y');
  await page.getByRole('button', { name: 'Reset: Go to People' }).waitFor();
  await kept;

  const other = await account('ben');
  await expect
    .poll(() => other.page.evaluate(() => document.documentElement.dataset.theme))
    .toBe('dark');
  expect(await other.page.getByLabel('Signature').inputValue()).toBe('**Benno**, Shop');
  await other.page.getByRole('heading', { level: 1 }).click();
  await other.page.keyboard.press('y');
  await other.page.getByRole('heading', { level: 1, name: 'People' }).waitFor();
});
