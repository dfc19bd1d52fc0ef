import { createServer } from 'node:net';
import type { Random } from '../random.ts';

/**
 * Free ports below those that systems lend to outgoing connections: a killed server must find its
 * port again, although hundreds of clients reconnect meanwhile.
 */
export async function findPorts(random: Random, count: number): Promise<number[]> {
  const found: number[] = [];
  while (found.length < count) {
    const port = 12_000 + random.below(18_000);
    if (!found.includes(port) && (await isFree(port))) found.push(port);
  }
  return found;
}

function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });
}
