import { setTimeout as delay } from 'node:timers/promises';
import { end, type Started, start, undoAtEnd } from '../processes.ts';
import type { Account } from './ledger.ts';
import type { Order, Seats, Word } from './orders.ts';

const LOOK_MS = 50;

/** The run's end of the processes that hold the clients. */
export class Crew {
  private readonly processes: Started[];
  private readonly progress: { acknowledged: number; waiting: number }[];

  constructor(count: number, logFile: string) {
    const module = new URL('../clients.ts', import.meta.url);
    this.processes = Array.from({ length: count }, () => start({ module, logFile, speaks: true }));
    this.progress = this.processes.map(() => ({ acknowledged: 0, waiting: 0 }));
    this.processes.forEach(({ child }, index) => {
      child.on('message', (word: Word) => {
        if (word.says === 'progress') this.progress[index] = word;
      });
    });
    undoAtEnd(() => this.close());
  }

  get acknowledged(): number {
    return this.progress.reduce((sum, each) => sum + each.acknowledged, 0);
  }

  get waiting(): number {
    return this.progress.reduce((sum, each) => sum + each.waiting, 0);
  }

  /** Seats everybody: each process holds its share of visitors and agents. */
  async begin(seats: Seats): Promise<void> {
    const share = <Item>(items: readonly Item[], index: number) =>
      items.filter((_, place) => place % this.processes.length === index);
    await Promise.all(
      this.processes.map((process, index) =>
        ask(process, {
          act: 'begin',
          seats: {
            ...seats,
            agents: share(seats.agents, index),
            visitors: share(seats.visitors, index),
          },
        }),
      ),
    );
  }

  async tell(order: Exclude<Order, { act: 'begin' | 'report' }>): Promise<void> {
    await Promise.all(this.processes.map((process) => ask(process, order)));
  }

  async report(): Promise<Account[]> {
    const words = await Promise.all(this.processes.map((each) => ask(each, { act: 'report' })));
    return words.flatMap((word) => (word.says === 'accounts' ? word.accounts : []));
  }

  /** Resolves true once `isSo`, false when that takes longer. */
  async becomes(isSo: (crew: Crew) => boolean, withinMs: number): Promise<boolean> {
    const deadline = Date.now() + withinMs;
    while (!isSo(this)) {
      if (Date.now() > deadline) return false;
      await delay(LOOK_MS);
    }
    return true;
  }

  async close(): Promise<void> {
    await Promise.all(this.processes.map(end));
  }
}

/** Gives an order and waits for its answer. */
function ask({ child, ended }: Started, order: Order): Promise<Word> {
  return new Promise((resolve, reject) => {
    const onWord = (word: Word) => {
      if (word.says === 'progress') return;
      child.off('message', onWord);
      resolve(word);
    };
    child.on('message', onWord);
    void ended.then((code) => reject(new Error(`a process of clients ended with ${code}`)));
    child.send(order);
  });
}
