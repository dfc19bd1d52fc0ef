import type { LoadResult, Order, Reply, Seats } from './generator/orders.ts';
import { nextMessage, type Started, startModule } from './processes.ts';

/** The bench's end of the load generator. */
export class Load {
  private readonly generator: Started;

  constructor(nodeArguments: readonly string[] = []) {
    this.generator = startModule(new URL('./generator/main.ts', import.meta.url), {
      nodeArguments,
    });
  }

  get pid(): number {
    return this.generator.pid;
  }

  async connect(seats: Seats): Promise<void> {
    await this.ask({ act: 'connect', seats });
  }

  async disconnect(url: string): Promise<void> {
    await this.ask({ act: 'disconnect', url });
  }

  run(order: Extract<Order, { act: 'saturate' | 'pace' }>): Promise<LoadResult> {
    return this.ask(order) as Promise<LoadResult>;
  }

  private async ask(order: Order): Promise<LoadResult | null> {
    const answer = nextMessage<Reply>(this.generator);
    this.generator.child.send(order);
    const reply = await answer;
    if ('failed' in reply) throw new Error(`the load generator failed: ${reply.failed}`);
    return reply.done;
  }
}
