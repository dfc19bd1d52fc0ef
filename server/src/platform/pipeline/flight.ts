import { randomUUID } from 'node:crypto';
import { checked, runStatement } from '../store/statement.ts';
import type { Writer } from '../store/writers.ts';
import { nameOf } from './answers.ts';
import { all, type BatchOutcome, type BatchWork, loadNeeds } from './batch.ts';
import { answerAgain, type Decided, decideAll } from './decide.ts';
import type { Sight, WorkspaceMemory } from './memory.ts';

/** A batch whose commit is under way. */
export interface Flight {
  /** What the next one names that stands on it. */
  name: string;
  /** How many of the commands it took, from the first on. */
  count: number;
  /** Nothing of it holds before this resolves; when it rejects, nothing that was decided after it does. */
  landed: Promise<BatchOutcome>;
  /** The log shows whether it landed: what is decided on top of it is refused when it did not. */
  isSeenInLog: boolean;
}

/**
 * One batch on trust: decided on what is held, then lock, comparison, writing and commit in a single
 * statement. `expect_head` fails it when the log does not end where we believe or the batch that it
 * `standsOn` failed, and the table of answers when a command has been done before; either way the same
 * commands are then run under the lock. So the next batch can be decided, and sent, while this one is being committed.
 */
export async function launch(
  writer: Writer,
  memory: WorkspaceMemory,
  work: BatchWork & { sight: Sight; standsOn: string | null },
): Promise<Flight> {
  const name = randomUUID();
  const { commands, parts, sight } = work;
  const { workspaceId, rows } = memory;
  await loadNeeds(writer.direct, memory, work);
  const decided = decideAll(workspaceId, rows, {
    ...parts,
    commands,
    kept: new Map(),
    standing: sight,
  });
  const outcome = { results: decided.results, events: decided.events, rows: rows.settled() };
  memory.advance(decided.events.length, sight.now);
  if (decided.isWorkspaceChanged) memory.distrust();
  return {
    name,
    count: decided.results.length,
    isSeenInLog: decided.events.length > 0 || decided.writes.length === 0,
    landed: send(writer, memory, { ...work, decided, name }).then(() => outcome),
  };
}

async function send(
  writer: Writer,
  memory: WorkspaceMemory,
  given: BatchWork & { sight: Sight; standsOn: string | null; decided: Decided; name: string },
): Promise<void> {
  const { workspaceId } = memory;
  const { sight, standsOn, parts, name } = given;
  const { unwritten, writes, results } = given.decided;
  const check = {
    text: 'select expect_head($1, $2, $3, $4, $5) as now',
    parameters: [workspaceId, sight.position, sight.stamp, standsOn, name],
  };
  const [seen, kept] = await all([
    runStatement<{ now: number }>(writer.direct, checked(check, writes)),
    // What wrote no answer may have been answered before all the same, and is answered so again.
    unwritten.size > 0
      ? parts.recall(writer.direct, workspaceId, {
          commands: [...unwritten.values()],
          handlers: parts.handlers,
        })
      : Promise.resolve(null),
  ]);
  memory.setClock(seen[0]?.now ?? 0);
  for (const [place, command] of kept ? unwritten : []) {
    const earlier = kept?.get(nameOf({ clientId: command.clientId, actor: command.actor.id }));
    if (earlier) results[place] = answerAgain(earlier, command, sight.position);
  }
}

/** The database says that we were wrong to trust, which is no trouble: another server writes, or a command came twice. */
export function isMistrusted(error: unknown): boolean {
  return isWrittenElsewhere(error) || codeOf(error) === '23505';
}

/** Another server has written in this workspace. */
export const isWrittenElsewhere = (error: unknown) => codeOf(error) === 'DB001';

const codeOf = (error: unknown) =>
  typeof error === 'object' && error !== null && 'code' in error ? error.code : '';
