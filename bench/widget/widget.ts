import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import type { Browser, Frame, Page } from 'playwright-core';
import { countMainThread, mainThreadMs, startBrowser } from '../harness/browser.ts';
import { startDeskbell } from '../harness/deskbell.ts';
import { undoAtEnd } from '../harness/processes.ts';
import { type Outcome, sayTable, shown } from '../harness/report.ts';
import { sized } from '../harness/size.ts';
import { rounded, roundedSpread, spreadOf } from '../harness/statistics.ts';
import { createWorkspace } from '../harness/workspace.ts';

const RUNS = sized(15, 2);
const LOADER_KB = 5;
const CHAT_KB = 40;
const MAIN_THREAD_MS = 20;

interface Visit {
  loaderBytes: number;
  chatBytes: number;
  /** Requests that went neither to the page's own host nor to Deskbell. */
  elsewhere: number;
  mainThreadMs: number;
}

/**
 * What the widget costs a page that carries it: bytes (gzip), requests to others, and time of the page's
 * main thread until it is quiet, against the same page without it, in turn.
 */
export async function bench(): Promise<Outcome> {
  const deskbell = await startDeskbell();
  const { inboxKey } = await createWorkspace(deskbell, 0);
  const tag = `<script async src="${deskbell.url}/widget/loader.js" data-inbox="${inboxKey}"></script>`;
  const site = await startSite(tag);
  const browser = await startBrowser();
  const visits: { bare: number[]; carrying: Visit[] } = { bare: [], carrying: [] };
  for (let run = -1; run < RUNS; run += 1) {
    const bare = await visit(browser, { page: `${site}/bare`, deskbell: deskbell.url });
    const carrying = await visit(browser, { page: site, deskbell: deskbell.url });
    // The first of each fills the browser's own caches of code.
    if (run < 0) continue;
    visits.bare.push(bare.mainThreadMs);
    visits.carrying.push(carrying);
  }
  return conclude(visits);
}

/** A page of another host than Deskbell's; at /bare without the widget. */
async function startSite(tag: string): Promise<string> {
  const server = createServer(({ url }, response) => {
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
    response.end(
      `<!doctype html><title>A shop</title>${url === '/bare' ? '' : tag}<h1>A shop</h1><p>Parcels.</p>`,
    );
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  undoAtEnd(() => void server.close());
  return `http://localhost:${(server.address() as AddressInfo).port}`;
}

async function visit(
  browser: Browser,
  { page: address, deskbell }: { page: string; deskbell: string },
): Promise<Visit> {
  const context = await browser.newContext();
  const page = await context.newPage();
  const session = await context.newCDPSession(page);
  await countMainThread(session);
  const bytes = { loader: 0, chat: 0 };
  let elsewhere = 0;
  const reading: Promise<void>[] = [];
  page.on('response', (response) => {
    const url = response.url();
    if (!url.startsWith(deskbell) && !url.startsWith(address.replace('/bare', ''))) elsewhere += 1;
    if (!url.startsWith(`${deskbell}/widget/`)) return;
    const part = url.includes('/loader.js') ? 'loader' : 'chat';
    reading.push(
      response.body().then((body) => {
        bytes[part] += gzipSync(body, { level: 9 }).length;
      }),
    );
  });
  await page.goto(address, { waitUntil: 'networkidle' });
  const atWork = await mainThreadMs(session);
  if (!address.endsWith('/bare')) {
    await page.waitForFunction(() => 'Deskbell' in globalThis);
    await page.evaluate(() =>
      (globalThis as unknown as { Deskbell: { open(): void } }).Deskbell.open(),
    );
    const frame = await chatFrame(page);
    await frame.getByRole('textbox').waitFor();
    await page.waitForLoadState('networkidle');
  }
  await Promise.all(reading);
  await context.close();
  return {
    loaderBytes: bytes.loader,
    chatBytes: bytes.loader + bytes.chat,
    elsewhere,
    mainThreadMs: atWork,
  };
}

/** The chat's own frame, which no selector of the page reaches. */
async function chatFrame(page: Page): Promise<Frame> {
  const isChat = (frame: Frame) => frame.url().includes('/widget/frame.html');
  return page.frames().find(isChat) ?? page.waitForEvent('framenavigated', { predicate: isChat });
}

function conclude({ bare, carrying }: { bare: number[]; carrying: Visit[] }): Outcome {
  const [without, having] = [spreadOf(bare), spreadOf(carrying.map((each) => each.mainThreadMs))];
  const costMs = rounded(having.median - without.median, 1);
  const worst = (read: (visit: Visit) => number) => Math.max(...carrying.map(read));
  const loaderKb = rounded(worst((each) => each.loaderBytes) / 1000, 2);
  const chatKb = rounded(worst((each) => each.chatBytes) / 1000, 2);
  const elsewhere = worst((each) => each.elsewhere);
  sayTable(
    ['main thread at load, ms', 'median (min–max)'],
    [
      ['page without it', shown(without, 1)],
      ['page with it', shown(having, 1)],
    ],
  );
  sayTable(
    ['gzip, kB', 'loader', 'opened chat', 'requests to others'],
    [['widget', String(loaderKb), String(chatKb), String(elsewhere)]],
  );
  return {
    bench: 'widget',
    figures: {
      loaderKb,
      chatKb,
      requestsElsewhere: elsewhere,
      mainThread: { costMs, without: roundedSpread(without, 1), having: roundedSpread(having, 1) },
    },
    target: `loader ≤ ${LOADER_KB} kB, opened chat ≤ ${CHAT_KB} kB, no request to others, main thread ≤ ${MAIN_THREAD_MS} ms`,
    holds:
      loaderKb <= LOADER_KB && chatKb <= CHAT_KB && elsewhere === 0 && costMs <= MAIN_THREAD_MS,
  };
}
