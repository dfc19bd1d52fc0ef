import { type CommandKind, events as eventKinds } from '@deskbell/contract';
import { describe, expect, it } from 'vitest';
import { agents } from '../accounts/index.ts';
import { contacts } from '../contacts/index.ts';
import { type Command, isRefusal } from '../platform/pipeline/command.ts';
import { presence } from '../presence/index.ts';
import {
  accepted,
  agentKinds,
  type Company,
  done,
  givingKinds,
  play,
  companySettings as settings,
  written,
} from '../testing/company.ts';
import { conversationForContact, entryForContact } from './present.ts';
import { type ConversationRow, deadline, type EntryRow } from './rules.ts';
import { conversations, timeline } from './sql.ts';

const entriesOf = (company: Company, id: string): EntryRow[] =>
  [...company.state.all(timeline)]
    .filter((entry) => entry.conversationId === id)
    .sort((a, b) => a.seq - b.seq);

const isIn = (row: ConversationRow, who: string) =>
  row.assigneeId === who || row.participants.some((each) => each.agentId === who);

describe('whatever people do, in whatever order', () => {
  it('R-1.1 exactly one has an open conversation, and a pending one has its agent', () => {
    play((moment) => {
      for (const row of written(moment)) {
        if (row.status === 'closed') continue;
        expect(['agent', 'nobody']).toContain(row.holder);
        expect(row.holder === 'agent').toBe(row.assigneeId !== null);
        if (row.status === 'pending') expect(row.assigneeId).not.toBeNull();
        const people = [row.assigneeId, ...row.participants.map((each) => each.agentId)];
        expect(new Set(people).size).toBe(people.length);
        if (row.assigneeId === null) expect(row.participants).toEqual([]);
        if (row.holder === 'nobody') expect(row.queuedAt).not.toBeNull();
      }
    });
  });

  it('R-1.1 every change is an entry of the timeline, in a dense sequence that is the version', () => {
    play((moment) => {
      const { company, before } = moment;
      for (const row of written(moment)) {
        const earlier = before.get(row.id);
        const seqs = entriesOf(company, row.id).map((entry) => entry.seq);
        expect(seqs).toEqual(Array.from({ length: row.seq }, (_, index) => index + 1));
        expect(row.seq).toBeGreaterThanOrEqual(earlier?.seq ?? 1);
        const { dueAt: _due, ...facts } = row;
        // Only a deadline may move without a word.
        if (row.seq === earlier?.seq) expect(facts).toEqual({ ...earlier, dueAt: undefined });
      }
      const told =
        accepted(moment)?.events.filter(({ kind }) => eventKinds[kind].entity === 'conversation') ??
        [];
      for (const event of told)
        expect(entriesOf(company, event.id).some((entry) => entry.seq === event.version)).toBe(
          true,
        );
      for (const entry of accepted(moment)?.puts.filter(
        (each) => (each.table as object) === timeline,
      ) ?? [])
        expect(told.some((each) => each.version === (entry.row as EntryRow).seq)).toBe(true);
    });
  });

  it('R-1.2 a contact has at most one unclosed conversation per inbox', () => {
    play(({ company }) => {
      const unclosed = company.conversations().filter((row) => row.status !== 'closed');
      const keys = unclosed.map((row) => `${row.contactId} ${row.inboxId}`);
      expect(new Set(keys).size).toBe(keys.length);
    });
  });

  it('R-1.3, R-1.5 no deadline is found late, and a tick at the time closes or moves it', () => {
    play((moment) => {
      const { company } = moment;
      for (const row of written(moment)) {
        const due = deadline(row, settings, company.typedAt(row));
        if (due !== null) expect(row.dueAt ?? Number.POSITIVE_INFINITY).toBeLessThanOrEqual(due);
        if (row.dueAt === null) continue;
        const now = Math.max(company.now, row.dueAt);
        const ticked = company.tickedAt(row.id, now);
        expect(ticked?.dueAt ?? Number.POSITIVE_INFINITY).toBeGreaterThan(now);
      }
    });
  });

  it('R-1.5 nothing closes by itself at the moment when an agent takes it up', () => {
    play(({ company, command, outcome }) => {
      if (command.actor.kind !== 'agent' || isRefusal(outcome) || outcome.events.length === 0)
        return;
      for (const row of company.conversations()) {
        if (row.status !== 'open' || row.id !== outcome.events[0]?.id) continue;
        const opening: CommandKind[] = ['conversation.reopen', 'conversation.mark-open'];
        if (opening.includes(command.kind))
          expect(deadline(row, settings) ?? Number.POSITIVE_INFINITY).toBeGreaterThan(company.now);
      }
    });
  });

  it('R-1.9 no stranger replies, and a stranger learns who has it', () => {
    play(({ before, command, outcome }) => {
      if (command.kind !== 'message.send') return;
      const { conversationId } = command.input as { conversationId: string };
      const row = before.get(conversationId);
      if (!isRefusal(outcome)) {
        expect(row && isIn(row, command.actor.id)).toBe(true);
        return;
      }
      if (outcome.code !== 'taken') return;
      expect(row && isIn(row, command.actor.id)).toBe(false);
      expect(outcome.agentId).toBe(row?.assigneeId);
    });
  });

  it('R-1.9 who does not serve the inbox can neither do nor learn anything', () => {
    play(({ before, command, outcome }) => {
      if (command.actor.id !== 'cara' || !('conversationId' in command.input)) return;
      const row = before.get(String(command.input.conversationId));
      if (row?.inboxId === 'shop') expect(outcome).toMatchObject({ code: 'not-found' });
    });
  });

  it('R-4.1 who becomes the assignee is online, and who replies is not offline', () => {
    play((moment) => {
      const { company, before, command } = moment;
      const switchOf = (id: string) => company.state.get(agents, id)?.availability;
      for (const row of written(moment)) {
        const isNew = row.assigneeId !== null && row.assigneeId !== before.get(row.id)?.assigneeId;
        if (isNew) expect(switchOf(row.assigneeId ?? '')).toBe('online');
      }
      if (command.kind === 'message.send' && accepted(moment))
        expect(['online', 'away']).toContain(switchOf(command.actor.id));
    });
  });

  it('R-4.1 nobody goes offline by themselves while a desk is connected, or before the grace is over', () => {
    play((moment) => {
      const { company, command } = moment;
      if (command.kind !== 'agent.tick') return;
      const { agentId } = command.input as { agentId: string };
      const desks = company.state.get(presence, agentId);
      const isOver = company.now >= (desks?.seenAt ?? 0) + settings.presenceGraceMs;
      if (accepted(moment)?.events.length)
        expect([desks?.isConnected, isOver]).toEqual([false, true]);
    });
  });

  it('R-4.2 when the contact writes, it does not stay with who went offline without keeping it', () => {
    play((moment) => {
      const { company, command, before } = moment;
      if (command.kind !== 'message.receive' || isRefusal(moment.outcome)) return;
      for (const row of written(moment)) {
        const agent = company.state.get(agents, row.assigneeId ?? '');
        if (agent?.availability === 'offline') expect(agent.releases).toBe('none');
        const earlier = before.get(row.id);
        // Its place is the old one.
        if (earlier?.status === 'open' && earlier.assigneeId !== null && row.assigneeId === null)
          expect([row.queuedAt, row.isQueuedInFront]).toEqual([earlier.queuedAt, false]);
      }
    });
  });

  it('R-1.1 no state is without an exit', () => {
    play((moment) => {
      const { company } = moment;
      for (const row of written(moment)) {
        const fork = company.state.fork();
        const susan = fork.get(agents, 'susan');
        if (susan) fork.set(agents, { ...susan, availability: 'online' });
        const kind =
          row.status === 'closed'
            ? ('conversation.reopen' as const)
            : ('conversation.close' as const);
        const command: Command = {
          workspaceId: 'w',
          actor: { kind: 'agent', id: 'susan' },
          kind,
          clientId: 'c',
          input: (kind === 'conversation.close'
            ? { conversationId: row.id, reason: 'It is over' }
            : { conversationId: row.id }) as never,
        };
        const outcome = company.decideCommand(command, { state: fork });
        // A closed one is left for the contact's newer conversation at most.
        if (isRefusal(outcome))
          expect(['conversation-unclosed', 'at-capacity']).toContain(outcome.code);
        else expect(fork.get(conversations, row.id)?.status).not.toBe(row.status);
        // Where our side spoke last, or waits, the clock is an exit too, unless a flag stops it.
        if (row.isFlagged) continue;
        if (row.status === 'pending' || (row.status === 'open' && row.lastSide === 'ours'))
          expect(row.dueAt).not.toBeNull();
      }
    });
  });

  it('versions grow, and events name the version that they speak of', () => {
    const seen = new WeakMap<Company, Map<string, number>>();
    play((moment) => {
      const versions = seen.get(moment.company) ?? new Map<string, number>();
      seen.set(moment.company, versions);
      for (const event of accepted(moment)?.events ?? []) {
        const earlier = versions.get(event.id);
        if (earlier !== undefined) expect(event.version).toBe(earlier + 1);
        versions.set(event.id, event.version);
      }
    });
  });

  it('a contact is told what the catalogue of events says, and never sees what is internal', () => {
    const internal = [
      ...[
        'joined',
        'left',
        'went-offline',
        'pending',
        'resumed',
        'unassigned',
        'invited',
        'detached',
      ],
      ...['flagged', 'unflagged', 'labelled'],
    ];
    play((moment) => {
      for (const event of accepted(moment)?.events ?? [])
        if (eventKinds[event.kind].entity === 'conversation')
          expect(event.audience.includes('contact:')).toBe(eventKinds[event.kind].contact);
      for (const row of written(moment)) {
        const seen = conversationForContact(row);
        expect(Object.keys(seen).sort()).toEqual([
          'assigneeId',
          'closeReason',
          'closedAt',
          'id',
          'openedAt',
          'status',
          'version',
        ]);
        expect(seen.status).not.toBe('pending');
        for (const entry of entriesOf(moment.company, row.id).map(entryForContact)) {
          expect((entry?.kind as string | undefined) ?? 'message').not.toBe('note');
          if (entry?.kind !== 'activity') continue;
          expect(entry.activity).not.toHaveProperty('text');
          expect(entry.activity).not.toHaveProperty('isForced');
          expect(internal).not.toContain(entry.activity.what);
          expect(entry.author.kind).not.toBe('agent');
        }
      }
    });
  });

  it('a contact is known from the first message on', () => {
    play((moment) => {
      const { company } = moment;
      for (const row of written(moment))
        expect(company.state.get(contacts, row.contactId)?.createdAt).toBeLessThanOrEqual(
          company.now,
        );
    });
  });

  it('and the plays were long enough to carry out every kind of command, often', () => {
    const kinds = [
      ...agentKinds,
      ...givingKinds,
      'conversation.start',
      'message.receive',
      'conversation.end',
      'conversation.tick',
      'agent.set-availability',
      'agent.tick',
    ] as const;
    for (const kind of kinds) expect([kind, (done.get(kind) ?? 0) >= 200]).toEqual([kind, true]);
  });
});
