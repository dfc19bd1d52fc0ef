// `npm run check`: everything that holds without running Deskbell, in seconds.
import { checkPlanted } from './check/planted.mjs';
import { repository } from './check/run.mjs';
import { steps } from './check/steps.mjs';

const all = [...steps, { name: 'planted crimes are seen', check: checkPlanted }];

const started = performance.now();
const results = await Promise.all(all.map(carryOut));
const red = results.filter((result) => !result.ok);
for (const { name, says } of red) console.log(`\n── ${name}\n${says}`);
const seconds = inSeconds(performance.now() - started);
console.log(`\n${results.length - red.length} of ${results.length} steps hold (${seconds})`);
process.exitCode = red.length > 0 ? 1 : 0;

async function carryOut({ name, check }) {
  const begun = performance.now();
  const { ok, says } = await outcome(check);
  const note = ok && says ? `  ${says}` : '';
  console.log(`${ok ? '✓' : '✗'} ${name}  ${inSeconds(performance.now() - begun)}${note}`);
  return { name, ok, says };
}

async function outcome(check) {
  try {
    return await check(repository);
  } catch (error) {
    return { ok: false, says: error.stack };
  }
}

function inSeconds(ms) {
  return `${(ms / 1000).toFixed(1)} s`;
}
