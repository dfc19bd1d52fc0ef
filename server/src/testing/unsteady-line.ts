import { createServer, connect as dial, type Server, type Socket } from 'node:net';

/**
 * A line to PostgreSQL that can be cut where a test wants it. `loseAnswer('COMMIT')` swallows the
 * answer that bears this command tag and cuts the connection there: the database has committed, and
 * nobody hears of it.
 */
export interface UnsteadyLine {
  /** The database's address by way of this line. */
  url: string;
  /** Cuts once, at the next answer with this tag. Resolves when it has happened. */
  loseAnswer(tag: string): Promise<void>;
  /** Cuts all connections, and lets none through until `mend`. */
  cut(): void;
  mend(): void;
  close(): Promise<void>;
}

export async function openUnsteadyLine(databaseUrl: string): Promise<UnsteadyLine> {
  const target = new URL(databaseUrl);
  const pairs = new Set<[Socket, Socket]>();
  let isCut = false;
  let trap: { tag: Buffer; sprung: () => void } | null = null;

  const server = createServer((near) => {
    if (isCut) {
      near.destroy();
      return;
    }
    const far = dial(Number(target.port), target.hostname);
    const pair: [Socket, Socket] = [near, far];
    pairs.add(pair);
    const end = () => {
      pairs.delete(pair);
      near.destroy();
      far.destroy();
    };
    near.on('data', (data) => far.write(data));
    far.on('data', (data) => {
      if (!trap || !data.includes(trap.tag)) {
        near.write(data);
        return;
      }
      const { sprung } = trap;
      trap = null;
      end();
      sprung();
    });
    for (const socket of pair) socket.on('error', end).on('close', end);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = Object.assign(new URL(databaseUrl), { host: `127.0.0.1:${portOf(server)}` });

  return {
    url: address.href,
    loseAnswer: (tag) =>
      new Promise((resolve) => {
        // CommandComplete: the tag, ended by a zero byte (protocol 3.0).
        trap = { tag: Buffer.from(`${tag}\0`), sprung: resolve };
      }),
    cut() {
      isCut = true;
      for (const [near, far] of pairs) {
        near.destroy();
        far.destroy();
      }
    },
    mend() {
      isCut = false;
    },
    close() {
      for (const [near, far] of pairs) {
        near.destroy();
        far.destroy();
      }
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

function portOf(server: Server): number {
  const address = server.address();
  if (typeof address !== 'object' || address === null) throw new Error('the line has no port');
  return address.port;
}
