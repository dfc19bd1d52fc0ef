import type { Agent } from '@deskbell/contract';
import { createContext, type ReactNode, use } from 'react';
import { useStore } from './client.tsx';
import type { Session } from './session.ts';

const SessionContext = createContext<Session | null>(null);

export function SessionProvider({ session, children }: { session: Session; children: ReactNode }) {
  return <SessionContext value={session}>{children}</SessionContext>;
}

/** Where one is signed in, and what one may do: live, for a role may change while one looks. */
export function useSession(): Session {
  const session = use(SessionContext);
  if (!session) throw new Error('No agent is signed in here');
  const may = useStore((store) => store.me?.may) ?? session.may;
  return { ...session, may };
}

/** Oneself, live. */
export function useMe(): Agent {
  const { agent } = useSession();
  return useStore((store) => store.entities.agents.get(agent.id)) ?? agent;
}
