import type { WorkspaceId } from '@deskbell/contract';
import { useSession } from '../../app/session-context.tsx';
import { useAsked } from '../../app/use-asked.ts';

export interface OwnWorkspace {
  id: WorkspaceId;
  name: string;
  /** Conversations in its queue; undefined until they were counted. */
  waiting: number | undefined;
}

/** One's own workspaces: those known since the page was opened at once, then as they are now. */
export function useWorkspaces(): { all: OwnWorkspace[]; mayCreate: boolean } {
  const { workspaces } = useSession();
  const { answer } = useAsked<{ workspaces: OwnWorkspace[]; mayCreate: boolean }>('/me/workspaces');
  const known = workspaces.map(({ id, name }) => ({ id, name, waiting: undefined }));
  return { all: answer?.workspaces ?? known, mayCreate: answer?.mayCreate ?? false };
}
