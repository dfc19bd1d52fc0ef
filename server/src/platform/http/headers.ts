import type { FastifyReply } from 'fastify';

/**
 * Headers by class of route, each listed whole, so that what a class may do is read in one place.
 * Nothing anywhere may run inline scripts or styles.
 */
const classes = {
  /** The desk: embeds nothing but its own frames, is embedded by nobody. */
  desk: (host: string) => ({
    ...everywhere,
    'content-security-policy': policy({
      'script-src': "'self'",
      'style-src': "'self'",
      'img-src': "'self' data: blob:",
      'font-src': "'self'",
      'media-src': "'self' blob:",
      'connect-src': sameHost(host),
      'worker-src': "'self'",
      'manifest-src': "'self'",
      'frame-src': "'self'",
      'form-action': "'self'",
      'frame-ancestors': "'none'",
    }),
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'referrer-policy': 'same-origin',
    'permissions-policy':
      'camera=(self), microphone=(self), display-capture=(self), geolocation=(), payment=(), usb=()',
  }),
  /** Scripts, styles and pictures of the widget, fetched by pages of other sites, also isolated ones (COEP). */
  widgetFile: () => ({
    ...everywhere,
    'content-security-policy': policy({}),
    'cross-origin-resource-policy': 'cross-origin',
    'access-control-allow-origin': '*',
  }),
  /** The chat itself, in an iframe of the sites that may embed it. */
  widgetFrame: (host: string, embedders: string) => ({
    ...everywhere,
    'content-security-policy': policy({
      'script-src': "'self'",
      'style-src': "'self'",
      'img-src': "'self' data: blob:",
      'font-src': "'self'",
      'media-src': "'self' blob:",
      'connect-src': sameHost(host),
      'form-action': "'none'",
      'frame-ancestors': embedders,
    }),
    'cross-origin-embedder-policy': 'require-corp',
    'cross-origin-resource-policy': 'cross-origin',
    'referrer-policy': 'strict-origin-when-cross-origin',
  }),
  /** The chat as a page of its own, and the one that shows an admin what they change: both hold the chat's frame. */
  widgetPage: (host: string, embedders: string) => ({
    ...everywhere,
    'content-security-policy': policy({
      'script-src': "'self'",
      'style-src': "'self'",
      'img-src': "'self' data:",
      'connect-src': sameHost(host),
      'frame-src': "'self'",
      'form-action': "'none'",
      'frame-ancestors': embedders,
    }),
    'cross-origin-resource-policy': 'same-origin',
    'referrer-policy': 'strict-origin-when-cross-origin',
  }),
  /** A shop that shows the widget as a page of another site would: of scripts it may run the widget's alone. */
  demo: (host: string) => ({
    ...everywhere,
    'content-security-policy': policy({
      'script-src': `${safeHost(host)}/widget/`,
      'style-src': `${safeHost(host)}/demo/`,
      'img-src': "'self' data:",
      'connect-src': sameHost(host),
      'frame-src': "'self'",
      'form-action': "'none'",
      'frame-ancestors': "'none'",
    }),
    'referrer-policy': 'strict-origin-when-cross-origin',
  }),
  /** Pages that are only read: the API's description, and the word that something has not been built. */
  text: () => ({
    ...everywhere,
    'content-security-policy': policy({ 'style-src': "'self'", 'frame-ancestors': "'none'" }),
    'cross-origin-opener-policy': 'same-origin',
    'cross-origin-resource-policy': 'same-origin',
    'referrer-policy': 'same-origin',
  }),
  /** What people gave to be looked at: a picture, whatever else it may hold, and only on our own pages. */
  picture: () => ({
    ...everywhere,
    'content-security-policy': `${policy({ 'frame-ancestors': "'none'" })}; sandbox`,
    'content-disposition': 'inline',
    'cross-origin-resource-policy': 'same-origin',
    'referrer-policy': 'no-referrer',
  }),
  /** Answers of the API: data, never a page. */
  api: () => ({
    ...everywhere,
    'content-security-policy': policy({ 'frame-ancestors': "'none'" }),
    'referrer-policy': 'no-referrer',
  }),
} as const satisfies Record<string, (host: string, embedders: string) => Record<string, string>>;

const everywhere = { 'x-content-type-options': 'nosniff' };

export type HeaderClass = keyof typeof classes;

/**
 * Sets the headers of a class. Over https browsers are told to stay there. `embedders`: the sources of
 * `frame-ancestors`, where the class leaves that open.
 */
export function setHeaders(reply: FastifyReply, name: HeaderClass, embedders = "'none'"): void {
  const { host, protocol } = reply.request;
  reply.headers(classes[name](host, embedders));
  if (protocol === 'https') reply.header('strict-transport-security', 'max-age=15552000');
}

function policy(allowed: Record<string, string>): string {
  const all = { 'default-src': "'none'", 'base-uri': "'none'", ...allowed };
  return Object.entries(all)
    .map(([directive, sources]) => `${directive} ${sources}`)
    .join('; ');
}

/** Our own HTTP and socket; older Safari doesn't count the latter as `'self'`. */
const sameHost = (host: string) => `'self' ws://${safeHost(host)} wss://${safeHost(host)}`;

/** The request's own word for us, where it could be one; nothing else gets into a header. */
const safeHost = (host: string) => (/^[\w.:[\]-]{1,255}$/.test(host) ? host : 'invalid.invalid');
