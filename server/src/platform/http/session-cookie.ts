import type { IncomingMessage } from 'node:http';
import type { FastifyReply } from 'fastify';

const SESSION_COOKIE = 'deskbell_session';
const BROWSER_COOKIE = 'deskbell_browser';
const DAYS_400 = 400 * 24 * 3600;
const DAYS_30 = 30 * 24 * 3600;

type Headers = Pick<IncomingMessage, 'headers'>;

export function keepSession(reply: FastifyReply, token: string, isSecure: boolean): void {
  reply.setCookie(SESSION_COOKIE, token, {
    path: '/',
    httpOnly: true,
    sameSite: 'lax',
    secure: isSecure,
    maxAge: DAYS_30,
  });
}

/** Marks a browser with which somebody has signed in; the longest that browsers keep a cookie. It opens nothing. */
export function keepBrowser(reply: FastifyReply, token: string, isSecure: boolean): void {
  reply.setCookie(BROWSER_COOKIE, token, {
    path: '/api/v1',
    httpOnly: true,
    sameSite: 'lax',
    secure: isSecure,
    maxAge: DAYS_400,
  });
}

export function browserToken(request: Headers): string | undefined {
  return cookieNamed(BROWSER_COOKIE, request);
}

export function dropSession(reply: FastifyReply): void {
  reply.clearCookie(SESSION_COOKIE, { path: '/' });
}

/**
 * The workspace that is asked, for who belongs to several: two tabs of one browser may stand in two. In lower case, as
 * ids are; undefined: the session's own.
 */
export function wantedWorkspace({ headers }: Headers): string | undefined {
  const named = headers['x-deskbell-workspace'];
  return typeof named === 'string' ? named.toLowerCase() : undefined;
}

/** What stands in `Authorization: Bearer`. */
export function bearerToken({ headers: { authorization } }: Headers): string | undefined {
  return /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1];
}

/**
 * The session's token: from `Authorization: Bearer`, or the desk's cookie. A browser sends a cookie
 * along with what any page asks, so it counts only where our own page asks, or nothing is changed
 * and no other page can read the answer.
 */
export function sessionToken(
  request: Headers & { method?: string | undefined },
  publicUrl: string | undefined,
): string | undefined {
  const bearer = bearerToken(request);
  if (bearer !== undefined) return bearer;
  const isReading = request.method === 'GET' || request.method === 'HEAD';
  const isUpgrade = request.headers.upgrade !== undefined;
  return (isReading && !isUpgrade) || isSameOrigin(request, publicUrl)
    ? cookieToken(request)
    : undefined;
}

const cookieToken = (request: Headers) => cookieNamed(SESSION_COOKIE, request);

function cookieNamed(wanted: string, { headers }: Headers): string | undefined {
  for (const pair of headers.cookie?.split(';') ?? []) {
    const [name, value] = pair.split('=', 2);
    if (name?.trim() === wanted) return value?.trim();
  }
  return undefined;
}

/** Whether our own page asks: browsers say where a request comes from; who says nothing is no browser. */
function isSameOrigin({ headers }: Headers, publicUrl: string | undefined): boolean {
  const { origin, host } = headers;
  const site = headers['sec-fetch-site'];
  if (origin === undefined) return site === undefined || site === 'same-origin' || site === 'none';
  if (!URL.canParse(origin)) return false;
  if (publicUrl !== undefined && new URL(origin).origin === new URL(publicUrl).origin) return true;
  return new URL(origin).host === host;
}
