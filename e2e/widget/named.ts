import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

/** What a careful shop allows: nothing inline, nothing from elsewhere but the chat, and no HTML from strings. */
export const strictPolicy = (desk: string) =>
  [
    "default-src 'none'",
    `script-src ${desk}/widget/loader.js`,
    `frame-src ${desk}`,
    `connect-src ${desk.replace('http', 'ws')}`,
    "base-uri 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');

/** Names under this domain lead to this machine in the browsers of these tests. */
export const HOST_RULES = 'MAP *.example 127.0.0.1';

export interface NamedPage {
  /** Of the page's `html` element. */
  html?: string;
  headers?: Record<string, string>;
  head?: string;
  /** Attributes of the script tag; `null`: the page has none. */
  script?: string | null;
}

/** Sites of any name, all on one port: what differs is the host that the browser asks for. */
export class NamedSites {
  readonly port: number;
  private readonly server: Server;
  private readonly pages = new Map<string, NamedPage>();

  private constructor(server: Server) {
    this.server = server;
    this.port = (server.address() as AddressInfo).port;
  }

  static async open(desk: string, key: string): Promise<NamedSites> {
    let sites: NamedSites | undefined;
    const server = createServer((request, response) => {
      const page = sites?.pages.get(request.headers.host?.split(':')[0] ?? '') ?? {};
      const { html = 'lang="en"', headers = {}, head = '', script = '' } = page;
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', ...headers });
      const tag = `<script async src="${desk}/widget/loader.js" data-inbox="${key}" ${script}></script>`;
      response.end(`<!doctype html><html ${html}><head><title>A shop</title>
<meta name="viewport" content="width=device-width, initial-scale=1">${head}${script === null ? '' : tag}</head>
<body><main><h1>A shop</h1><a href="/other">Other page</a></main></body></html>`);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
    sites = new NamedSites(server);
    return sites;
  }

  /** The address of a host's page; what it shall be is said once. */
  at(host: string, page?: NamedPage): string {
    if (page) this.pages.set(host, page);
    return `http://${host}:${this.port}/`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
