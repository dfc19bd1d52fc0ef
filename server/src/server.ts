import type { Server as HttpServer } from 'node:http';
import { FRAME_LIMIT } from '@deskbell/contract';
import cookie from '@fastify/cookie';
import fastify from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import { WebSocketServer } from 'ws';
import { createEngine, type Engine, type Sabotage } from './engine.ts';
import type { Config } from './platform/config.ts';
import { answerErrors } from './platform/http/problem.ts';
import { isSameOrigin, sessionToken } from './platform/http/session-cookie.ts';
import type { Logger } from './platform/logger.ts';
import { signInRoutes } from './sign-in/routes.ts';
import { serveSocket } from './streams/index.ts';

/** A server that answers. */
export interface Server {
  /** Where it listens, with the port that was really taken. */
  url: string;
  engine: Engine;
  /** Refuses new requests, finishes those at hand, and resolves when nothing is open. */
  close(): Promise<void>;
}

export interface ServerOptions {
  config: Config;
  databaseUrl: string;
  log: Logger;
  sabotage?: Sabotage;
}

/** Serves HTTP and the socket on the configured address. Rejects with the error of `listen` (`EADDRINUSE` …) when it cannot. */
export async function startServer({
  config,
  databaseUrl,
  log,
  sabotage,
}: ServerOptions): Promise<Server> {
  const engine = createEngine({ databaseUrl, log, ...(sabotage ? { sabotage } : {}) });
  const app = fastify({
    forceCloseConnections: true,
    bodyLimit: 1024 * 1024,
    trustProxy: config.PUBLIC_URL !== undefined,
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  answerErrors(app);
  await app.register(cookie);
  app.get('/healthz', async (_request, reply) => {
    const isUp = await engine.now().then(
      () => true,
      () => false,
    );
    return reply.code(isUp ? 200 : 503).send({ database: isUp ? 'up' : 'down' });
  });
  app.get('/readyz', async () => ({ ready: true }));
  app.get('/', (_request, reply) =>
    reply.type('text/html').send('<!doctype html><title>Deskbell</title><h1>Deskbell</h1>'),
  );
  await app.register(signInRoutes(engine.signIn), { prefix: '/api/v1' });
  const sockets = attachSocket(app.server as HttpServer, engine, log);

  try {
    await app.listen({ host: config.HOST, port: config.PORT });
  } catch (error) {
    await app.close();
    await engine.close();
    throw error;
  }
  const [address] = app.addresses();
  const port = typeof address === 'object' ? address.port : config.PORT;
  return {
    url: `http://${nameOf(config.HOST)}:${port}`,
    engine,
    async close() {
      await engine.close();
      for (const socket of sockets.clients) socket.terminate();
      await app.close();
    },
  };
}

function attachSocket(http: HttpServer, engine: Engine, log: Logger): WebSocketServer {
  const sockets = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: FRAME_LIMIT,
  });
  const parts = {
    hubs: engine.hubs,
    submit: engine.submit,
    presence: engine.presence,
    findAgent: async (request: Parameters<typeof sessionToken>[0], given: string | undefined) => {
      // A cookie alone may be sent by any page; only our own may use it.
      const token = given ?? (isSameOrigin(request) ? sessionToken(request) : undefined);
      return token === undefined ? null : engine.signIn.findAgent(token);
    },
    isAllowedOrigin: () => true,
    onTrouble: (error: unknown, what: string) => log.warn({ err: error }, what),
  };
  http.on('upgrade', (request, socket, head) => {
    if (request.url?.split('?')[0] !== '/api/v1/socket')
      return void socket.end('HTTP/1.1 404 Not Found\r\n\r\n');
    sockets.handleUpgrade(request, socket, head, (webSocket) =>
      serveSocket(webSocket, request, parts),
    );
  });
  return sockets;
}

/** What a person can type into a browser on this machine. */
function nameOf(host: string): string {
  if (['127.0.0.1', '0.0.0.0', '::', '::1'].includes(host)) return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}
