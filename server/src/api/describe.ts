import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { setHeaders } from '../platform/http/headers.ts';
import { type Route, route } from '../platform/http/route.ts';
import { docsPage } from './docs-page.ts';
import { docsStyle } from './docs-style.ts';
import { describeApi } from './openapi.ts';

/** A version of the API, not of the release: it grows when something that was promised changes. */
const VERSION = '1.0.0';

/** The routes with the one that describes them all. */
export function described(routes: readonly Route[]): Route[] {
  const all = [...routes];
  const description = once(() => describeApi(all, VERSION));
  all.push(
    route({
      method: 'GET',
      path: '/openapi.json',
      summary: 'This description, for machines.',
      topic: 'About',
      who: 'anybody',
      answer: z.looseObject({ openapi: z.string() }),
      handle: async () => ({ ...description() }),
    }),
  );
  return all;
}

/** The description to read, at /api/docs. */
export function serveDocs(app: FastifyInstance, routes: readonly Route[]): void {
  const page = once(() => docsPage(describeApi(routes, VERSION)));
  app.get('/api/docs', (_request, reply) => {
    setHeaders(reply, 'text');
    return reply.type('text/html; charset=utf-8').send(page());
  });
  app.get('/api/docs/style.css', (_request, reply) => {
    setHeaders(reply, 'text');
    return reply.type('text/css; charset=utf-8').send(docsStyle);
  });
}

/** Made when first asked for, then kept: anybody may ask. */
function once<Made>(make: () => Made): () => Made {
  let made: Made | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
