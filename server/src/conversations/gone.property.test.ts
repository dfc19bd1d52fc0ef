import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { agents } from '../accounts/index.ts';
import { type Command, isRefusal, SYSTEM } from '../platform/pipeline/command.ts';
import { presence } from '../presence/index.ts';
import {
  Company,
  companySettings,
  type Move,
  moves,
  type Name,
  names,
} from '../testing/company.ts';
import type { ConversationRow } from './rules.ts';
import { conversations } from './sql.ts';

const RUNS = { numRuns: 1_000 };
const { presenceGraceMs, detachMs, pendingTimeoutMs } = companySettings;

function played(given: Move[]): Company {
  const company = new Company();
  for (const { after, act } of given) {
    company.now += after;
    if (act.by === 'desk' || act.by === 'typing') company.note(act);
    else company.decide(act);
  }
  return company;
}

/** As whoever acts; answers whether it was refused. */
function order(
  company: Company,
  { actor, kind, input }: Pick<Command, 'actor' | 'kind' | 'input'>,
) {
  const command = { workspaceId: 'w', clientId: 'c', actor, kind, input } as Command;
  return company.decideCommand(command);
}

const bySystem = (company: Company, kind: Command['kind'], input: object) =>
  order(company, { actor: SYSTEM, kind, input: input as never });

/** As the reader does it, for each who went. */
function release(company: Company, agentId: Name): void {
  for (const { id } of company.conversations())
    bySystem(company, 'conversation.release', { conversationId: id, agentId });
}

/** The desks of all are closed, and nobody comes back within the grace. */
function everybodyGoes(company: Company): void {
  for (const who of names) company.note({ by: 'desk', who, isConnected: false });
  company.now += presenceGraceMs;
  for (const who of names) {
    bySystem(company, 'agent.tick', { agentId: who });
    release(company, who);
  }
}

function timePasses(company: Company, ms: number): void {
  company.now += ms;
  for (const { id } of company.conversations())
    bySystem(company, 'conversation.tick', { conversationId: id });
}

const unclosed = (company: Company): ConversationRow[] =>
  company.conversations().filter(({ status }) => status !== 'closed');

const write = (company: Company, { contactId, inboxId }: ConversationRow) =>
  order(company, {
    actor: { kind: 'contact', id: contactId, inboxId },
    kind: 'message.receive',
    input: { text: 'Is anybody there?' } as never,
  });

describe('wherever a history stops', () => {
  it('R-19.2 when everybody has gone, what waits is in the queue, and the rest ends by the clock', () => {
    fc.assert(
      fc.property(moves, (given) => {
        const company = played(given);
        everybodyGoes(company);
        for (const who of names)
          expect(company.state.get(agents, who)?.availability).toBe('offline');
        timePasses(company, detachMs);
        timePasses(company, pendingTimeoutMs);
        for (const row of unclosed(company)) {
          // A flag stops the clock until somebody takes it off.
          if (row.isFlagged) continue;
          expect([row.status, row.holder, row.queuedAt === null]).toEqual([
            'open',
            'nobody',
            false,
          ]);
        }
      }),
      RUNS,
    );
  });

  it('R-19.2 when everybody has gone, whoever writes next waits in the queue, unless an agent kept theirs', () => {
    fc.assert(
      fc.property(moves, (given) => {
        const company = played(given);
        everybodyGoes(company);
        for (const before of company.conversations()) {
          if (isRefusal(write(company, before))) continue;
          const [row] = unclosed(company).filter(
            ({ contactId, inboxId }) =>
              contactId === before.contactId && inboxId === before.inboxId,
          );
          expect(row?.status).toBe('open');
          if (row?.holder === 'agent')
            expect(company.state.get(agents, row.assigneeId ?? '')?.releases).toBe('none');
          else expect(row?.queuedAt).not.toBeNull();
        }
      }),
      RUNS,
    );
  });

  it('R-19.2 when everybody is deactivated, nobody has anything, flagged or not, and a newcomer can take it', () => {
    fc.assert(
      fc.property(moves, (given) => {
        const company = played(given);
        const { state } = company;
        for (const who of names) {
          const agent = state.get(agents, who);
          if (agent) state.set(agents, { ...agent, isActive: false, availability: 'offline' });
          state.set(presence, {
            agentId: who,
            isConnected: false,
            seenAt: company.now,
            usedAt: null,
          });
        }
        for (const who of names) release(company, who);
        const susan = state.get(agents, 'susan');
        if (susan) state.set(agents, { ...susan, isActive: true, availability: 'online' });
        for (const { id, holder, assigneeId, participants } of unclosed(company)) {
          expect([holder, assigneeId, participants]).toEqual(['nobody', null, []]);
          const actor = { kind: 'agent' as const, id: 'susan' };
          const input = { conversationId: id } as never;
          const outcome = order(company, { actor, kind: 'conversation.join', input });
          // She has her limit as well.
          if (isRefusal(outcome)) expect(outcome.code).toBe('at-capacity');
          else expect(state.get(conversations, id)?.assigneeId).toBe('susan');
        }
      }),
      RUNS,
    );
  });
});
