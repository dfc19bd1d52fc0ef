import { errors, refuse, type Settings } from '@deskbell/contract';
import { appendAudit, type SignedNote } from '../audit/sql.ts';
import { newId, newOrderedId } from '../ids.ts';
import { appendEvents, type LogEvent, numbered } from '../log/log.ts';
import type { Statement } from '../store/statement.ts';
import { hashInput, type KeptAnswer, keep, nameOf } from './answers.ts';
import {
  type Actor,
  type Command,
  type Context,
  type Decision,
  type Handler,
  isRefusal,
  type NewEvent,
  type Result,
} from './command.ts';
import type { WorkingSet } from './working-set.ts';

/** Deciding may take this long, then the rest waits for the next batch. */
const DECIDING_MS = 20;

/** Where a workspace stands when a batch is decided: its last event, the database's time, its settings. */
export interface Standing {
  position: number;
  now: number;
  settings: Settings;
}

export interface Deciding {
  commands: readonly Command[];
  handlers: ReadonlyMap<string, Handler>;
  /** What was answered to commands that came before. */
  kept: ReadonlyMap<string, KeptAnswer>;
  standing: Standing;
  onBug(error: unknown, command: Command): void;
}

/** What a batch comes to, before any of it is written. */
export interface Decided {
  /** One for each of the first so many commands. */
  results: Result[];
  events: LogEvent[];
  /** What stores all of it, each touching rows of its own. */
  writes: Statement[];
  /** By place: commands that leave no answer behind, because they were refused or changed nothing. */
  unwritten: Map<number, Command>;
  /** The workspace's own row is another one now, and what was known of it before no longer holds. */
  isWorkspaceChanged: boolean;
}

/** Decides each command in order; what one decides the next one sees. A rule that throws fails its caller alone. */
export function decideAll(workspaceId: string, rows: WorkingSet, given: Deciding): Decided {
  const batch = new Batch(workspaceId, rows, given);
  const started = performance.now();
  for (const command of given.commands) {
    if (batch.results.length > 0 && performance.now() - started > DECIDING_MS) break;
    batch.results.push(batch.recalled(command) ?? batch.decide(command));
  }
  return batch.decided();
}

class Batch {
  readonly results: Result[] = [];
  private readonly drafts: (NewEvent & { actor: string })[] = [];
  private readonly answers: KeptAnswer[] = [];
  private readonly notes: SignedNote[] = [];
  private readonly unwritten = new Map<number, Command>();
  /** Of this batch, by name: what came twice is done once. */
  private readonly done = new Map<string, { command: Command; result: Result }>();
  private context: Context;
  private isWorkspaceChanged = false;
  private readonly rows: WorkingSet;
  private readonly given: Deciding;

  constructor(workspaceId: string, rows: WorkingSet, given: Deciding) {
    const { now, settings } = given.standing;
    this.rows = rows;
    this.given = given;
    this.context = { now, newId: () => newId(now), settings, workspaceId };
  }

  /** What was answered before; null for a new command. */
  recalled(command: Command): Result | null {
    const name = nameOfCommand(command);
    const earlier = this.given.kept.get(name);
    if (earlier) return answerAgain(earlier, command, this.position);
    const twin = this.done.get(name);
    if (!twin) return null;
    return hashInput(twin.command) === hashInput(command) ? twin.result : refuse('repeated-id');
  }

  decide(command: Command): Result {
    const { isRepeatable, recall } = handlerOf(this.given.handlers, command);
    const outcome = this.decideSafely(command);
    const isWritten = !isRefusal(outcome) && outcome.puts.length + outcome.events.length > 0;
    if (!isWritten && !isRepeatable) this.unwritten.set(this.results.length, command);
    if (isRefusal(outcome)) return outcome;
    const { actor, clientId } = command;
    this.rows.apply(outcome.puts);
    for (const event of outcome.events)
      this.drafts.push({ ...event, actor: `${actor.kind}:${actor.id}` });
    this.remember(outcome, actor);
    const { position } = this;
    const result = { position, answer: outcome.answer };
    if (!isWritten) return result;
    this.done.set(nameOfCommand(command), { command, result });
    if (isRepeatable || recall) return result;
    const [inputHash, answer] = [hashInput(command), JSON.stringify(outcome.answer)];
    this.answers.push({ clientId, actor: actor.id, inputHash, position, answer });
    return result;
  }

  decided(): Decided {
    const { results, unwritten, answers, notes, rows, isWorkspaceChanged } = this;
    const { workspaceId } = this.context;
    const { position, now } = this.given.standing;
    const events = numbered(this.drafts, { position, at: now });
    const writes = [
      ...rows.write(workspaceId),
      ...(events.length > 0 ? [appendEvents(workspaceId, events)] : []),
      ...(answers.length > 0 ? [keep(workspaceId, { at: now, answers })] : []),
      ...(notes.length > 0 ? [appendAudit(workspaceId, { at: now, notes })] : []),
    ];
    return { results, events, writes, unwritten, isWorkspaceChanged };
  }

  private remember({ audit = [], settings }: Decision, actor: Actor): void {
    for (const note of audit)
      this.notes.push({ ...note, id: newOrderedId(this.context.now), actor });
    if (!settings) return;
    this.context = { ...this.context, settings };
    this.isWorkspaceChanged = true;
  }

  /** Where the log ends with what was decided so far. */
  private get position(): number {
    return this.given.standing.position + this.drafts.length;
  }

  private decideSafely(command: Command) {
    const { handlers, onBug } = this.given;
    try {
      return handlerOf(handlers, command).decide(this.rows, command, this.context);
    } catch (error) {
      onBug(error, command);
      return refuse('failed', errors.failed.title);
    }
  }
}

const nameOfCommand = ({ clientId, actor }: Command) => nameOf({ clientId, actor: actor.id });

/** What a command is answered that was answered before; refused where the same id comes with another input. `end`: of the log. */
export function answerAgain(earlier: KeptAnswer, command: Command, end: number): Result {
  if (earlier.inputHash !== hashInput(command)) return refuse('repeated-id');
  return { position: earlier.position ?? end, answer: JSON.parse(earlier.answer) as object };
}

export function handlerOf(handlers: ReadonlyMap<string, Handler>, command: Command): Handler {
  const handler = handlers.get(command.kind);
  if (!handler) throw new Error(`nothing handles ${command.kind}`);
  return handler;
}
