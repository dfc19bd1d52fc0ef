import { fillLists } from '../desk/fill.ts';
import { assertDurable, type Deskbell, startDeskbell } from '../harness/deskbell.ts';
import { type Outcome, say, sayMachine, sayTable } from '../harness/report.ts';
import { sized } from '../harness/size.ts';
import { percentile, rounded } from '../harness/statistics.ts';
import { hello, Talk } from '../harness/talk.ts';
import { createWorkspace, type Workspace } from '../harness/workspace.ts';
import { fillLong } from './fill.ts';

const OTHERS = sized(100_000, 200);
const LONG = sized(50_000, 500);
const SHORT = 50;
const TIMES = sized(400, 10);
const WARM_UP = 20;
const OPEN_MS = 50;

const idOf = (n: number) => `00000000-0000-7000-9000-${String(n).padStart(12, '0')}`;
const [long, short] = [idOf(1), idOf(2)];

/**
 * Opening a conversation of 50,000 messages, as a desk does: it asks over the socket to watch it and gets its
 * last page; and a page from somewhere in its middle, as when somebody scrolls back. By one of 50 messages
 * in turn, so that what length costs is a ratio within the run.
 */
export async function bench(): Promise<Outcome> {
  const deskbell = await startDeskbell();
  sayMachine(await assertDurable(deskbell.sql));
  const workspace = await createWorkspace(deskbell, 1);
  await fillLists(deskbell, workspace, OTHERS);
  await fillLong(deskbell, workspace, { conversationId: long, messages: LONG });
  await fillLong(deskbell, workspace, { conversationId: short, messages: SHORT });
  await deskbell.sql.unsafe('vacuum analyze');
  say(`Beside ${OTHERS} other conversations of the same agent:`);
  return conclude(await openInTurn(deskbell, workspace));
}

interface Found {
  long: number[];
  short: number[];
  page: number[];
}

async function openInTurn(deskbell: Deskbell, { tokens }: Workspace): Promise<Found> {
  const token = tokens[0] ?? '';
  const desk = await Talk.open(deskbell.socketUrl, hello({ token }));
  const found: Found = { long: [], short: [], page: [] };
  for (let time = 0; time < TIMES + WARM_UP; time += 1) {
    const before = 51 + ((time * 7_919) % (LONG - 50));
    const once = {
      long: await opens(desk, long),
      short: await opens(desk, short),
      page: await reads(`${deskbell.url}/api/v1/conversations/${long}/timeline`, { before, token }),
    };
    if (time < WARM_UP) continue;
    for (const name of ['long', 'short', 'page'] as const) found[name].push(once[name]);
  }
  desk.close();
  return found;
}

/** ms from asking until its last page is here. */
async function opens(desk: Talk, conversationId: string): Promise<number> {
  const begun = performance.now();
  await desk.ask(
    JSON.stringify({ t: 'watch', conversationId, after: null }),
    (frame) => frame.t === 'timeline' && frame.conversationId === conversationId,
  );
  const ms = performance.now() - begun;
  desk.say(JSON.stringify({ t: 'unwatch', conversationId }));
  return ms;
}

async function reads(
  address: string,
  { before, token }: { before: number; token: string },
): Promise<number> {
  const begun = performance.now();
  const response = await fetch(`${address}?before=${before}&limit=50`, {
    headers: { authorization: `Bearer ${token}` },
  });
  const { entries } = (await response.json()) as { entries: { seq: number }[] };
  const ms = performance.now() - begun;
  if (entries.at(-1)?.seq !== before - 1) throw new Error(`the page before ${before} is another`);
  return ms;
}

function conclude(found: Found): Outcome {
  const at = (all: number[], share: number) =>
    rounded(
      percentile(
        all.toSorted((one, other) => one - other),
        share,
      ),
      1,
    );
  const of = (all: number[]) => ({ p50: at(all, 0.5), p95: at(all, 0.95) });
  const figures = { long: of(found.long), short: of(found.short), page: of(found.page) };
  sayTable(
    ['ms', 'p50', 'p95'],
    [
      [`opening one of ${LONG} messages`, String(figures.long.p50), String(figures.long.p95)],
      [`opening one of ${SHORT} messages`, String(figures.short.p50), String(figures.short.p95)],
      ['a page from the middle', String(figures.page.p50), String(figures.page.p95)],
    ],
  );
  return {
    bench: 'open',
    figures: { messages: LONG, others: OTHERS, ...figures },
    ratio: rounded(figures.long.p50 / figures.short.p50, 2),
    target: `opening and every page p95 ≤ ${OPEN_MS} ms`,
    holds: figures.long.p95 <= OPEN_MS && figures.page.p95 <= OPEN_MS,
  };
}
