import { existsSync, statSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import fastifyStatic from '@fastify/static';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type HeaderClass, setHeaders } from './headers.ts';

const YEAR_S = 31_536_000;
const unchanging = `public, max-age=${YEAR_S}, immutable`;
/** Asked again each time; an unchanged file is answered with 304. */
const asked = 'no-cache';

/** What the key of an inbox may look like. */
const KEY = /^[\w-]{1,64}$/;

interface Places {
  /** The folder of the checkout that holds `desk/` and `widget/`. */
  root: string;
  /**
   * Who may embed the widget of the inbox with this key, as sources of `frame-ancestors`, for who asks at this address;
   * undefined: there is none.
   */
  embedders(key: string, address: string): Promise<string | undefined>;
  /** The public key of the inbox that the demo pages show, if there is one. */
  demoInboxKey(): Promise<string | undefined>;
}

/**
 * What browsers get: the desk at every address that nobody else has, the widget under /widget/, and
 * the demo pages, `widget/demo/*.html` with what lies beside them, under /demo/. In the pages
 * `{{inbox}}` becomes the key of the inbox to show: that of `?inbox=`, else the workspace's first.
 */
export async function servePages(app: FastifyInstance, places: Places): Promise<void> {
  const folders = {
    desk: path.join(places.root, 'desk/dist'),
    widget: path.join(places.root, 'widget/dist'),
    demo: path.join(places.root, 'widget/demo'),
  };
  await app.register(fastifyStatic, {
    root: folders.desk,
    serve: false,
    suppressWarning: true,
    // The build lays `.br` and `.gz` beside what is worth it.
    preCompressed: true,
  });
  app.get('/demo', (_request, reply) => reply.redirect('/demo/', 308));
  app.get('/demo/*', (request, reply) =>
    serveDemo(reply, { folder: folders.demo, file: fileOf(request, 'index.html'), places }),
  );
  app.get('/widget/*', async (request, reply) => {
    const { widget: folder } = folders;
    const file = fileOf(request, 'loader.js');
    if (!file.endsWith('.html')) return serveFile(reply, { folder, file, kind: 'widgetFile' });
    if (file !== 'frame.html')
      return serveFile(reply, { folder, file, kind: 'widgetPage', embedders: "'self'" });
    const embedders = await embeddersOf(request, request.query as { inbox?: unknown }, places);
    return serveFile(reply, { folder, file, kind: 'widgetFrame', embedders });
  });
  app.get('/chat/:key', async (request, reply) => {
    const { key } = request.params as { key: string };
    if ((await embeddersOf(request, { inbox: key }, places)) === undefined) return missing(reply);
    return serveHosted(reply, folders.widget);
  });
  app.get('/*', (request, reply) => serveDesk(reply, folders.desk, fileOf(request, '')));
}

interface Served {
  folder: string;
  file: string;
  kind: HeaderClass;
  embedders?: string | undefined;
}

/** The file of a build, or its one page for every address that the desk's own router knows. */
async function serveDesk(reply: FastifyReply, folder: string, file: string): Promise<FastifyReply> {
  if (path.extname(file) !== '') return serveFile(reply, { folder, file, kind: 'desk' });
  if (!existsSync(path.join(folder, 'index.html'))) return notBuilt(reply);
  return serveFile(reply, { folder, file: 'index.html', kind: 'desk' });
}

/** What looks like no key, or is that of no inbox, lets nobody in. */
async function embeddersOf(
  { ip }: FastifyRequest,
  { inbox }: { inbox?: unknown },
  { embedders }: Places,
): Promise<string | undefined> {
  return typeof inbox === 'string' && KEY.test(inbox) ? embedders(inbox, ip) : undefined;
}

async function serveFile(
  reply: FastifyReply,
  { folder, file, kind, embedders }: Served,
): Promise<FastifyReply> {
  if (!existsSync(folder)) return notBuilt(reply);
  if (!isFile(folder, file)) return missing(reply);
  setHeaders(reply, kind, embedders);
  reply.header('cache-control', lifeOf(file));
  return reply.sendFile(file, folder, { cacheControl: false });
}

/** A name that holds its content's hash never means anything else. */
function lifeOf(file: string): string {
  if (file.startsWith('assets/')) return unchanging;
  return file === 'loader.js' ? 'public, max-age=300' : asked;
}

/** The chat as a page: built to lie in the widget's folder, where it finds its scripts. */
async function serveHosted(reply: FastifyReply, folder: string): Promise<FastifyReply> {
  if (!isFile(folder, 'chat.html')) return notBuilt(reply);
  const built = await readFile(within(folder, 'chat.html'), 'utf8');
  setHeaders(reply, 'widgetPage');
  return reply
    .header('cache-control', asked)
    .type('text/html; charset=utf-8')
    .send(built.replaceAll('"./', '"/widget/'));
}

async function serveDemo(
  reply: FastifyReply,
  { folder, file, places }: { folder: string; file: string; places: Places },
): Promise<FastifyReply> {
  if (!file.endsWith('.html')) return serveFile(reply, { folder, file, kind: 'demo' });
  if (!isFile(folder, file)) return missing(reply);
  const { inbox } = reply.request.query as { inbox?: string };
  const wanted = typeof inbox === 'string' && KEY.test(inbox) ? inbox : undefined;
  const key = wanted ?? (await places.demoInboxKey()) ?? '';
  const page = (await readFile(within(folder, file), 'utf8')).replaceAll('{{inbox}}', key);
  setHeaders(reply, 'demo');
  return reply.header('cache-control', asked).type('text/html; charset=utf-8').send(page);
}

/** A path below the folder; what would lead out of it leads to nothing. */
function within(folder: string, file: string): string {
  const place = path.resolve(folder, `./${file}`);
  return place.startsWith(folder + path.sep) ? place : path.join(folder, 'nothing');
}

const isFile = (folder: string, file: string) =>
  statSync(within(folder, file), { throwIfNoEntry: false })?.isFile() === true;

function fileOf(request: FastifyRequest, index: string): string {
  const { '*': file = '' } = request.params as { '*'?: string };
  if (file.includes('\0') || file.split('/').some((part) => part.startsWith('.'))) return 'nothing';
  return file === '' || file.endsWith('/') ? `${file}${index}` : file;
}

function missing(reply: FastifyReply): FastifyReply {
  setHeaders(reply, 'text');
  return reply.code(404).type('text/plain; charset=utf-8').send('There is nothing here.');
}

function notBuilt(reply: FastifyReply): FastifyReply {
  setHeaders(reply, 'text');
  return reply
    .code(503)
    .header('cache-control', 'no-store')
    .type('text/html; charset=utf-8')
    .send(NOT_BUILT);
}

const NOT_BUILT = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Deskbell</title>
<h1>Deskbell is running</h1>
<p>Its pages have not been built yet. <code>npm start</code> builds them before it serves;
end this server and start it that way.</p></html>`;
