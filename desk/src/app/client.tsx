import type { AgentId, WorkspaceId } from '@deskbell/contract';
import {
  type AgentClient,
  type AgentStore,
  type ConnectionState,
  createAgentClient,
  localStorageStorage,
} from '@deskbell/sdk';
import { createContext, type ReactNode, use, useRef, useSyncExternalStore } from 'react';

/** Who, and where. */
interface Stood {
  agent: { id: AgentId };
  workspace: { id: WorkspaceId };
}

let connected: { agentId: AgentId; client: AgentClient } | null = null;

/** The one client of this page for who is signed in: made at the first asking, kept until {@link disconnect}. */
export function clientOf({ agent: { id: agentId }, workspace }: Stood): AgentClient {
  if (connected?.agentId === agentId) return connected.client;
  disconnect();
  const name = `deskbell.outbox.${agentId}`;
  const client = createAgentClient({
    baseUrl: location.origin,
    workspaceId: workspace.id,
    storage: localStorageStorage(name),
    lockName: name,
  });
  connected = { agentId, client };
  return client;
}

/** Nobody is signed in any more. What is unsent waits in this browser for the same agent. */
export function disconnect(): void {
  connected?.client.stop();
  connected = null;
}

const ClientContext = createContext<AgentClient | null>(null);

export function ClientProvider({ client, children }: { client: AgentClient; children: ReactNode }) {
  return <ClientContext value={client}>{children}</ClientContext>;
}

/** For what is sent; what is shown comes from {@link useStore}. */
export function useClient(): AgentClient {
  const client = use(ClientContext);
  if (!client) throw new Error('No agent is signed in here');
  return client;
}

/**
 * Shows a part of the live store. What the selector answers must be the store's own object (they stay the
 * same until they change) or a plain value; something made anew each time would draw without end.
 */
export function useStore<Part>(select: (store: AgentStore) => Part): Part {
  const client = useClient();
  return useSyncExternalStore(client.subscribe, () => select(client.store));
}

/**
 * As {@link useStore}, of several parts at once, each of which is the store's own or plain: for what is drawn by the
 * hundred, since each listener costs something when it comes, when it goes, and with every change of anything.
 */
export function useStoreParts<const Parts extends readonly unknown[]>(
  select: (store: AgentStore) => Parts,
): Parts {
  const client = useClient();
  const last = useRef<Parts | null>(null);
  return useSyncExternalStore(client.subscribe, () => {
    const parts = select(client.store);
    const isSame = last.current?.every((part, place) => Object.is(part, parts[place]));
    if (!isSame || !last.current) last.current = parts;
    return last.current;
  });
}

export function useConnection(): ConnectionState {
  const client = useClient();
  return useSyncExternalStore(client.subscribe, () => client.state);
}
