import type { IncomingMessage } from 'node:http';

/**
 * The origin of the page that asks, as its browser says (no page can make it say another); null where
 * it is our own, or where nobody says: then it is no browser.
 */
export function pageOrigin(
  { headers: { origin, host } }: Pick<IncomingMessage, 'headers'>,
  publicUrl: string | undefined,
): string | null {
  if (origin === undefined) return null;
  if (!URL.canParse(origin)) return origin;
  const asked = new URL(origin);
  const isOwn =
    asked.host === host || (publicUrl !== undefined && asked.origin === new URL(publicUrl).origin);
  return isOwn ? null : asked.origin;
}
