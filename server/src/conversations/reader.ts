import { randomUUID } from 'node:crypto';
import { type CommandKind, errors, type Refusal } from '@deskbell/contract';
import { SYSTEM } from '../platform/pipeline/command.ts';
import type { Submit } from '../platform/pipeline/submit.ts';
import type { Reader } from '../platform/readers/reader.ts';
import { findHeld } from './sql.ts';

/** what a deactivated agent has goes to the next participant, or back to its place in the queue. */
export function releasesHeld(submit: Submit): Reader {
  return {
    name: 'release-held',
    kinds: ['agent.deactivated'],
    delayMs: 0,
    async handle(events, { sql, workspaceId }) {
      for (const { id: agentId } of events)
        for (const conversationId of await findHeld(sql, workspaceId, agentId)) {
          const result = await submit({
            workspaceId,
            actor: SYSTEM,
            kind: 'conversation.release' satisfies CommandKind,
            input: { conversationId, agentId },
            clientId: randomUUID(),
          });
          if ('code' in result && result.code !== 'not-found') throw unreleased(result);
        }
    },
  };
}

/** With a code that is worth a repetition where the refusal is. */
const unreleased = ({ code, detail }: Refusal) =>
  Object.assign(new Error(detail), errors[code].retry ? { code: 'CONNECTION_CLOSED' } : {});
