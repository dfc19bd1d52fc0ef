// `npm run chaos -- [--rounds N] [--servers N] [--bus postgres|nats] [--break KIND] [--seed N] [--short] [--json]`:
// kills and cuts under load, and checks that nothing acknowledged is lost, doubled or reordered. Exit code 1 when something was.
import { readOptions } from './options.ts';
import { endOnSignals, undoAll } from './processes.ts';
import { complaintsOf, reportOf } from './report.ts';
import { runChaos } from './run.ts';

endOnSignals();
try {
  await run();
} catch (error) {
  console.error(error);
  process.exitCode = 2;
} finally {
  await undoAll();
}
process.exit();

async function run(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  const print = (line: string) => console.log(line);
  print(
    `seed ${options.seed}, break ${options.kind}, ${options.servers} servers over ${options.bus}, ${options.visitors} visitors, ${options.agents} agents`,
  );
  const outcome = await runChaos(options, print);
  const report = reportOf(outcome);
  for (const line of complaintsOf(outcome)) print(line);
  print(report.holds ? 'Holds.' : 'DOES NOT HOLD.');
  print(options.isJson ? JSON.stringify(report) : JSON.stringify(report, null, 2));
  if (!report.holds) process.exitCode = 1;
}
