import type { AgentClient, ContactClient } from '@deskbell/sdk';

/** Resolves when the client is connected, at once where it is. */
export function isLive(client: AgentClient | ContactClient): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      if (client.state.name !== 'live') return;
      stop();
      resolve();
    };
    const stop = client.subscribe(look);
    look();
  });
}
