import type { NoticeId } from '@deskbell/contract';
import { placeHeaders } from '../../app/place.ts';

/** In ms: what is shown within this time is told together, since a desk may show twenty in a second. */
const GATHER_MS = 250;
/** No more than the server takes at once. */
const MOST = 200;

const untold = new Set<NoticeId>();
let timer: number | undefined;
// The page may go before the time is up, and what was shown must not ring elsewhere.
globalThis.addEventListener?.('pagehide', tell);

/** Lets the server know that this was shown here, so that no other device of this agent has to. */
export function tellShown(id: NoticeId): void {
  untold.add(id);
  timer ??= window.setTimeout(tell, GATHER_MS);
}

function tell(): void {
  clearTimeout(timer);
  timer = undefined;
  const ids = [...untold];
  untold.clear();
  for (let from = 0; from < ids.length; from += MOST)
    fetch('/api/v1/me/notices/shown', {
      method: 'POST',
      headers: { ...placeHeaders(), 'content-type': 'application/json' },
      body: JSON.stringify({ ids: ids.slice(from, from + MOST) }),
      keepalive: true,
    }).catch(() => undefined); // Then another device shows it too: better twice than never.
}
