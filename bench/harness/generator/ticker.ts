import { parentPort, workerData } from 'node:worker_threads';

/**
 * Wakes the generator at exact moments. A timer of Node counts whole milliseconds from a rounded
 * clock and would come up to one too late; waiting on a futex is exact to some 60 µs and costs no CPU.
 */
const { startsAt, everyMs, count } = workerData as {
  startsAt: number;
  everyMs: number;
  count: number;
};
const sleeper = new Int32Array(new SharedArrayBuffer(4));

for (let tick = 0; tick < count; tick += 1) {
  const waitMs = startsAt + tick * everyMs - (performance.timeOrigin + performance.now());
  if (waitMs > 0) Atomics.wait(sleeper, 0, 0, waitMs);
  parentPort?.postMessage(tick);
}
