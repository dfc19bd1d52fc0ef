import type { ConversationId } from '@deskbell/contract';
import type { AgentClient } from '@deskbell/sdk';

/** So long the screen before may stay, in ms: less than anybody notices, and mostly enough for the server. */
const PATIENCE_MS = 40;

/**
 * Asks for a conversation as soon as somebody is on the way to it, and waits for it a moment, so that its screen
 * is drawn once and whole instead of empty first.
 */
export function arrival(client: AgentClient, id: ConversationId): Promise<void> | undefined {
  // Let go of at once, it stays live for a while all the same.
  client.watch(id).close();
  const isThere = () => client.store.timeline(id).isLoaded;
  // Without a line nothing comes so soon, at the page's first screen least of all.
  if (isThere() || client.state.name !== 'live') return undefined;
  return new Promise((resolve) => {
    const stop = client.subscribe(() => isThere() && end());
    const timer = setTimeout(end, PATIENCE_MS);
    function end() {
      stop();
      clearTimeout(timer);
      resolve();
    }
  });
}
