import type { Reader } from '../platform/readers/reader.ts';
import { endSessionsOfAgent } from './sql.ts';

/** the sessions of who was deactivated end for good, so that none comes back with them. */
export function endsSessions(
  onEnded: (ended: { session: string; workspaceId: string }) => void,
): Reader {
  return {
    name: 'end-sessions',
    kinds: ['agent.deactivated'],
    delayMs: 0,
    async handle(events, { sql, workspaceId }) {
      for (const { id: agentId, at: until } of events)
        for (const session of await endSessionsOfAgent(sql, { workspaceId, agentId, until }))
          onEnded({ session, workspaceId });
    },
  };
}
