import type { IncomingMessage } from 'node:http';

export const SESSION_COOKIE = 'deskbell_session';

/** The session's token: from `Authorization: Bearer`, or the desk's cookie. */
export function sessionToken(request: Pick<IncomingMessage, 'headers'>): string | undefined {
  const { authorization, cookie } = request.headers;
  if (authorization?.startsWith('Bearer ')) return authorization.slice('Bearer '.length).trim();
  for (const pair of cookie?.split(';') ?? []) {
    const [name, value] = pair.split('=', 2);
    if (name?.trim() === SESSION_COOKIE) return value?.trim();
  }
  return undefined;
}

/** A cookie counts only for requests of our own pages: a browser says where a request comes from. */
export function isSameOrigin(request: Pick<IncomingMessage, 'headers'>): boolean {
  const { origin, host } = request.headers;
  if (origin === undefined) return request.headers['sec-fetch-site'] !== 'cross-site';
  try {
    return new URL(origin).host === host;
  } catch {
    return false;
  }
}
