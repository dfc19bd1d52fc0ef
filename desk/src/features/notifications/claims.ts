const HELD_MS = 60_000;

/** This tab has seen to it, or another one of this browser has shown it. */
const taken = new Set<string>();
const channel = 'BroadcastChannel' in globalThis ? new BroadcastChannel('deskbell.shown') : null;
channel?.addEventListener('message', ({ data }: MessageEvent<string>) => taken.add(data));

/**
 * Shows it in one tab of its browser: the one in front at once, the others `afterMs` later where it has not. A Web Lock
 * settles it (https://www.w3.org/TR/web-locks/); where there are none (no TLS), the tabs tell one another. A tab that is
 * closed before it has shown it leaves it to the next.
 */
export async function showOnce(
  id: string,
  { afterMs, show }: { afterMs: number; show(): Promise<void> },
): Promise<void> {
  if (afterMs > 0) await new Promise((resolve) => setTimeout(resolve, afterMs));
  if (taken.has(id)) return;
  const showIt = async () => {
    if (taken.has(id)) return;
    taken.add(id);
    await show();
    channel?.postMessage(id);
    // Kept until the last tab has asked.
    await new Promise((release) => setTimeout(release, HELD_MS));
  };
  if ('locks' in navigator) await navigator.locks.request(`deskbell.shown.${id}`, showIt);
  else await showIt();
}
