import type { LabelId, Settings } from '@deskbell/contract';
import { type ContactRow, contacts } from '../contacts/index.ts';
import {
  assigned,
  closed,
  conversations,
  flagged,
  markedPending,
  noted,
  opened,
  relabelled,
  type Step,
  timeline,
  transferred,
  withMessage,
} from '../conversations/index.ts';
import { newId } from '../platform/ids.ts';
import type { Pool, Queries } from '../platform/store/connect.ts';
import { runStatement } from '../platform/store/statement.ts';
import { markRead, moveReceipt } from '../reading/index.ts';
import type { InboxName, LabelName, TeamName } from './cast.ts';
import { type Story, sampleContactId, stories } from './stories.ts';
import type { Line } from './story.ts';

const MINUTE = 60_000;

/** The sample's workspace, and the ids of whom and what its stories name. */
export interface Stage {
  workspaceId: string;
  agentIds: readonly string[];
  inboxIds: Record<InboxName, string>;
  teamIds: Record<TeamName, string>;
  labelIds: Record<LabelName, LabelId>;
  settings: Settings;
}

/** Plays all stories by the rules themselves, each line at its time. */
export async function tellStories(pool: Pool, stage: Stage): Promise<void> {
  const { workspaceId } = stage;
  const now = Date.now();
  await pool.begin(async (transaction) => {
    const sql = transaction as unknown as Queries;
    const known = new Set<string>();
    // The eldest first: a customer is known from their first conversation on.
    for (const story of stories.toReversed()) {
      const contact: ContactRow = {
        id: sampleContactId(workspaceId, story.contactKey),
        version: 1,
        phone: null,
        ...story.contact,
        createdAt: now - story.agoMin * MINUTE,
      };
      const steps = new Performance(story, { stage, now, contactId: contact.id }).steps;
      if (!known.has(contact.id)) await runStatement(sql, contacts.insert(workspaceId, [contact]));
      known.add(contact.id);
      const last = steps.at(-1);
      if (last) await runStatement(sql, conversations.insert(workspaceId, [last.conversation]));
      // One at a time: a batch's entries share one moment, these don't.
      for (const { entry } of steps) await runStatement(sql, timeline.insert(workspaceId, [entry]));
      if (last) await letThemRead(sql, stage, last);
    }
  });
}

/** What is answered or done has been read by everybody; of the rest, contacts have seen that it arrived. */
async function letThemRead(
  sql: Queries,
  { workspaceId, agentIds }: Stage,
  { conversation: { id: conversationId, status, lastSide, seq } }: Step,
): Promise<void> {
  if (status === 'open' && lastSide === 'contact') return;
  for (const agentId of agentIds)
    await markRead(sql, workspaceId, { agentId, conversationId, seq });
  for (const side of ['ours_read', 'contact_delivered', 'contact_read'] as const)
    await moveReceipt(sql, workspaceId, { conversationId, side, seq });
}

/** One story while it is played. */
class Performance {
  readonly steps: Step[];
  private readonly story: Story;
  private readonly scene: { stage: Stage; now: number; contactId: string };
  private readonly contact: { kind: 'contact'; id: string };
  private agent: { kind: 'agent'; id: string };
  private at: number;

  constructor(story: Story, scene: { stage: Stage; now: number; contactId: string }) {
    this.story = story;
    this.scene = scene;
    this.at = scene.now - story.agoMin * MINUTE;
    this.contact = { kind: 'contact', id: scene.contactId };
    this.agent = this.person(story.agent);
    const inboxId = scene.stage.inboxIds[story.inbox];
    const { contactId } = scene;
    this.steps = [opened({ inboxId, contactId, author: this.contact }, this.moment)];
    for (const line of story.lines) this.play(line);
    this.end();
  }

  private person(index: number) {
    return { kind: 'agent' as const, id: this.scene.stage.agentIds[index] ?? '' };
  }

  private get moment() {
    const { at } = this;
    return { now: at, newId: () => newId(at) };
  }

  private add(next: (conversation: Step['conversation']) => Step): void {
    const last = this.steps.at(-1);
    if (last) this.steps.push(next(last.conversation));
  }

  private pass(minutes: number): void {
    // Nothing is said after now.
    this.at = Math.min(this.scene.now, this.at + minutes * MINUTE);
  }

  private play({ by, does, text, afterMin }: Line): void {
    this.pass(afterMin);
    const { moment } = this;
    const { settings } = this.scene.stage;
    const author = by === 'contact' ? this.contact : this.agent;
    if (by === 'agent' && this.steps.at(-1)?.conversation.assigneeId === null) {
      this.give(author.id);
      this.label();
    }
    if (does === undefined) {
      const message = { text, clientId: newId(this.at), author, settings };
      return this.add((row) => withMessage(row, message, moment));
    }
    this.add((row) => noted(row, { text, author }, moment));
    if (does === 'notes') return;
    this.agent = this.person(this.story.colleague);
    if (does === 'hands on') return this.give(author.id);
    const teamId = this.scene.stage.teamIds[does.passesTo];
    this.add((row) => transferred(row, { teamId, author, settings }, moment));
  }

  /** To whoever answers now; by whom, that is themselves or who passes it on. */
  private give(byId: string): void {
    const { settings } = this.scene.stage;
    const change = {
      agentId: this.agent.id,
      author: { kind: 'agent' as const, id: byId },
      settings,
    };
    this.add((row) => assigned(row, change, this.moment));
  }

  /** Whoever takes it says what it is about, once. */
  private label(): void {
    const { labelIds } = this.scene.stage;
    const last = this.steps.at(-1);
    const add = this.story.labels.map((name) => labelIds[name]);
    const change = { add, remove: [], author: this.agent };
    const labelled = last && relabelled(last.conversation, change, this.moment);
    if (labelled) this.steps.push(labelled);
  }

  private end(): void {
    const { settings } = this.scene.stage;
    const { isFlagged, end, lines } = this.story;
    this.pass(1);
    if (isFlagged)
      this.add((row) => flagged(row, { isFlagged, author: this.agent, settings }, this.moment));
    if (end === 'pending')
      this.add((row) => markedPending(row, { author: this.agent, settings }, this.moment));
    if (end === 'closed') {
      const isSilent = lines.at(-1)?.by === 'agent' && this.story.agoMin % 3 === 0;
      const why = isSilent
        ? { reason: 'inactivity' as const, author: { kind: 'system' as const, id: null } }
        : { reason: 'agent' as const, author: this.agent };
      this.add((row) => closed(row, why, this.moment));
    }
  }
}
