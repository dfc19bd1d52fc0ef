import type { CommandKind } from '@deskbell/contract';
import type { AgentClient } from '@deskbell/sdk';

/**
 * The outbox keeps what was refused until a person decides. A message waits for that in the timeline;
 * of everything else it has been said, and there is nothing left to decide.
 */
export function forgetRefused(client: AgentClient, kind: CommandKind, lane: string): void {
  for (const item of client.outbox.inLane(lane))
    if (item.kind === kind && item.state === 'failed') client.outbox.drop(item.clientId);
}
