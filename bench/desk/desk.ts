import { gzipSync } from 'node:zlib';
import type { CDPSession, Page } from 'playwright-core';
import { countMainThread, mainThreadMs, startBrowser } from '../harness/browser.ts';
import { assertDurable, type Deskbell, startDeskbell } from '../harness/deskbell.ts';
import { type Outcome, say, sayMachine, sayTable, shown } from '../harness/report.ts';
import { sized } from '../harness/size.ts';
import { percentile, rounded, roundedSpread, spreadOf } from '../harness/statistics.ts';
import { createWorkspace, openConversations, visitorSeats } from '../harness/workspace.ts';
import { type FarDown, scrollFarDown } from './far-down.ts';
import { fillLists, lastWords } from './fill.ts';

const CONVERSATIONS = sized(100_000, 500);
const SWITCHES = sized(60, 5);
const LETTERS = sized(120, 10);
/** Conversations in which contacts write while the list is scrolled. */
const LIVE = 20;
const FIRST_LOAD_KB = 250;
const SWITCH_MS = 100;
const LETTER_MS = 16;
const FRAME_MS = 16;

/**
 * What an agent waits for, with 100,000 conversations in their list: the first load (gzip), another
 * conversation (from the click until its last message is painted; never opened before, so the server is asked
 * on the way), a typed letter and a frame of a fast wheel through them (all work of the page's main
 * thread that it causes).
 */
export async function bench(): Promise<Outcome> {
  const deskbell = await startDeskbell();
  sayMachine(await assertDurable(deskbell.sql));
  const workspace = await createWorkspace(deskbell, 1);
  // Before the list is filled: as long as there is room.
  const seats = await openConversations(deskbell, workspace, visitorSeats(workspace, LIVE));
  await fillLists(deskbell, workspace, CONVERSATIONS - LIVE);
  const { page, session, firstLoadKb } = await openDesk(deskbell, workspace.tokens[0] ?? '');
  const switches = await switchAbout(page);
  const letters = await typeLetters(page, session);
  const far = await scrollFarDown({ page, session, seats, count: CONVERSATIONS });
  return conclude({ firstLoadKb, switches, letters, far });
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
  await page.addInitScript(noteFirstCard, FIRST_CARD);
  // Asked for by nothing that the page could take for somebody's hand: then it fetches at once what may come later.
  const isThere = page.waitForEvent('console', (message) => message.text() === FIRST_CARD);
  await page.goto(`${url}/mine`);
  await isThere;
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

const FIRST_CARD = 'the first card stands there';

/** In the page: when the first card stood there. What is asked for later is no part of the first load. */
function noteFirstCard(message: string): void {
  new MutationObserver((_, observer) => {
    if (!document.querySelector('[data-card]')) return;
    document.documentElement.dataset.firstCard = String(performance.now());
    observer.disconnect();
    console.debug(message);
  }).observe(document, { childList: true, subtree: true });
}

/** From card to card, each for the first time; ms until the conversation's last message is painted. */
async function switchAbout(page: Page): Promise<number[]> {
  const times: number[] = [];
  const cards = page.locator('[data-card]');
  const cardOf = (n: number) => cards.filter({ hasText: lastWords(n) });
  for (let n = 1; n <= SWITCHES + 1; n += 1) {
    const card = cardOf(n);
    // The live ones stand above them.
    while ((await card.count()) === 0) await cards.last().scrollIntoViewIfNeeded();
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
  far: FarDown;
}

function conclude({ firstLoadKb, switches, letters, far }: Found): Outcome {
  const measured = {
    switchMs: figureOf(switches),
    letterMs: figureOf(letters),
    frameMs: figureOf(far.wheeling),
    dragMs: figureOf(far.dragging),
    loadingFrameMs: figureOf(far.loading),
    frameByClockMs: figureOf(far.frames),
    jumpMs: figureOf(far.jumps),
  };
  const row = (what: string, { p95, ...spread }: (typeof measured)[keyof typeof measured]) => [
    what,
    String(p95),
    shown(spread, 1),
  ];
  const { switchMs, letterMs, frameMs } = measured;
  sayTable(
    [`ms, ${CONVERSATIONS} conversations in the list`, 'p95', 'median (min–max)'],
    [
      row('another conversation', switchMs),
      row('a typed letter', letterMs),
      row('a frame while its pages come', measured.loadingFrameMs),
      row('a frame of a fast wheel', frameMs),
      row('a frame of the scroll bar, every card another', measured.dragMs),
      row('from frame to frame, by the clock', measured.frameByClockMs),
      row('from end to end by a key, by the clock', measured.jumpMs),
    ],
  );
  const [before, after] = [rounded(far.before, 1), rounded(far.after, 1)];
  const loadedAfter = rounded(far.loadedAfter, 1);
  sayTable(['gzip, kB', 'first load'], [['desk', String(firstLoadKb)]]);
  say(`All pages were there after ${loadedAfter} s; ${far.changes} changes came meanwhile.`);
  say(`The page's memory: ${before} MB with the first page, ${after} MB with all of them.`);
  return {
    bench: 'desk',
    figures: {
      ...{ conversations: CONVERSATIONS, firstLoadKb, ...measured },
      ...{ loadedAfter, changes: far.changes, heapMb: { before, after } },
    },
    target: `first load ≤ ${FIRST_LOAD_KB} kB, another conversation ≤ ${SWITCH_MS} ms, a letter ≤ ${LETTER_MS} ms, a frame ≤ ${FRAME_MS} ms (p95)`,
    holds:
      firstLoadKb <= FIRST_LOAD_KB &&
      switchMs.p95 <= SWITCH_MS &&
      letterMs.p95 <= LETTER_MS &&
      frameMs.p95 <= FRAME_MS,
  };
}

const figureOf = (values: readonly number[]) => ({
  p95: rounded(
    percentile(
      values.toSorted((one, other) => one - other),
      0.95,
    ),
    1,
  ),
  ...roundedSpread(spreadOf(values), 1),
});
