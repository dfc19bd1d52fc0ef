import { errors, refuse, type Settings, settingsSchema } from '@deskbell/contract';
import { newId } from '../ids.ts';
import { appendEvents, kindsOf, type LogEvent, numbered } from '../log/log.ts';
import { words } from '../store/columns.ts';
import { type Queries, run } from '../store/connect.ts';
import { runStatement, together } from '../store/statement.ts';
import { begin, commit, type Writer } from '../store/writers.ts';
import { hashInput, type KeptAnswer, keep, nameOf } from './answers.ts';
import {
  type Command,
  type Context,
  type Handler,
  isRefusal,
  type NewEvent,
  type Result,
} from './command.ts';
import type { Table } from './table.ts';
import type { WorkingSet } from './working-set.ts';

/** Deciding may take this long, then the rest waits for the next batch. */
const DECIDING_MS = 20;

export interface BatchParts {
  handlers: ReadonlyMap<string, Handler>;
  wholeTables: Table<never>[];
  recall(
    sql: Queries,
    workspaceId: string,
    commands: readonly Command[],
  ): Promise<Map<string, KeptAnswer>>;
  onBug(error: unknown, command: Command): void;
}

/** What one batch did: an answer for each of the first `results.length` commands, and what to tell others. */
export interface BatchOutcome {
  results: Result[];
  events: LogEvent[];
  rows: ReadonlyMap<string, ReadonlyMap<string, object>>;
}

interface Head {
  position: number;
  at: number;
  now: number;
  settings: Settings;
}

/** A workspace's memory between batches: its rows, and the head that its own last batch left. */
export interface WorkspaceMemory {
  workspaceId: string;
  rows: WorkingSet;
  head: number;
}

/**
 * One batch: lock, load, decide, write, commit. Two questions to the database, each of several
 * statements sent at once. Nothing of it holds unless the commit came back.
 */
export async function runBatch(
  writer: Writer,
  memory: WorkspaceMemory,
  work: { commands: readonly Command[]; parts: BatchParts },
): Promise<BatchOutcome> {
  const { commands, parts } = work;
  const backend = begin(writer);
  const { kept, head } = await open(writer, memory, { ...work, backend });
  await loadNeeds(writer, memory, work);
  const decided = decideAll(memory, { commands, parts, kept, head });
  const events = numbered(decided.events, { position: head.position, at: head.now });
  const writes = [
    ...memory.rows.write(memory.workspaceId),
    ...(events.length > 0 ? [appendEvents(memory.workspaceId, events)] : []),
    ...(decided.answers.length > 0
      ? [keep(memory.workspaceId, { at: head.now, answers: decided.answers })]
      : []),
  ];
  await all([
    ...(writes.length > 0 ? [runStatement(writer, together(writes))] : []),
    commit(writer, backend),
  ]);
  memory.head = head.position + events.length;
  return { results: decided.results, events, rows: memory.rows.settled() };
}

const referenceKinds = ({ wholeTables }: BatchParts) =>
  wholeTables.flatMap((table) => (table.whole ? kindsOf(table.whole.entity) : []));

/** Begins, takes the workspace's lock, and reads head, clock and earlier answers under it. */
async function open(
  writer: Writer,
  memory: WorkspaceMemory,
  work: { commands: readonly Command[]; parts: BatchParts; backend: Promise<number> },
) {
  const { commands, parts, backend } = work;
  const { workspaceId, rows } = memory;
  const [, found, kept] = await all([
    backend,
    run<Head & { settings: object; isReferenceChanged: boolean }>(
      writer,
      `select head as position, head_at as at, now, settings, is_reference_changed as "isReferenceChanged"
       from lock_workspace($1, $2, $3::text[])`,
      [workspaceId, memory.head, words(referenceKinds(parts))],
    ),
    parts.recall(writer, workspaceId, commands),
  ]);
  const row = found[0];
  if (!row) throw new Error(`there is no workspace ${workspaceId}`);
  if (row.position !== memory.head) rows.forgetRows();
  const head: Head = {
    position: row.position,
    at: row.at,
    now: Math.max(row.now, row.at),
    settings: settingsSchema.parse(row.settings),
  };
  await all(
    parts.wholeTables
      .filter((table) => row.isReferenceChanged || !rows.isWholeHere(table))
      .map((table) => rows.loadWhole(writer, workspaceId, table)),
  );
  return { kept, head };
}

async function loadNeeds(
  writer: Writer,
  memory: WorkspaceMemory,
  { commands, parts }: { commands: readonly Command[]; parts: BatchParts },
) {
  const { rows, workspaceId } = memory;
  await rows.load(
    writer,
    workspaceId,
    commands.flatMap((command) => handlerOf(parts, command).needs(command.input, command.actor)),
  );
  const further = commands.flatMap(
    (command) => handlerOf(parts, command).alsoNeeds?.(rows, command) ?? [],
  );
  if (further.length > 0) await rows.load(writer, workspaceId, further);
}

interface Deciding {
  commands: readonly Command[];
  parts: BatchParts;
  kept: Map<string, KeptAnswer>;
  head: Head;
}

/** Decides each command in order; what one decides the next one sees. A rule that throws fails its caller alone. */
function decideAll(memory: WorkspaceMemory, { commands, parts, kept, head }: Deciding) {
  const results: Result[] = [];
  const events: (NewEvent & { actor: string })[] = [];
  const answers: KeptAnswer[] = [];
  const context: Context = {
    now: head.now,
    newId: () => newId(head.now),
    settings: head.settings,
    workspaceId: memory.workspaceId,
  };
  const started = performance.now();
  for (const command of commands) {
    if (results.length > 0 && performance.now() - started > DECIDING_MS) break;
    const name = nameOf({ clientId: command.clientId, actor: command.actor.id });
    const inputHash = hashInput(command);
    const earlier = kept.get(name);
    if (earlier) {
      results.push(answerAgain(earlier, inputHash));
      continue;
    }
    const outcome = decideSafely(memory.rows, { command, parts, context });
    if (isRefusal(outcome)) {
      results.push(outcome);
      continue;
    }
    memory.rows.apply(outcome.puts);
    for (const event of outcome.events)
      events.push({ ...event, actor: `${command.actor.kind}:${command.actor.id}` });
    const position = head.position + events.length;
    results.push({ position, answer: outcome.answer });
    if (outcome.puts.length === 0 && outcome.events.length === 0) continue;
    const answer = {
      clientId: command.clientId,
      actor: command.actor.id,
      inputHash,
      position,
      answer: JSON.stringify(outcome.answer),
    };
    kept.set(name, answer);
    if (!handlerOf(parts, command).isRepeatable) answers.push(answer);
  }
  return { results, events, answers };
}

function decideSafely(
  rows: WorkingSet,
  { command, parts, context }: { command: Command; parts: BatchParts; context: Context },
) {
  try {
    return handlerOf(parts, command).decide(rows, command, context);
  } catch (error) {
    parts.onBug(error, command);
    return refuse('failed', errors.failed.title);
  }
}

function answerAgain(earlier: KeptAnswer, inputHash: string): Result {
  if (earlier.inputHash !== inputHash) return refuse('repeated-id');
  return { position: earlier.position, answer: JSON.parse(earlier.answer) as object };
}

function handlerOf(parts: BatchParts, command: Command): Handler {
  const handler = parts.handlers.get(command.kind);
  if (!handler) throw new Error(`nothing handles ${command.kind}`);
  return handler;
}

/**
 * Like Promise.all, but waits for every one before it fails: statements of a batch that are still
 * under way must not run into the next use of the writer.
 */
async function all<const Promises extends readonly Promise<unknown>[]>(
  promises: Promises,
): Promise<{ -readonly [Index in keyof Promises]: Awaited<Promises[Index]> }> {
  const settled = await Promise.allSettled(promises);
  const failed = settled.find((each) => each.status === 'rejected');
  if (failed) throw failed.reason;
  return settled.map((each) => (each as PromiseFulfilledResult<unknown>).value) as never;
}
