import { gzipSync } from 'node:zlib';
import type { CDPSession, Page } from 'playwright-core';
import { countMainThread, mainThreadMs, startBrowser } from '../harness/browser.ts';
import { assertDurable, type Deskbell, startDeskbell } from '../harness/deskbell.ts';
import { type Outcome, sayMachine, sayTable, shown } from '../harness/report.ts';
import { sized } from '../harness/size.ts';
import { percentile, rounded, roundedSpread, spreadOf } from '../harness/statistics.ts';
import { createWorkspace } from '../harness/workspace.ts';
import { fillLists, lastWords } from './fill.ts';

const CONVERSATIONS = sized(10_000, 500);
const SWITCHES = sized(60, 5);
const LETTERS = sized(120, 10);
const FIRST_LOAD_KB = 250;
const SWITCH_MS = 100;
const LETTER_MS = 16;

/**
 * What an agent waits for, with 10,000 conversations in their list: the first load (gzip), another
 * conversation (from the click until its last message is painted; never opened before, so the server is asked
 * on the way), and a typed letter (all work of the page's main thread that it causes).
 */
export async function bench(): Promise<Outcome> {
  const deskbell = await startDeskbell();
  sayMachine(await assertDurable(deskbell.sql));
  const workspace = await createWorkspace(deskbell, 1);
  await fillLists(deskbell, workspace, CONVERSATIONS);
  const { page, session, firstLoadKb } = await openDesk(deskbell, workspace.tokens[0] ?? '');
  const switches = await switchAbout(page);
  const letters = await typeLetters(page, session);
  return conclude({ firstLoadKb, switches, letters });
}

async function openDesk({ url }: Deskbell, token: string) {
  const browser = await startBrowser();
  const context = await browser.newContext({
    locale: 'en-GB',
    viewport: { width: 1440, height: 900 },
  });
  await context.addCookies([{ name: 'deskbell_session', value: token, url }]);
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await countMainThread(session);
  const fetched = new Map<string, Promise<number>>();
  page.on('response', (response) => {
    if (!/\.(js|css)$|\/mine$/.test(response.url())) return;
    fetched.set(
      response.url(),
      response.body().then((body) => gzipSync(body, { level: 9 }).length),
    );
  });
  await page.addInitScript(noteFirstCard);
  await page.goto(`${url}/mine`);
  await page.locator('[data-card]').first().waitFor();
  const before = await page.evaluate(() =>
    performance
      .getEntriesByType('resource')
      .filter(({ startTime }) => startTime < Number(document.documentElement.dataset.firstCard))
      .map(({ name }) => name),
  );
  const sizes = await Promise.all(
    [page.url(), ...before].map((address) => fetched.get(address) ?? 0),
  );
  const bytes = sizes.reduce((sum, each) => sum + each, 0);
  return { page, session, firstLoadKb: rounded(bytes / 1000, 1) };
}

/** In the page: when the first card stood there. What is asked for later is no part of the first load. */
function noteFirstCard(): void {
  new MutationObserver((_, observer) => {
    if (!document.querySelector('[data-card]')) return;
    document.documentElement.dataset.firstCard = String(performance.now());
    observer.disconnect();
  }).observe(document, { childList: true, subtree: true });
}

/** From card to card, each for the first time; ms until the conversation's last message is painted. */
async function switchAbout(page: Page): Promise<number[]> {
  const times: number[] = [];
  for (let n = 1; n <= SWITCHES + 1; n += 1) {
    const card = page.locator('[data-card]').filter({ hasText: lastWords(n) });
    await card.scrollIntoViewIfNeeded();
    const ms = await card.evaluate(async (element, words) => {
      const begun = performance.now();
      (element.querySelector('a') ?? (element as HTMLElement)).click();
      const isThere = () =>
        [...document.querySelectorAll('[role="log"] [data-message]')]
          .at(-1)
          ?.textContent?.includes(words);
      while (!isThere()) await new Promise(requestAnimationFrame);
      // The frame after the one in which it stands there: it has been painted.
      await new Promise(requestAnimationFrame);
      return performance.now() - begun;
    }, lastWords(n));
    // The first one brings the code of the timeline with it.
    if (n > 1) times.push(ms);
  }
  return times;
}

/** ms of the main thread for each letter, until the page is quiet again. */
async function typeLetters(page: Page, session: CDPSession): Promise<number[]> {
  const field = page.getByRole('textbox', { name: /^Message to/ });
  await field.click();
  const settle = () =>
    page.evaluate(
      () =>
        new Promise<void>((resolve) =>
          requestAnimationFrame(() => requestAnimationFrame(() => resolve())),
        ),
    );
  await settle();
  const spent = async (act: () => Promise<void>) => {
    const before = await mainThreadMs(session);
    await act();
    await settle();
    return (await mainThreadMs(session)) - before;
  };
  // What asking and the two frames cost by themselves is no work of a letter.
  const idle: number[] = [];
  for (let time = 0; time < LETTERS; time += 1) idle.push(await spent(async () => undefined));
  const { median: own } = spreadOf(idle);
  const times: number[] = [];
  for (let letter = 0; letter < LETTERS; letter += 1) {
    const ms = await spent(() => page.keyboard.press(letter % 6 === 5 ? 'Space' : 'a'));
    times.push(Math.max(0, ms - own));
  }
  return times;
}

interface Found {
  firstLoadKb: number;
  switches: number[];
  letters: number[];
}

function conclude({ firstLoadKb, switches, letters }: Found): Outcome {
  const p95 = (all: number[]) =>
    rounded(
      percentile(
        all.toSorted((one, other) => one - other),
        0.95,
      ),
      1,
    );
  const [switching, typing] = [p95(switches), p95(letters)];
  sayTable(
    [`ms, ${CONVERSATIONS} conversations in the list`, 'p95', 'median (min–max)'],
    [
      ['another conversation', String(switching), shown(spreadOf(switches), 1)],
      ['a typed letter', String(typing), shown(spreadOf(letters), 1)],
    ],
  );
  sayTable(['gzip, kB', 'first load'], [['desk', String(firstLoadKb)]]);
  return {
    bench: 'desk',
    figures: {
      conversations: CONVERSATIONS,
      firstLoadKb,
      switchMs: { p95: switching, ...roundedSpread(spreadOf(switches), 1) },
      letterMs: { p95: typing, ...roundedSpread(spreadOf(letters), 1) },
    },
    target: `first load ≤ ${FIRST_LOAD_KB} kB, another conversation ≤ ${SWITCH_MS} ms, a letter ≤ ${LETTER_MS} ms (p95)`,
    holds: firstLoadKb <= FIRST_LOAD_KB && switching <= SWITCH_MS && typing <= LETTER_MS,
  };
}
