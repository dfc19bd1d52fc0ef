const HELD_MS = 60_000;

/** Another tab of this browser has taken it, or shows it now. */
const taken = new Set<string>();
const channel = 'BroadcastChannel' in globalThis ? new BroadcastChannel('deskbell.shown') : null;
channel?.addEventListener('message', ({ data }: MessageEvent<string>) => taken.add(data));

/**
 * Whether this tab is the one of its browser that shows this: the one in front at once, the others a
 * moment later where it has not. A Web Lock settles it (https://www.w3.org/TR/web-locks/); where there
 * are none (no TLS), the tabs tell one another.
 */
export async function claim(id: string, afterMs: number): Promise<boolean> {
  if (afterMs > 0) await new Promise((resolve) => setTimeout(resolve, afterMs));
  if (taken.has(id)) return false;
  taken.add(id);
  const isOurs = 'locks' in navigator ? await lock(`deskbell.shown.${id}`) : true;
  if (isOurs) channel?.postMessage(id);
  return isOurs;
}

function lock(name: string): Promise<boolean> {
  const { promise, resolve } = Promise.withResolvers<boolean>();
  navigator.locks
    .request(name, { ifAvailable: true }, (held) => {
      resolve(held !== null);
      // Kept until the last tab has asked.
      return held && new Promise((release) => setTimeout(release, HELD_MS));
    })
    .catch(() => resolve(true));
  return promise;
}
