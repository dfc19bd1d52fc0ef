import type { FastifyInstance } from 'fastify';

const methods = 'GET, POST, PATCH, PUT, DELETE';
const headers = 'authorization, content-type, idempotency-key, x-deskbell-inbox';
const DAY_S = '86400';

/**
 * Lets pages of any site ask what lies under `prefix`. No cookie counts there: who asks says so with
 * a header that only the widget's own script knows, so there is nothing that a strange page could borrow.
 */
export function allowAnyOrigin(app: FastifyInstance, prefix: string): void {
  app.addHook('onRequest', async (request, reply) => {
    if (!request.routeOptions.url?.startsWith(`${app.prefix}${prefix}`)) return;
    reply.headers({
      'access-control-allow-origin': '*',
      'access-control-expose-headers': 'retry-after',
      'cross-origin-resource-policy': 'cross-origin',
    });
  });
  app.options(`${prefix}*`, async (_request, reply) =>
    reply
      .code(204)
      .headers({
        'access-control-allow-methods': methods,
        'access-control-allow-headers': headers,
        'access-control-max-age': DAY_S,
      })
      .send(),
  );
}
