import type { CommandKind, Settings } from '@deskbell/contract';
import { type AgentRow, agents } from '../accounts/index.ts';
import { type ConversationRow, conversations } from '../conversations/index.ts';
import { type InboxRow, inboxes } from '../inboxes/index.ts';
import {
  type Actor,
  type Command,
  isRefusal,
  type Outcome,
  SYSTEM,
} from '../platform/pipeline/command.ts';
import { teams } from '../teams/index.ts';
import { Company, companySettings, type Name } from './company.ts';

/**
 * A company in memory where people act by name, for tests of who may do what: Ann and Ben serve the shop, Cara and Ann
 * wholesale, Susan supervises, and all are online with room for two.
 */
export function acting(change: Partial<Settings> = {}) {
  const company = new Company({ ...companySettings, ...change });
  const { state } = company;
  const act = (actor: Actor, kind: CommandKind, input: object): Outcome =>
    company.decideCommand({
      ...{ workspaceId: 'w', clientId: 'c', actor, kind },
      input,
    } as unknown as Command);
  const by = (who: Name, kind: CommandKind, input: object) => act(agent(who), kind, input);
  const agentRow = (who: Name) => state.get(agents, who) as AgentRow;
  const conversation = (id: string) => state.get(conversations, id) as ConversationRow;
  const writes = (contact: string, input: object = {}, inboxId = 'shop') =>
    act({ kind: 'contact', id: contact, inboxId }, 'message.receive', { text: 'hello', ...input });
  const begins = (contact: string, inboxId = 'shop'): string => {
    writes(contact, {}, inboxId);
    return company.conversations().find((row) => row.contactId === contact)?.id ?? 'none';
  };
  return {
    company,
    state,
    act,
    by,
    bySystem: (kind: CommandKind, input: object) => act(SYSTEM, kind, input),
    writes,
    conversation,
    /** Somebody's first message; the conversation's id. */
    begins,
    /** The same, taken at once. */
    taken(who: Name, contact: string, inboxId = 'shop'): string {
      const conversationId = begins(contact, inboxId);
      by(who, 'conversation.accept', { conversationId });
      return conversationId;
    },
    /** What has become of an agent by other ways than these commands. */
    make: (who: Name, become: Partial<AgentRow>) =>
      state.set(agents, { ...agentRow(who), ...become }),
    /** The same of a conversation. */
    turn: (id: string, become: Partial<ConversationRow>) =>
      state.set(conversations, { ...conversation(id), ...become }),
    furnish: (id: string, become: Partial<InboxRow>) =>
      state.set(inboxes, { ...(state.get(inboxes, id) as InboxRow), ...become }),
    team: (id: string, memberIds: Name[] = [], isDeleted = false) =>
      state.set(teams, { id, version: 1, name: id, memberIds, isDeleted, kept: null }),
    agentRow,
  };
}

const agent = (id: Name): Actor => ({ kind: 'agent', id });

/** What a command came to, in a word: why it was refused, or what was told of it. */
export const said = (outcome: Outcome): string =>
  isRefusal(outcome)
    ? outcome.code
    : outcome.events.map(({ kind }) => kind).join(', ') || 'nothing';
