import { settingsOf } from '@deskbell/contract';
import { kindsOf, type LogEvent } from '../log/log.ts';
import { words } from '../store/columns.ts';
import { type Queries, run } from '../store/connect.ts';
import { runStatement, together } from '../store/statement.ts';
import { begin, commit, type Writer } from '../store/writers.ts';
import type { KeptAnswer } from './answers.ts';
import type { Command, Handler, Result } from './command.ts';
import { decideAll, handlerOf, type Standing } from './decide.ts';
import type { WorkspaceMemory } from './memory.ts';
import type { Table } from './table.ts';

export interface BatchParts {
  handlers: ReadonlyMap<string, Handler>;
  wholeTables: Table<never>[];
  recall(
    sql: Queries,
    workspaceId: string,
    work: { commands: readonly Command[]; handlers: ReadonlyMap<string, Handler> },
  ): Promise<Map<string, KeptAnswer>>;
  onBug(error: unknown, command: Command): void;
}

/** What one batch did: an answer for each of the first `results.length` commands, and what to tell others. */
export interface BatchOutcome {
  results: Result[];
  events: LogEvent[];
  rows: ReadonlyMap<string, ReadonlyMap<string, object>>;
}

export interface BatchWork {
  commands: readonly Command[];
  parts: BatchParts;
}

/**
 * One batch under the lock: lock, load, decide, write, commit. Two questions to the database, each of
 * several statements sent at once. Nothing of it holds unless the commit came back.
 */
export async function runBatch(
  writer: Writer,
  memory: WorkspaceMemory,
  work: BatchWork,
): Promise<BatchOutcome> {
  const { commands, parts } = work;
  const { workspaceId, rows } = memory;
  const backend = begin(writer);
  const { kept, standing, learn } = await open(writer, memory, { ...work, backend });
  await loadNeeds(writer, memory, work);
  const decided = decideAll(workspaceId, rows, { ...parts, commands, kept, standing });
  await all([
    ...(decided.writes.length > 0 ? [runStatement(writer, together(decided.writes))] : []),
    commit(writer, backend),
  ]);
  learn();
  memory.advance(decided.events.length, standing.now);
  if (decided.isWorkspaceChanged) memory.distrust();
  return { results: decided.results, events: decided.events, rows: rows.settled() };
}

const referenceKinds = ({ wholeTables }: BatchParts) =>
  wholeTables.flatMap((table) => (table.whole ? kindsOf(table.whole.entity) : []));

interface Found {
  position: number;
  at: number;
  now: number;
  stamp: string;
  settings: object;
  isReferenceChanged: boolean;
}

/** Begins, takes the workspace's lock, and reads head, clock and earlier answers under it. */
async function open(
  writer: Writer,
  memory: WorkspaceMemory,
  { commands, parts, backend }: BatchWork & { backend: Promise<number> },
) {
  const { workspaceId, rows } = memory;
  const [, found, kept] = await all([
    backend,
    run<Found>(
      writer,
      `select head as position, head_at as at, now, stamp, settings, is_reference_changed as "isReferenceChanged"
       from lock_workspace($1, $2, $3::text[])`,
      [workspaceId, memory.head, words(referenceKinds(parts))],
    ),
    parts.recall(writer, workspaceId, { commands, handlers: parts.handlers }),
  ]);
  const row = found[0];
  if (!row) throw new Error(`there is no workspace ${workspaceId}`);
  const isOwnHead = row.position === memory.head;
  if (!isOwnHead) rows.forgetRows();
  const standing: Standing = {
    position: row.position,
    now: Math.max(row.now, row.at),
    settings: settingsOf(row.settings),
  };
  await all(
    parts.wholeTables
      .filter((table) => row.isReferenceChanged || !rows.isWholeHere(table))
      .map((table) => rows.loadWhole(writer, workspaceId, table)),
  );
  return { kept, standing, learn: () => memory.learn({ ...row, ...standing, isOwnHead }) };
}

/** Loads what the commands need and is not here yet. */
export async function loadNeeds(
  sql: Queries,
  { rows, workspaceId }: WorkspaceMemory,
  { commands, parts: { handlers } }: BatchWork,
): Promise<void> {
  const needs = commands.flatMap((command) =>
    handlerOf(handlers, command).needs(command.input, command.actor),
  );
  await rows.load(sql, workspaceId, needs);
  const further = commands.flatMap(
    (command) => handlerOf(handlers, command).alsoNeeds?.(rows, command) ?? [],
  );
  if (further.length > 0) await rows.load(sql, workspaceId, further);
}

/**
 * Like Promise.all, but waits for every one before it fails: statements of a batch that are still
 * under way must not run into the next use of the writer.
 */
export async function all<const Promises extends readonly Promise<unknown>[]>(
  promises: Promises,
): Promise<{ -readonly [Index in keyof Promises]: Awaited<Promises[Index]> }> {
  const settled = await Promise.allSettled(promises);
  const failed = settled.find((each) => each.status === 'rejected');
  if (failed) throw failed.reason;
  return settled.map((each) => (each as PromiseFulfilledResult<unknown>).value) as never;
}
