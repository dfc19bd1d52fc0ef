import { randomUUID } from 'node:crypto';
import {
  type CommandKind,
  type ErrorCode,
  errors,
  type Refusal,
  settingsOf,
} from '@deskbell/contract';
import { findWorkspace } from '../accounts/index.ts';
import { SYSTEM } from '../platform/pipeline/command.ts';
import type { Submit } from '../platform/pipeline/submit.ts';
import type { Reader } from '../platform/readers/reader.ts';
import { factsIn } from './audience.ts';
import { deadline } from './rules.ts';
import {
  conversations,
  findForsaken,
  findOfTeam,
  findPassedSince,
  findUnclosed,
  type Passed,
} from './sql.ts';

/** Conversations looked at in one go. */
const CHUNK = 500;

/** what an agent has who was deactivated or went offline goes to the next participant, or back to its place in the queue. */
export const releasesHeld = (submit: Submit): Reader => ({
  name: 'release-held',
  kinds: ['agent.deactivated', 'agent.availability-changed'],
  delayMs: 0,
  async handle(events, { sql, workspaceId }) {
    for (const { id: agentId } of events)
      for (const conversationId of await findForsaken(sql, workspaceId, agentId))
        await act(submit, workspaceId, {
          kind: 'conversation.release',
          input: { conversationId, agentId },
        });
  },
});

/** what waits in a team that was deleted waits in the whole inbox. */
export const leavesTeam = (submit: Submit): Reader => ({
  name: 'leave-team',
  kinds: ['team.deleted'],
  delayMs: 0,
  async handle(events, { sql, workspaceId }) {
    for (const { id: teamId } of events)
      for (const conversationId of await findOfTeam(sql, workspaceId, teamId))
        await act(submit, workspaceId, {
          kind: 'conversation.lose-team',
          input: { conversationId },
        });
  },
});

/**
 * what stood in a team that is back stands there again, unless it was passed on since, as the log of what
 * happened in between says. What changes while it is looked for is looked for again.
 */
export const returnsToTeam = (submit: Submit): Reader => ({
  name: 'return-to-team',
  kinds: ['team.restored'],
  delayMs: 0,
  async handle(events, { sql, workspaceId }) {
    for (const { id: teamId, position } of events)
      for (let isLeft = true; isLeft; ) {
        isLeft = false;
        const passed = await findPassedSince(sql, workspaceId, { teamId, until: position });
        for (const { conversationId, seq } of passed.filter(isLossOf(teamId))) {
          const input = { conversationId, teamId, seq };
          const command = { kind: 'conversation.regain-team' as const, input };
          if ((await act(submit, workspaceId, command)) === 'changed-meanwhile') isLeft = true;
        }
      }
  },
});

/** The system took it out of this team. */
const isLossOf =
  (teamId: string) =>
  ({ actor, audienceBefore }: Passed) =>
    actor === `${SYSTEM.kind}:${SYSTEM.id}` &&
    audienceBefore !== null &&
    factsIn(audienceBefore).teamId === teamId;

async function act(
  submit: Submit,
  workspaceId: string,
  command: { kind: CommandKind; input: object },
): Promise<ErrorCode | null> {
  const result = await submit({ workspaceId, actor: SYSTEM, clientId: randomUUID(), ...command });
  if (!('code' in result)) return null;
  if (result.code !== 'not-found' && result.code !== 'changed-meanwhile') throw undone(result);
  return result.code;
}

/**
 * When settings change, deadlines that lie earlier now are brought forward, and what is due closes. Later
 * ones need nothing: the rules look again when the old one comes. Done twice it does nothing, so a server
 * that stops halfway leaves the whole to the next.
 */
export function retimes(submit: Submit): Reader {
  return {
    name: 'retime-conversations',
    kinds: ['workspace.settings-changed'],
    delayMs: 0,
    async handle(_events, { sql, workspaceId }) {
      const workspace = await findWorkspace(sql, workspaceId);
      const settings = settingsOf(workspace?.settings ?? {});
      const unclosed = await findUnclosed(sql, workspaceId);
      for (let start = 0; start < unclosed.length; start += CHUNK) {
        const keys = unclosed.slice(start, start + CHUNK);
        const rows = await conversations.load(sql, workspaceId, keys);
        const late = rows.filter((row) => {
          const due = deadline(row, settings);
          return due !== null && due < (row.dueAt ?? Number.POSITIVE_INFINITY);
        });
        await Promise.all(
          late.map(({ id }) =>
            act(submit, workspaceId, {
              kind: 'conversation.tick',
              input: { conversationId: id },
            }),
          ),
        );
      }
    },
  };
}

/** With a code that is worth a repetition where the refusal is. */
const undone = ({ code, detail }: Refusal) =>
  Object.assign(new Error(detail), errors[code].retry ? { code: 'CONNECTION_CLOSED' } : {});
