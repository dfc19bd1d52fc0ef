import { once } from 'node:events';
import { createServer } from 'node:net';

/** That port if nobody listens on it, else any free one of 127.0.0.1. */
export async function freePort(preferred?: number): Promise<number> {
  return (preferred && (await tryPort(preferred))) || ((await tryPort(0)) as number);
}

async function tryPort(port: number): Promise<number | undefined> {
  const probe = createServer();
  try {
    probe.listen(port, '127.0.0.1');
    await once(probe, 'listening');
    return (probe.address() as { port: number }).port;
  } catch {
    return undefined;
  } finally {
    await new Promise((resolve) => probe.close(resolve));
  }
}
