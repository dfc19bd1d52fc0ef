import type { AgentEntities } from '@deskbell/contract';
import type { Pool } from '../platform/store/connect.ts';
import { jobForAgent } from './present.ts';
import { type JobPlace, type ProgressRow, readMoving, readProgress } from './sql.ts';

interface Options {
  pool: Pool;
  /** Where somebody here may have begun a job. */
  workspacesHere(): Iterable<string>;
  /** Whether this agent has a desk here. */
  isHere(workspaceId: string, agentId: string): Promise<boolean>;
  /** Hands it to the agent's desks here, and to nobody else. */
  tell(workspaceId: string, of: { agentId: string; entities: AgentEntities }): Promise<void>;
  onTrouble(error: unknown, what: string): void;
  pollMs?: number | undefined;
}

/** A word of the bus may be lost, so every server also looks by itself. */
const POLL_MS = 2_000;
/** What was finished so long ago, in ms, is looked at in several polls. */
const RECENT_MS = 10_000;

/** Hands on to the desks of this server how far the jobs of their agents are, whichever server does them. */
export class BulkProgress {
  private readonly options: Options;
  /** The version of each job that was told here. */
  private readonly told = new Map<string, number>();
  private readonly timer: NodeJS.Timeout;

  constructor(options: Options) {
    this.options = options;
    this.timer = setInterval(() => void this.poll(), options.pollMs ?? POLL_MS);
    this.timer.unref();
  }

  /** A job was begun, is further, or has ended. */
  async note({ workspaceId, agentId, id }: JobPlace): Promise<void> {
    const { pool, isHere, onTrouble } = this.options;
    try {
      if (!(await isHere(workspaceId, agentId))) return;
      const [row] = await readProgress(pool, workspaceId, { agentId, id });
      if (row) await this.tell(row);
    } catch (error) {
      onTrouble(error, 'telling how far a job is');
    }
  }

  /** Looks for what moves. */
  async poll(): Promise<void> {
    const { pool, workspacesHere, isHere, onTrouble } = this.options;
    const here = [...workspacesHere()];
    if (here.length === 0) return;
    try {
      const rows = await readMoving(pool, here, RECENT_MS);
      for (const row of rows) if (await isHere(row.workspaceId, row.agentId)) await this.tell(row);
      const moving = new Set(rows.map(({ id }) => id));
      for (const id of this.told.keys()) if (!moving.has(id)) this.told.delete(id);
    } catch (error) {
      onTrouble(error, 'looking how far jobs are');
    }
  }

  close(): void {
    clearInterval(this.timer);
  }

  private async tell(row: ProgressRow): Promise<void> {
    const { workspaceId, agentId, id } = row;
    const job = jobForAgent(row);
    if (job.version <= (this.told.get(id) ?? 0)) return;
    this.told.set(id, job.version);
    await this.options.tell(workspaceId, { agentId, entities: { bulkJobs: [job] } });
  }
}
