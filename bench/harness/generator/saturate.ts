import { setTimeout as delay } from 'node:timers/promises';
import { newId } from '../../../server/src/platform/ids.ts';
import type { Crowd } from './crowd.ts';
import { Tally } from './tally.ts';
import { AS_TEXT, messageFrame } from './text.ts';

/** How long messages under way may take to arrive after the end, in ms. */
const DRAIN_MS = 5_000;

/**
 * Window 1: a visitor sends the next message when the former is acknowledged *and* their agent has it.
 * Both, because a server that acknowledges early and delivers at its leisure would otherwise win.
 */
export async function saturate(crowd: Crowd, seconds: number): Promise<[Tally, number]> {
  const tally = new Tally();
  const underway = new Map<string, { visitor: number; isHalfDone: boolean }>();
  let isOver = false;

  const send = (visitor: number) => {
    const id = newId(Date.now());
    underway.set(id, { visitor, isHalfDone: false });
    tally.sent += 1;
    crowd.visitors[visitor]?.send(messageFrame(id), AS_TEXT);
  };
  const advance = (id: string, message: { visitor: number; isHalfDone: boolean }) => {
    if (!message.isHalfDone) {
      message.isHalfDone = true;
      return;
    }
    underway.delete(id);
    if (!isOver) send(message.visitor);
  };
  crowd.listener = {
    acknowledged(id) {
      tally.acknowledged += 1;
      const message = underway.get(id);
      if (message) advance(id, message);
    },
    reached(id, entryId) {
      const message = underway.get(id);
      if (!message) return tally.unexpected(entryId);
      tally.reached(entryId);
      advance(id, message);
    },
    refused: (_id, code) => tally.refused(code),
  };

  const started = performance.now();
  for (const visitor of crowd.visitors.keys()) send(visitor);
  await delay(seconds * 1000);
  isOver = true;
  tally.endTime();
  const elapsed = (performance.now() - started) / 1000;
  await until(() => underway.size === 0, DRAIN_MS);
  return [tally, elapsed];
}

/** Looks every few ms; gives up after a while. */
export async function until(isSo: () => boolean, withinMs: number): Promise<void> {
  const deadline = performance.now() + withinMs;
  while (!isSo() && performance.now() < deadline) await delay(5);
}
