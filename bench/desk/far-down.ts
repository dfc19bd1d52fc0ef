import type { CDPSession, ElementHandle, Page } from 'playwright-core';
import { mainThreadMs } from '../harness/browser.ts';
import type { Seats } from '../harness/generator/orders.ts';
import { sized } from '../harness/size.ts';
import { Talk } from '../harness/talk.ts';

/** Of a fast wheel, at the head of the list and at its end; and of the scroll bar, dragged from one to the other. */
const WHEEL_FRAMES = sized(300, 20);
const DRAG_FRAMES = sized(200, 20);
/** A frame's way of a fast wheel, in px. */
const WHEEL = 480;
/** The thread's own time is asked for after so many: asking costs some, too. */
const FRAMES_AT_ONCE = 10;
const JUMPS = sized(20, 4);
/** Messages of contacts a second, each of which moves a conversation to the head of the list. */
const PER_SECOND = 20;

export interface FarDown {
  /** Seconds until every page has been loaded. */
  loadedAfter: number;
  /** ms of the main thread for a frame: while pages come, of the wheel, and of the scroll bar. */
  loading: number[];
  wheeling: number[];
  dragging: number[];
  /** ms by the clock from a frame of the wheel to the next. */
  frames: number[];
  /** ms by the clock from a key until the other end of the list is painted. */
  jumps: number[];
  /** Changes that came meanwhile. */
  changes: number;
  /** MB of the page, after a collection: with the first page, and with all of them. */
  before: number;
  after: number;
}

interface Given {
  page: Page;
  session: CDPSession;
  /** Conversations of the list, in which contacts write. */
  seats: Seats;
  count: number;
}

/** Down to the end of a list while its pages come, back up, and from end to end by a key; contacts write all the while. */
export async function scrollFarDown(given: Given): Promise<FarDown> {
  const { page, session, count } = given;
  const before = await heapMb(session);
  const list = await page.locator('ul', { has: page.locator('[data-card]') }).elementHandle();
  if (!list) throw new Error('there is no list');
  const writing = await keepWriting(given.seats);
  const begun = performance.now();
  const loading = await scrollUntilAllIsThere({ session, list });
  const loadedAfter = (performance.now() - begun) / 1000;
  const scrolled = (px: number, frames: number) => scroll({ session, list, px, frames });
  const height = await list.evaluate(({ parentElement }) => parentElement?.scrollHeight ?? 0);
  const wheels = [await scrolled(-WHEEL, WHEEL_FRAMES)];
  const dragging = await scrolled(-height / DRAG_FRAMES, DRAG_FRAMES);
  wheels.push(await scrolled(WHEEL, WHEEL_FRAMES));
  const jumps: number[] = [];
  for (let jump = 0; jump < JUMPS; jump += 1)
    jumps.push(await list.evaluate(jumpTo, { key: jump % 2 === 0 ? 'End' : 'Home', count }));
  const changes = await writing.stop();
  // What was written last stands at the head, also after all this.
  await page
    .locator('[data-card]')
    .filter({ hasText: `news ${changes}.` })
    .waitFor();
  return {
    ...{ loadedAfter, loading, jumps, changes, before },
    wheeling: wheels.flatMap(({ own }) => own),
    frames: wheels.flatMap(({ byClock }) => byClock),
    dragging: dragging.own,
    after: await heapMb(session),
  };
}

async function ownTime(session: CDPSession, act: () => Promise<void>): Promise<number> {
  const before = await mainThreadMs(session);
  await act();
  return (await mainThreadMs(session)) - before;
}

async function heapMb(session: CDPSession): Promise<number> {
  await session.send('HeapProfiler.collectGarbage');
  const { usedSize } = await session.send('Runtime.getHeapUsage');
  return usedSize / 1e6;
}

/** Contacts write in turn until they are stopped; resolves then with how often they did. */
async function keepWriting({ url, visitors }: Seats): Promise<{ stop(): Promise<number> }> {
  const talks = await Promise.all(visitors.map(({ hello }) => Talk.open(url, hello)));
  let written = 0;
  let isOver = false;
  const write = async () => {
    const begun = performance.now();
    while (!isOver) {
      written += 1;
      await talks[written % talks.length]?.command('message.receive', { text: `news ${written}.` });
      const due = begun + (written * 1000) / PER_SECOND - performance.now();
      if (due > 0) await new Promise((resolve) => setTimeout(resolve, due));
    }
  };
  const writing = write();
  return {
    async stop() {
      isOver = true;
      await writing;
      for (const talk of talks) talk.close();
      return written;
    },
  };
}

interface Scrolled {
  session: CDPSession;
  list: ElementHandle<HTMLElement | SVGElement>;
}

async function scrollUntilAllIsThere({ session, list }: Scrolled): Promise<number[]> {
  const own: number[] = [];
  for (let isAll = false; !isAll; ) {
    const spent = await ownTime(session, async () => {
      isAll = await list.evaluate(scrollToEnd, FRAMES_AT_ONCE);
    });
    own.push(spent / FRAMES_AT_ONCE);
  }
  return own;
}

/** So many px in each frame; ms of the thread for one, and by the clock. */
async function scroll(
  given: Scrolled & { px: number; frames: number },
): Promise<{ own: number[]; byClock: number[] }> {
  const { session, list, px } = given;
  const own: number[] = [];
  const byClock: number[] = [];
  for (let done = 0; done < given.frames; done += FRAMES_AT_ONCE) {
    const spent = await ownTime(session, async () => {
      byClock.push(...(await list.evaluate(scrollBy, { px, frames: FRAMES_AT_ONCE })));
    });
    own.push(spent / FRAMES_AT_ONCE);
  }
  return { own, byClock };
}

/** In the page, as the next two are: to the end that there is, frame by frame; whether it is the last. */
async function scrollToEnd(list: Element, frames: number): Promise<boolean> {
  const scroller = list.parentElement as HTMLElement;
  for (let frame = 0; frame < frames; frame += 1) {
    scroller.scrollTop = scroller.scrollHeight;
    await new Promise(requestAnimationFrame);
  }
  return list.querySelector('li')?.getAttribute('aria-setsize') !== '-1';
}

async function scrollBy(
  list: Element,
  { px, frames }: { px: number; frames: number },
): Promise<number[]> {
  const scroller = list.parentElement as HTMLElement;
  const times: number[] = [];
  let before = performance.now();
  for (let frame = 0; frame < frames; frame += 1) {
    scroller.scrollTop += px;
    await new Promise(requestAnimationFrame);
    const now = performance.now();
    times.push(now - before);
    before = now;
  }
  return times;
}

async function jumpTo(
  list: Element,
  { key, count }: { key: string; count: number },
): Promise<number> {
  const begun = performance.now();
  const active = list.querySelector<HTMLElement>('[data-card][tabindex="0"]');
  active?.focus({ preventScroll: true });
  active?.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true }));
  const wanted = key === 'End' ? count : 1;
  const box = (list.parentElement as HTMLElement).getBoundingClientRect();
  const isThere = () => {
    const { top, bottom } =
      list.querySelector(`[aria-posinset="${wanted}"]`)?.getBoundingClientRect() ??
      new DOMRect(0, -1e9);
    return top >= box.top - 1 && bottom <= box.bottom + 1;
  };
  while (!isThere()) await new Promise(requestAnimationFrame);
  await new Promise(requestAnimationFrame);
  return performance.now() - begun;
}
