import type { CommandAnswer, CommandKind, EventKind } from '@deskbell/contract';
import { newId } from '../platform/ids.ts';
import { SYSTEM } from '../platform/pipeline/command.ts';
import type { Committed } from '../platform/pipeline/pipeline.ts';
import type { Submit } from '../platform/pipeline/submit.ts';

/** How often those who wait are looked for anyway, in ms: a server may die between a commit and its routing. */
const SWEEP_MS = 1_000;

/** After these somebody may wait, or have room, who did not before. */
export const wakes: ReadonlySet<EventKind> = new Set<EventKind>([
  'conversation.opened',
  'conversation.assigned',
  'conversation.left',
  'conversation.unassigned',
  'conversation.detached',
  'conversation.transferred',
  'conversation.pending',
  'conversation.resumed',
  'conversation.closed',
  'conversation.reopened',
  'agent.changed',
  'agent.availability-changed',
  'agent.reactivated',
  'inbox.added',
  'inbox.member-added',
  'inbox.team-added',
  'team.member-added',
  'workspace.settings-changed',
]);

interface Options {
  submit: Submit;
  findWaitingWorkspaces(): Promise<string[]>;
  onTrouble(error: unknown, what: string): void;
  sweepMs?: number;
}

/**
 * Lets routing run where it may have something to do: at once after a commit, and each second
 * where somebody waits. It only wakes; what is done is decided by the pipeline, so that routing and
 * those who accept by hand never race.
 */
export class Router {
  private readonly options: Options;
  private readonly timer: NodeJS.Timeout;
  private readonly running = new Map<string, Promise<void>>();
  /** Woken while it ran: what happened meanwhile it may not have seen. */
  private readonly again = new Set<string>();
  /** Where conversations are handed out by people, until their settings change. */
  private readonly manual = new Set<string>();
  private isClosed = false;

  constructor(options: Options) {
    this.options = options;
    this.timer = setInterval(() => void this.sweep(), options.sweepMs ?? SWEEP_MS);
    this.timer.unref();
  }

  hear({ workspaceId, events }: Pick<Committed, 'workspaceId' | 'events'>): void {
    if (events.some(({ kind }) => kind === 'workspace.settings-changed'))
      this.manual.delete(workspaceId);
    if (this.manual.has(workspaceId) || !events.some(({ kind }) => wakes.has(kind))) return;
    void this.wake(workspaceId);
  }

  /** Looks for those who wait, on whatever server they came in. */
  async sweep(): Promise<void> {
    try {
      const ids = await this.options.findWaitingWorkspaces();
      await Promise.all(ids.map((id) => this.wake(id)));
    } catch (error) {
      this.options.onTrouble(error, 'looking for who waits');
    }
  }

  async close(): Promise<void> {
    this.isClosed = true;
    clearInterval(this.timer);
    await Promise.all(this.running.values());
  }

  private async wake(workspaceId: string): Promise<void> {
    if (this.isClosed) return;
    const running = this.running.get(workspaceId);
    if (running !== undefined) {
      this.again.add(workspaceId);
      return running;
    }
    const run = this.runOn(workspaceId).finally(() => this.running.delete(workspaceId));
    this.running.set(workspaceId, run);
    return run;
  }

  private async runOn(workspaceId: string): Promise<void> {
    try {
      do {
        this.again.delete(workspaceId);
        await this.run(workspaceId);
      } while (this.again.has(workspaceId) && !this.isClosed);
    } catch (error) {
      // The next sweep tries again.
      this.options.onTrouble(error, 'routing');
    }
  }

  private async run(workspaceId: string): Promise<void> {
    const result = await this.options.submit({
      workspaceId,
      actor: SYSTEM,
      kind: 'routing.run' satisfies CommandKind,
      input: {},
      clientId: newId(Date.now()),
    });
    if ('code' in result) return this.options.onTrouble(new Error(result.detail), 'routing');
    const { isAutomatic, isLeft } = result.answer as CommandAnswer<'routing.run'>;
    if (isAutomatic) this.manual.delete(workspaceId);
    else this.manual.add(workspaceId);
    if (isLeft) this.again.add(workspaceId);
  }
}
