/** Which pages may carry the widget of an inbox: pure, and the same for desk and server. */

/** This machine, where people try things out: always let in. */
const LOCAL = ['localhost', '127.0.0.1'];

/** So many domains may one inbox name. */
export const DOMAINS_LIMIT = 50;

/** Labels of letters, digits and hyphens, at least two; a star may stand for whatever comes before. */
const DOMAIN =
  /^(?=.{1,253}(:|$))(\*\.)?([a-z\d]([a-z\d-]{0,61}[a-z\d])?\.)+([a-z]([a-z\d-]{0,61}[a-z\d])?|\d{1,3})(:\d{1,5})?$/;

/** As browsers say it in the header `Origin` (RFC 6454); a file or a sandbox says `null`. */
const ORIGIN = /^(https?):\/\/([^:/]+)(?::(\d+))?$/;

/** Whether this is a domain as lists hold it: `shop.example`, `*.shop.example`, `shop.example:8080`. */
export function isDomain(text: string): boolean {
  const port = Number(text.split(':')[1] ?? 1);
  return (DOMAIN.test(text) || isLocal(nameOf(text))) && port > 0 && port < 65_536;
}

/** Whether a list lets in anybody but this machine; an empty one lets in everybody. */
export function letsVisitorsIn(domains: readonly string[]): boolean {
  return domains.length === 0 || domains.some((domain) => !isLocal(nameOf(domain)));
}

/** Whether a page of this origin (`https://shop.example`) may carry the widget. An empty list: every page. */
export function mayEmbed(domains: readonly string[], origin: string): boolean {
  if (domains.length === 0) return true;
  const [, scheme, hostname = '', port] = ORIGIN.exec(origin) ?? [];
  if (isLocal(hostname)) return true;
  const at = { hostname, port: port ?? (scheme === 'https' ? '443' : '80') };
  return hostname !== '' && domains.some((domain) => covers(domain, at));
}

/** The same as sources of the directive `frame-ancestors` (Content Security Policy Level 3, 2.3.1). */
export function frameAncestors(domains: readonly string[]): string {
  if (domains.length === 0) return '*';
  const sources = [...domains, ...LOCAL].flatMap((domain) => {
    const anyPort = domain.includes(':') ? domain : `${domain}:*`;
    return [`https://${anyPort}`, `http://${anyPort}`];
  });
  return ["'self'", ...new Set(sources)].join(' ');
}

function covers(domain: string, { hostname, port }: { hostname: string; port: string }): boolean {
  const [name = '', own = port] = domain.split(':');
  const isNamed = name.startsWith('*.') ? hostname.endsWith(name.slice(1)) : hostname === name;
  return isNamed && own === port;
}

const nameOf = (domain: string) => domain.split(':')[0] ?? '';
const isLocal = (name: string) => LOCAL.includes(name);
