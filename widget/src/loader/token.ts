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

/** 256 bits, each byte as a number: 63 to 127 characters, by the least code that a page has to load. */
export function newToken(): string {
  return crypto.getRandomValues(new Uint8Array(32)).join('-');
}
