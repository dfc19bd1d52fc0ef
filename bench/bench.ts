import { endOnSignals, undoAll } from './harness/processes.ts';
import { type Outcome, sayOutcome } from './harness/report.ts';

/** `npm run bench -- NAME [--json]`: figures for people, and with --json one object as the last line. */
const benches: Record<string, () => Promise<{ bench(): Promise<Outcome> }>> = {
  relay: () => import('./relay/relay.ts'),
  rate: () => import('./rate/rate.ts'),
  idle: () => import('./idle/idle.ts'),
  dump: () => import('./dump/dump.ts'),
  lists: () => import('./lists/lists.ts'),
  fanout: () => import('./fanout/fanout.ts'),
  reconnect: () => import('./reconnect/reconnect.ts'),
  open: () => import('./open/open.ts'),
  desk: () => import('./desk/desk.ts'),
  memory: () => import('./memory/memory.ts'),
  start: () => import('./start/start.ts'),
  widget: () => import('./widget/widget.ts'),
};

const [name = '', ...options] = process.argv.slice(2);
const load = benches[name];
if (load) await run(load);
else {
  console.error(`There is no bench "${name}"; there are: ${Object.keys(benches).join(', ')}.`);
  process.exitCode = 2;
}

async function run(load: () => Promise<{ bench(): Promise<Outcome> }>): Promise<void> {
  endOnSignals();
  try {
    const outcome = await (await load()).bench();
    sayOutcome(outcome);
    if (options.includes('--json')) console.log(JSON.stringify(outcome));
    process.exitCode = outcome.holds ? 0 : 1;
  } finally {
    await undoAll();
  }
}
