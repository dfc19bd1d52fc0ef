import type { FastifyInstance } from 'fastify';
import type { Health } from './health.ts';
import type { Metrics } from './metrics.ts';

interface Parts {
  health: Health;
  /** null: nobody may read them, and nothing is counted. */
  metrics: Metrics | null;
  isClosing(): boolean;
}

/**
 * For machines that watch: `/healthz` says what is wrong (503 when it can't serve), `/readyz` whether requests may
 * be sent here, `/metrics` what was counted, for whoever has the token.
 */
export function serveHealth(app: FastifyInstance, parts: Parts): void {
  const { health, metrics, isClosing } = parts;
  app.get('/healthz', async (_request, reply) => {
    const report = await health.check();
    reply.header('cache-control', 'no-store');
    return reply.code(report.status === 'down' ? 503 : 200).send(report);
  });
  app.get('/readyz', async (_request, reply) => {
    const found = isClosing()
      ? { ready: false, why: 'the server is ending' }
      : await health.readiness();
    reply.header('cache-control', 'no-store');
    return reply.code(found.ready ? 200 : 503).send(found);
  });
  if (metrics) serveMetrics(app, metrics);
}

function serveMetrics(app: FastifyInstance, metrics: Metrics): void {
  app.addHook('onResponse', async (request, reply) => {
    metrics.countRequest({
      method: request.method,
      route: request.routeOptions.url ?? 'none',
      status: reply.statusCode,
      ms: reply.elapsedTime,
    });
  });
  app.get('/metrics', async (request, reply) => {
    reply.header('cache-control', 'no-store');
    if (!metrics.admits(request.headers.authorization))
      return reply.code(401).header('www-authenticate', 'Bearer').send();
    return reply.type(metrics.contentType).send(await metrics.read());
  });
}
