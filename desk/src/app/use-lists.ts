import { type List, listsFor } from '@deskbell/contract/views/lists';
import { useStore } from './client.tsx';
import { useMe } from './session-context.tsx';

/** the lists that this agent is shown; the first is where they begin. */
export function useLists(): readonly List[] {
  const { role } = useMe();
  const routing = useStore((store) => store.entities.workspaces.all()[0]?.settings.routing);
  return listsFor({ isSupervisor: role !== 'agent', routing: routing ?? 'manual' });
}

export const useHasQueue = (): boolean => useLists().includes('queue');
