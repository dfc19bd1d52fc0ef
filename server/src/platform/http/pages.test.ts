import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import fastify, { type FastifyInstance } from 'fastify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { servePages } from './pages.ts';

const root = mkdtempSync(path.join(tmpdir(), 'deskbell-pages-'));
/** Of the two inboxes that there are, one names its sites. */
const embedders = async (key: string) =>
  ({ open: '*', named: "'self' https://shop.example:*" })[key];

let app: FastifyInstance;
beforeAll(async () => {
  const files = {
    'desk/dist/index.html': '<title>The desk</title>',
    'desk/dist/assets/app-1a2b.js': 'desk()',
    'desk/dist/.built-from': 'secret',
    'desk/secret.txt': 'secret',
    'widget/dist/loader.js': 'load()',
    'widget/dist/frame.html': '<title>The chat</title>',
    'widget/dist/chat.html': '<script src="./assets/chat-5e6f.js"></script>',
    'widget/dist/preview.html': '<title>The preview</title>',
    'widget/dist/assets/frame-3c4d.js': 'chat()',
    'widget/demo/index.html': '<script src="/widget/loader.js" data-inbox="{{inbox}}"></script>',
    'widget/demo/shop.css': 'body {}',
  };
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, name)), { recursive: true });
    writeFileSync(path.join(root, name), content);
  }
  writeFileSync(path.join(root, 'desk/dist/assets/app-1a2b.js.gz'), gzipSync('desk()'));
  app = fastify();
  await servePages(app, { root, embedders, demoInboxKey: async () => 'first' });
});
afterAll(async () => {
  await app.close();
  rmSync(root, { recursive: true });
});

const get = (url: string, headers = {}) => app.inject({ url, headers });
const policyOf = async (url: string) => String((await get(url)).headers['content-security-policy']);

describe('the desk', () => {
  it('is one page at every address of its own, asked again each time', async () => {
    for (const url of ['/', '/conversations/0190b2c4', '/settings/inboxes', '/w/0190b2c4/']) {
      const response = await get(url);
      expect([response.statusCode, response.body]).toEqual([200, '<title>The desk</title>']);
      expect(response.headers['cache-control']).toBe('no-cache');
    }
  });

  it('keeps what bears its hash for ever, and sends it compressed', async () => {
    const response = await get('/assets/app-1a2b.js', { 'accept-encoding': 'gzip' });
    expect(response.headers['cache-control']).toContain('immutable');
    expect(response.headers['content-encoding']).toBe('gzip');
    expect(response.headers.vary).toMatch(/accept-encoding/i);
    expect(response.headers['content-type']).toContain('javascript');
    expect((await get('/assets/gone.js')).statusCode).toBe(404);
  });

  it('runs its own scripts alone, and stands in no frame', async () => {
    const policy = await policyOf('/');
    expect(policy).toContain("script-src 'self';");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).toContain('wss://localhost:80');
    expect(policy).not.toContain('unsafe');
    expect((await get('/')).headers).toMatchObject({
      'x-content-type-options': 'nosniff',
      'cross-origin-opener-policy': 'same-origin',
      'referrer-policy': 'same-origin',
    });
  });

  it('lets nobody out of its folder, nor see what is hidden in it', async () => {
    const ways = ['/../secret.txt', '/%2e%2e/secret.txt', '/..%2fsecret.txt', '/.built-from'];
    for (const way of [...ways, '/assets/..%5c..%5csecret.txt', '/%00.txt'])
      expect((await get(way)).body).not.toContain('secret');
  });
});

describe('the widget', () => {
  it('may be fetched by any page, and asked for anew after minutes', async () => {
    const { headers } = await get('/widget/loader.js');
    expect(headers).toMatchObject({
      'cache-control': 'public, max-age=300',
      'cross-origin-resource-policy': 'cross-origin',
      'access-control-allow-origin': '*',
      'x-content-type-options': 'nosniff',
    });
    const again = await get('/widget/loader.js', { 'if-none-match': headers.etag });
    expect(again.statusCode).toBe(304);
  });

  it('R-9.2 stands in the frames of the sites that its inbox names, also isolated ones', async () => {
    expect(await policyOf('/widget/frame.html?inbox=open')).toContain('frame-ancestors *');
    expect(await policyOf('/widget/frame.html?inbox=named')).toContain(
      "frame-ancestors 'self' https://shop.example:*",
    );
    expect((await get('/widget/frame.html?inbox=open')).headers).toMatchObject({
      'cross-origin-embedder-policy': 'require-corp',
      'cross-origin-resource-policy': 'cross-origin',
    });
  });

  it('R-9.2 stands nowhere without an inbox', async () => {
    for (const query of ['', '?inbox=', '?inbox=unknown', '?inbox=%0d%0ax', '?inbox=a&inbox=b'])
      expect(await policyOf(`/widget/frame.html${query}`)).toContain("frame-ancestors 'none'");
  });

  it('R-9.2 is shown to admins by a page that stands in our own frames alone', async () => {
    expect(await policyOf('/widget/preview.html')).toContain("frame-ancestors 'self'");
  });

  it('R-9.3 is a page of its own for each inbox, and of no other key', async () => {
    const response = await get('/chat/named');
    expect(response.statusCode).toBe(200);
    expect(response.body).toBe('<script src="/widget/assets/chat-5e6f.js"></script>');
    expect(await policyOf('/chat/named')).toContain("frame-ancestors 'none'");
    expect((await get('/chat/unknown')).statusCode).toBe(404);
    expect((await get('/chat/..%2f..')).statusCode).toBe(404);
  });
});

describe('the demo', () => {
  it('shows the inbox that is asked for, else the first; nothing else gets into the page', async () => {
    expect((await get('/demo/')).body).toContain('data-inbox="first"');
    expect((await get('/demo/?inbox=b2c4')).body).toContain('data-inbox="b2c4"');
    expect((await get('/demo/?inbox=%22%3E%3Cscript%3E')).body).toContain('data-inbox="first"');
    expect((await get('/demo')).headers.location).toBe('/demo/');
  });

  it('may run the widget, and nothing else', async () => {
    expect(await policyOf('/demo/')).toContain('script-src localhost:80/widget/;');
    expect((await get('/demo/shop.css')).headers['content-type']).toContain('text/css');
  });
});

it('what has not been built says so, and how it is', async () => {
  const empty = fastify();
  await servePages(empty, {
    root: path.join(root, 'nowhere'),
    embedders,
    demoInboxKey: async () => undefined,
  });
  for (const url of ['/', '/widget/loader.js']) {
    const response = await empty.inject({ url });
    expect(response.statusCode).toBe(503);
    expect(response.body).toContain('npm start');
  }
  await empty.close();
});

it('a made-up host gets into no header', async () => {
  const response = await get('/', { host: "evil.example; script-src 'unsafe-inline'" });
  expect(response.headers['content-security-policy']).not.toContain('unsafe');
});
