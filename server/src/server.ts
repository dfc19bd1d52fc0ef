import fastify from 'fastify';
import postgres from 'postgres';
import type { Config } from './platform/config.ts';
import type { Logger } from './platform/logger.ts';

/** A server that answers. */
export interface Server {
  /** Where it listens, with the port that was really taken. */
  url: string;
  /** Refuses new requests, finishes those at hand, and resolves when nothing is open. */
  close(): Promise<void>;
}

/** Serves HTTP on the configured address. Rejects with the error of `listen` (`EADDRINUSE` …) when it cannot. */
export async function startServer(given: {
  config: Config;
  databaseUrl: string;
  log: Logger;
}): Promise<Server> {
  const sql = postgres(given.databaseUrl, { max: 4, onnotice: () => undefined });
  const app = fastify({ forceCloseConnections: 'idle' });
  app.addHook('onClose', () => sql.end({ timeout: 5 }));

  app.get('/healthz', async (_request, reply) => {
    const isUp = await sql`select 1`.then(
      () => true,
      () => false,
    );
    return reply.code(isUp ? 200 : 503).send({ database: isUp ? 'up' : 'down' });
  });
  app.get('/readyz', async () => ({ ready: true }));
  app.get('/', (_request, reply) =>
    reply.type('text/html').send('<!doctype html><title>Deskbell</title><h1>Deskbell</h1>'),
  );

  try {
    await app.listen({ host: given.config.HOST, port: given.config.PORT });
  } catch (error) {
    await app.close();
    throw error;
  }
  const [address] = app.addresses();
  const port = typeof address === 'object' ? address.port : given.config.PORT;
  return { url: `http://${nameOf(given.config.HOST)}:${port}`, close: () => app.close() };
}

/** What a person can type into a browser on this machine. */
function nameOf(host: string): string {
  if (['127.0.0.1', '0.0.0.0', '::', '::1'].includes(host)) return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}
