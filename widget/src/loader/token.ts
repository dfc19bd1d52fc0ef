import type { Kept } from './kept.ts';

/** The visitor's secret: 32 random bytes. Tabs that open at the same moment take turns, so that they get the same. */
export async function visitorToken(kept: Kept, lock: string): Promise<string> {
  const take = async () => {
    let token = kept.get('token');
    if (!token) {
      token = newToken();
      kept.set('token', token);
    }
    return token;
  };
  if (kept.get('token') || !kept.isShared || !navigator.locks) return take();
  return navigator.locks.request(lock, take).catch(take);
}

/** 256 bits as base64url (RFC 4648), without padding. */
export function newToken(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  const base64 = btoa(String.fromCharCode(...bytes));
  return base64.replaceAll('+', '-').replaceAll('/', '_').replace('=', '');
}
