import { refuse } from '@deskbell/contract';
import type { LogEvent } from '../log/log.ts';
import type { Writers } from '../store/writers.ts';
import type { BatchOutcome, BatchParts } from './batch.ts';
import type { Command, Result } from './command.ts';
import { Lane } from './lane.ts';
import type { Ways } from './working-set.ts';

/** What a commit tells those on the same server: its events in order, and the rows they speak of. */
export interface Committed {
  workspaceId: string;
  events: LogEvent[];
  rows: BatchOutcome['rows'];
}

export interface PipelineOptions extends BatchParts, Ways {
  /** As many batches of different workspaces run at once. */
  writers: Writers;
  onCommitted(committed: Committed): void;
  /** A batch went through after trouble: the log may hold more than was told. */
  onRecovered(workspaceId: string): void;
  onTrouble(error: unknown, what: string): void;
}

/**
 * The one path for every change. Each workspace has its lane; those of different workspaces know
 * nothing of each other.
 */
export class Pipeline {
  private readonly options: PipelineOptions;
  private readonly lanes = new Map<string, Lane>();
  private isClosed = false;

  constructor(options: PipelineOptions) {
    this.options = options;
  }

  /** Resolves once the command is committed or refused; never rejects for what the database did. `bytes`: its size on the wire. */
  submit(command: Command, bytes = 200): Promise<Result> {
    return new Promise((answer) => {
      if (this.isClosed) return answer(refuse('unavailable', 'The server is stopping'));
      this.laneOf(command.workspaceId).add({ command, bytes, answer });
    });
  }

  /** Lets what is under way finish. */
  async close(): Promise<void> {
    this.isClosed = true;
    await Promise.all([...this.lanes.values()].map((lane) => lane.idle()));
  }

  private laneOf(workspaceId: string): Lane {
    let lane = this.lanes.get(workspaceId);
    if (!lane) {
      lane = new Lane(workspaceId, this.options);
      this.lanes.set(workspaceId, lane);
    }
    return lane;
  }
}
