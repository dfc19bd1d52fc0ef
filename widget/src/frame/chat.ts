import { type ContactClient, createContactClient } from '@deskbell/sdk/contact-client';
import type { Start } from '../bridge.ts';
import { outboxStorage, type Page, PageSocket, pageLock } from './page.ts';
import { ring } from './sound.ts';
import { type Times, timesIn } from './times.ts';
import { type Language, languageFor } from './words.ts';

/** The loader's own connection pings and waits; the one here only follows it. In ms. */
const NEVER = 2 ** 31 - 1;
/** The line must be down for this long, in ms, before somebody is told. */
const OFFLINE_AFTER_MS = 1_500;

/** Everything a screen of the chat needs: the client, the page around it, the language. */
export interface Chat {
  client: ContactClient;
  page: Page;
  language: Language;
  times: Times;
}

export function createChat(page: Page, start: Start): Chat {
  const client = createContactClient({
    baseUrl: start.base,
    inbox: start.inbox,
    token: start.token,
    storage: outboxStorage(page),
    lock: (onChange) => pageLock(page, onChange),
    webSocket: () => new PageSocket(page),
    backoff: { firstMs: 0 },
    heartbeatMs: NEVER,
  });
  const language = languageFor(start.lang);
  ringOnNews({ client, page }, start.isNews);
  return { client, page, language, times: timesIn(language) };
}

/** Whether the line has been down long enough to say so. Calls back when that changes. Returns the way to stop. */
export function watchLine({ page }: Chat, tell: (isDown: boolean) => void): () => void {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const look = () => {
    clearTimeout(timer);
    if (page.isLive) tell(false);
    else timer = setTimeout(() => tell(!page.isLive), navigator.onLine ? OFFLINE_AFTER_MS : 0);
  };
  look();
  addEventListener('offline', look);
  const leave = page.listen(({ t }) => {
    if (t === 'live') look();
  });
  return () => {
    clearTimeout(timer);
    removeEventListener('offline', look);
    leave();
  };
}

/** One sound for a new message of our side, in one of the site's tabs. */
function ringOnNews({ client, page }: Pick<Chat, 'client' | 'page'>, isNew: boolean): void {
  // Undefined: what comes with the first snapshot was there already, and stays silent.
  let heard = isNew ? '' : newestOf(client);
  client.subscribe(() => {
    const newest = newestOf(client);
    if (newest === heard) return;
    const isNews = heard !== undefined && newest !== '' && isFresh(client);
    heard = newest;
    if (isNews && newest && !page.kept.has('mute')) ring(newest);
  });
}

/** Undefined until the first snapshot, so that what was there already stays silent. */
function newestOf({ store }: ContactClient): string | undefined {
  if (!store.site) return undefined;
  const newest = store.view.items.findLast(
    (item) => item.state === 'stored' && item.entry.kind === 'message',
  );
  const isOurs = newest?.state === 'stored' && newest.entry.author.kind !== 'contact';
  return isOurs ? newest.key : '';
}

/** Not what one catches up with after a night. */
function isFresh({ store }: ContactClient): boolean {
  return store.view.unread > 0;
}
