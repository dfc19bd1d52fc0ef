import type { Server as HttpServer, IncomingMessage } from 'node:http';
import path from 'node:path';
import type { Duplex } from 'node:stream';
import { setTimeout as delay } from 'node:timers/promises';
import { FRAME_LIMIT, frameAncestors, refuse } from '@deskbell/contract';
import cookie from '@fastify/cookie';
import fastify, { type FastifyInstance } from 'fastify';
import { WebSocketServer } from 'ws';
import { Callers, createDoor, serveDocs } from './api/index.ts';
import { readerNames, routesOf } from './capabilities.ts';
import { createEngine, type Engine, type Sabotage } from './engine.ts';
import { findFirstInbox } from './inboxes/index.ts';
import { noteAttention } from './notifications/index.ts';
import type { Config } from './platform/config.ts';
import { Health } from './platform/health/health.ts';
import { Metrics } from './platform/health/metrics.ts';
import { serveHealth } from './platform/health/serve.ts';
import { addressOf } from './platform/http/address.ts';
import { allowAnyOrigin } from './platform/http/cross-origin.ts';
import { setHeaders } from './platform/http/headers.ts';
import { pageOrigin } from './platform/http/page-origin.ts';
import { servePages } from './platform/http/pages.ts';
import {
  answerClientError,
  answerErrors,
  answerFrameworkError,
  sendProblem,
} from './platform/http/problem.ts';
import type { Route } from './platform/http/route.ts';
import { serveRoutes } from './platform/http/serve.ts';
import { sessionToken } from './platform/http/session-cookie.ts';
import type { Logger } from './platform/logger.ts';
import { createMail } from './platform/mail.ts';
import { servePictures } from './profiles/index.ts';
import { serveSocket } from './streams/index.ts';

/** A server that answers. */
export interface Server {
  /** Where it listens, with the port that was really taken. */
  url: string;
  engine: Engine;
  /** Every route of the API. */
  routes: readonly Route[];
  /** Every address that is answered at all, as `GET /healthz`. */
  addresses: readonly string[];
  /** Refuses new requests, finishes those at hand, and resolves when nothing is open. */
  close(): Promise<void>;
}

export interface ServerOptions {
  config: Config;
  databaseUrl: string;
  log: Logger;
  sabotage?: Sabotage;
}

/** Longer path parameters are refused before any route sees them. */
const LONGEST_PARAMETER = 200;
const RESTARTING = ['restart', 'The server is restarting'] as const;
/** So long a client has to answer that its socket is closed, and a request at hand to be finished, in ms. */
const SOCKETS_MS = 1_000;
const REQUESTS_MS = 5_000;
const CHECKOUT = path.resolve(import.meta.dirname, '../..');

/** Serves HTTP and the socket on the configured address. Rejects with the error of `listen` (`EADDRINUSE` …) when it cannot. */
export async function startServer({
  config,
  databaseUrl,
  log,
  sabotage,
}: ServerOptions): Promise<Server> {
  const built = createEngine({
    databaseUrl,
    natsUrl: config.NATS_URL,
    log,
    mail: createMail(config),
    publicUrl: config.PUBLIC_URL,
    newWorkspaces: config.NEW_WORKSPACES,
    privateTargets: config.PRIVATE_TARGETS?.split(',') ?? [],
    ...(sabotage ? { sabotage } : {}),
  });
  const health = new Health({
    pool: built.pool,
    bus: built.bus,
    dataFolder: config.DATABASE_URL ? null : config.DATA_DIR,
    readerNames,
  });
  const metrics = config.METRICS_TOKEN
    ? new Metrics({
        health,
        token: config.METRICS_TOKEN,
        countSockets: () => sockets.clients.size,
      })
    : null;
  const engine = metrics ? { ...built, submit: metrics.counting(built.submit) } : built;
  let isClosing = false;
  let takesSockets = true;
  const publicUrl = config.PUBLIC_URL;
  if (config.SMTP_URL && !engine.signIn.resets.isMailed)
    log.warn('SMTP_URL alone sends no mail: it needs MAIL_FROM and PUBLIC_URL');
  const routes = routesOf({ ...engine, publicUrl });
  const app = fastify({
    // Requests at hand are finished; `endHttp` sees to it that this takes no longer than it may.
    forceCloseConnections: 'idle',
    return503OnClosing: false,
    bodyLimit: 1024 * 1024,
    routerOptions: { maxParamLength: LONGEST_PARAMETER },
    // Behind a proxy: only what the nearest one says of the caller, which callers can't make up.
    trustProxy: publicUrl !== undefined && ((_address, hop) => hop === 0),
    frameworkErrors: answerFrameworkError,
    clientErrorHandler: answerClientError,
  });
  const addresses: string[] = [];
  app.addHook('onRoute', ({ method, url }) => {
    addresses.push(`${method} ${url}`);
  });
  // So that the next request comes by another connection, which the proxy leads elsewhere.
  app.addHook('onSend', async (_request, reply) => {
    if (isClosing) reply.header('connection', 'close');
  });
  // The pattern, not the address: that may hold a token.
  answerErrors(app, (err, { method, routeOptions }) =>
    log.error({ err, method, route: routeOptions.url }, 'a request failed'),
  );
  await app.register(cookie);
  serveHealth(app, { health, metrics, isClosing: () => isClosing });
  app.setNotFoundHandler((_request, reply) => sendProblem(reply, refuse('not-found')));
  app.all('/api/*', (_request, reply) => sendProblem(reply, refuse('not-found')));
  serveDocs(app, routes);
  servePictures(app, engine);
  const callers = new Callers(engine);
  serveApi(app, { routes, callers, publicUrl });
  await servePages(app, {
    root: CHECKOUT,
    embedders: async (key, address) => {
      const found = await callers.byKey({ key, address }, () => engine.hubs.inboxOf(key));
      return 'code' in found ? undefined : frameAncestors(found.inbox.domains);
    },
    demoInboxKey: async () => (await findFirstInbox(engine.pool))?.key,
  });
  const sockets = attachSocket(app.server as HttpServer, {
    ...{ engine, callers, log, publicUrl },
    takesSockets: () => takesSockets,
  });

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
    routes,
    addresses,
    async close() {
      isClosing = true;
      // Alone there is nobody to hand over to: the sooner it ends, the sooner it is back.
      const hasOthers = engine.bus.state.others > 0;
      if (hasOthers) await delay(config.DRAIN_SECONDS * 1_000);
      takesSockets = false;
      if (hasOthers) await engine.hubs.sendAway(...RESTARTING);
      await engine.hubs.bye(...RESTARTING);
      await endHttp(app, sockets);
      await engine.close();
    },
  };
}

/** Requests at hand are finished and sockets closed by both ends, as far as that takes no longer than is decent. */
async function endHttp(app: FastifyInstance, sockets: WebSocketServer): Promise<void> {
  const impatient = [
    setTimeout(() => {
      for (const socket of sockets.clients) socket.terminate();
    }, SOCKETS_MS),
    setTimeout(() => app.server.closeAllConnections(), REQUESTS_MS),
  ];
  await app.close();
  for (const timer of impatient) clearTimeout(timer);
}

function serveApi(
  root: FastifyInstance,
  parts: { routes: readonly Route[]; callers: Callers; publicUrl: string | undefined },
): void {
  root.register(
    (app, _options, done) => {
      app.addHook('onRequest', async (_request, reply) => setHeaders(reply, 'api'));
      allowAnyOrigin(app, '/widget/');
      serveRoutes(app, parts.routes, createDoor(parts));
      done();
    },
    { prefix: '/api/v1' },
  );
}

function attachSocket(
  http: HttpServer,
  {
    engine,
    callers,
    log,
    publicUrl,
    takesSockets,
  }: {
    engine: Engine;
    callers: Callers;
    log: Logger;
    publicUrl: string | undefined;
    takesSockets: () => boolean;
  },
): WebSocketServer {
  const sockets = new WebSocketServer({
    noServer: true,
    perMessageDeflate: false,
    maxPayload: FRAME_LIMIT,
  });
  const from = (request: IncomingMessage) => addressOf(request, publicUrl !== undefined);
  const parts = {
    hubs: engine.hubs,
    submit: engine.submit,
    presence: engine.presence,
    attention: {
      note: (said: Parameters<typeof noteAttention>[1]) => noteAttention(engine.pool, said),
      unshown: (...asked: Parameters<Engine['announcing']['unshown']>) =>
        engine.announcing.unshown(...asked),
    },
    findAgent: async (
      request: IncomingMessage,
      given: { token?: string | undefined; workspaceId?: string | undefined },
    ) => {
      // A cookie alone may be sent by any page; only our own may use it.
      const token = given.token ?? sessionToken(request, publicUrl);
      if (token === undefined) return refuse('unauthenticated');
      const shown = { address: from(request), workspaceId: given.workspaceId };
      const found = await callers.session(token, shown);
      return 'code' in found ? found : { ...found, session: found.tokenHash };
    },
    findInbox: (request: IncomingMessage, key: string) => callers.inbox(key, from(request)),
    sessions: engine.sessions,
    admits: (
      request: IncomingMessage,
      inbox: Parameters<Engine['sightings']['admits']>[0],
      origin: string,
    ) => engine.sightings.admits(inbox, { origin, address: from(request) }),
    originOf: (request: IncomingMessage) => pageOrigin(request, publicUrl),
    onTrouble: (error: unknown, what: string) => log.warn({ err: error }, what),
  };
  http.on('upgrade', (request, socket, head) => {
    if (request.url?.split('?')[0] !== '/api/v1/socket') return turnAway(socket, '404 Not Found');
    // It comes back to us started anew, or to another server.
    if (!takesSockets()) return turnAway(socket, '503 Service Unavailable');
    sockets.handleUpgrade(request, socket, head, (webSocket) =>
      serveSocket(webSocket, request, parts),
    );
  });
  return sockets;
}

/** HTTP has let go of it: that it breaks, and that it ends, is heard here or by nobody. */
function turnAway(socket: Duplex, status: string): void {
  socket.on('error', () => socket.destroy());
  socket.once('finish', () => socket.destroy());
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

/** What a person can type into a browser on this machine. */
function nameOf(host: string): string {
  if (['127.0.0.1', '0.0.0.0', '::', '::1'].includes(host)) return 'localhost';
  return host.includes(':') ? `[${host}]` : host;
}
