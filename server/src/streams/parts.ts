import type { Pool } from '../platform/store/connect.ts';
import type { AgentStream } from './agent-stream.ts';

/** A resume over more events than this is a fresh snapshot instead. */
export const FRAME_EVENTS_LIMIT = 2_000;

export interface StreamParts {
  pool: Pool;
  workspaceId: string;
}

/** What an agent's stream asks of its workspace's hub. */
export interface AgentDoor {
  watch(stream: AgentStream, conversationId: string): void;
  unwatch(stream: AgentStream, conversationId: string): void;
  sendCounts(stream: AgentStream): void;
  sendBoard(stream: AgentStream): void;
  /** Workspace, agents and inboxes: few, and cheaper to send again than to compare. */
  references(): object;
  hasTeam(id: string): boolean;
}
