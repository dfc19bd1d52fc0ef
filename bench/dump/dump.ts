import { assertDurable, type Deskbell, startDeskbell } from '../harness/deskbell.ts';
import { Load } from '../harness/load.ts';
import { nextMessage, startModule } from '../harness/processes.ts';
import { type Outcome, say, sayMachine, sayTable, shown } from '../harness/report.ts';
import { rounded, spreadOf } from '../harness/statistics.ts';
import { createWorkspace, openConversations, visitorSeats } from '../harness/workspace.ts';
import {
  AGENTS,
  cpuSummary,
  latencySummary,
  measurePaced,
  othersSummary,
  type PacedSide,
  VISITORS,
} from '../rate/paced.ts';

const RUNS = 3;
const SECONDS = 20;
/** At full speed before anything is measured, so that there is something to dump. */
const FILL_SECONDS = 15;
const SATURATED_SECONDS = 8;
const WORSE = 1.5;

/** Delivery at 1,000 messages per second with a dump beside it, compared with the same without, in turn. */
export async function bench(): Promise<Outcome> {
  const deskbell = await startDeskbell();
  const durability = await assertDurable(deskbell.sql);
  sayMachine(durability);
  const workspace = await createWorkspace(deskbell, AGENTS);
  const seats = await openConversations(deskbell, workspace, visitorSeats(workspace, VISITORS));
  const load = new Load();
  await load.connect(seats);
  const saturate = (seconds: number) => saturated(deskbell, load, { url: seats.url, seconds });
  await saturate(FILL_SECONDS);
  const [size] = await deskbell.sql<{ messages: number; megabytes: number }[]>`
    select (select count(*)::int from timeline) as messages,
           (pg_database_size(current_database()) / 1048576)::int as megabytes`;
  say(`dumped: ${size?.messages} entries, ${size?.megabytes} MB`);

  const who = { url: seats.url, server: deskbell.pid, postgres: deskbell.postgresPid };
  const calm: PacedSide = { ...who, name: 'without', runs: [] };
  const beside: PacedSide = { ...who, name: 'with', runs: [] };
  const dumped: Dumped[] = [];
  for (let round = 1; round <= RUNS; round += 1) {
    const given = { load, seconds: SECONDS, title: `run ${round}` };
    calm.runs.push(await measurePaced(calm, given));
    const dump = await whileDumping(deskbell, () => measurePaced(beside, given));
    beside.runs.push(dump.result);
    dumped.push(dump.dumped);
  }
  const atFullSpeed = {
    without: await saturate(SATURATED_SECONDS),
    with: (await whileDumping(deskbell, () => saturate(SATURATED_SECONDS))).result,
  };
  return conclude({ calm, beside, dumped, atFullSpeed, size, durability });
}

interface Saturated {
  messages: number;
  commits: number;
}

/** Messages and commits per second, as many as go. A commit is told by the transaction that its rows carry. */
async function saturated(
  { sql }: Deskbell,
  load: Load,
  given: { url: string; seconds: number },
): Promise<Saturated> {
  const [before] = await sql<
    { at: number }[]
  >`select coalesce(max(at), 0)::float8 as at from timeline`;
  const { delivered, deliveredInAll, seconds } = await load.run({ act: 'saturate', ...given });
  const [found] = await sql<{ commits: number }[]>`
    select count(distinct xmin::text)::int as commits from timeline where at > ${before?.at ?? 0}`;
  const messages = delivered / seconds;
  return {
    messages: rounded(messages),
    commits: rounded(((found?.commits ?? 0) * messages) / deliveredInAll),
  };
}

interface Dumped {
  rounds: number;
  bytes: number;
}

async function whileDumping<Result>(
  { databaseUrl }: Deskbell,
  act: () => Promise<Result>,
): Promise<{ result: Result; dumped: Dumped }> {
  const dumper = startModule(new URL('./dumper.ts', import.meta.url), {
    environment: { DATABASE_URL: databaseUrl },
  });
  await nextMessage(dumper);
  const result = await act();
  const said = nextMessage<Dumped>(dumper);
  dumper.child.send('stop');
  const dumped = await said;
  await dumper.stop();
  return { result, dumped };
}

function conclude(found: {
  calm: PacedSide;
  beside: PacedSide;
  dumped: Dumped[];
  atFullSpeed: { without: Saturated; with: Saturated };
  size: object | undefined;
  durability: object;
}): Outcome {
  const { calm, beside, dumped, atFullSpeed, size, durability } = found;
  const rows = [calm, beside].map(({ name, runs }) => ({
    name,
    delivery: latencySummary(runs, 'delivery'),
    lateness: latencySummary(runs, 'lateness'),
    cpuPerThousand: cpuSummary(runs),
    othersPercent: othersSummary(runs),
  }));
  sayTable(
    ['delivery in ms, median (min–max)', 'p50', 'p90', 'p99', 'p99.9', 'max'],
    rows.map(({ name, delivery }) => [
      `${name} a dump`,
      ...Object.values(delivery).map((spread) => shown(spread, 2)),
    ]),
  );
  const megabytes = spreadOf(dumped.map(({ bytes }) => bytes / 1024 ** 2 / SECONDS)).median;
  say(`the dump read ${megabytes.toFixed(0)} MB/s`);
  for (const [name, { messages, commits }] of Object.entries(atFullSpeed))
    say(`at full speed ${name} a dump: ${messages} messages/s in ${commits} commits/s`);
  const [without, withDump] = rows;
  if (!without || !withDump) throw new Error('both were measured');
  const ratio = withDump.delivery.p99.median / without.delivery.p99.median;
  return {
    bench: 'dump',
    figures: {
      without,
      with: withDump,
      dumpMegabytesPerSecond: rounded(megabytes),
      perSecondAtFullSpeed: atFullSpeed,
      size,
      durability,
    },
    ratio: rounded(ratio, 2),
    target: `p99 with a dump ≤ ${WORSE} × p99 without`,
    holds: ratio <= WORSE,
  };
}
