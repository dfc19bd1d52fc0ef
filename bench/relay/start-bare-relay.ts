import type { Seats } from '../harness/generator/orders.ts';
import { nextMessage, type Started, startModule } from '../harness/processes.ts';

export interface BareRelay {
  pid: number;
  url: string;
  /** What it has written to stderr so far. */
  errors(): string;
  stop: Started['stop'];
}

/** The baseline in its own process. `nodeArguments` as Deskbell's own. */
export async function startBareRelay(
  agents: number,
  nodeArguments: readonly string[] = [],
): Promise<BareRelay> {
  const relay = startModule(new URL('./bare-relay.ts', import.meta.url), {
    environment: { AGENTS: String(agents) },
    nodeArguments,
    isQuiet: true,
  });
  let errors = '';
  relay.child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    errors += chunk;
  });
  const { url } = await nextMessage<{ url: string }>(relay);
  return { pid: relay.pid, url, errors: () => errors, stop: relay.stop };
}

/** Who sits at the baseline: visitor n writes to agent n modulo the number of agents. */
export function bareSeats(url: string, count: { agents: number; visitors: number }): Seats {
  const seats = (kind: 'agent' | 'visitor', length: number) =>
    Array.from({ length }, (_, index) => ({
      hello: JSON.stringify({ t: 'hello', [kind]: index }),
      watches: [],
    }));
  return { url, agents: seats('agent', count.agents), visitors: seats('visitor', count.visitors) };
}
