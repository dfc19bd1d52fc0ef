import type {
  CommandAnswer,
  CommandInput,
  CommandKind,
  EventKind,
  Refusal,
  Settings,
} from '@deskbell/contract';
import type { AuditNote } from '../audit/audit.ts';
import type { Queries } from '../store/connect.ts';
import type { KeptAnswer } from './answers.ts';
import type { Need, Put, State } from './table.ts';

/** Who does it. The system's actor id is the nil UUID. */
export type Actor =
  | { kind: 'agent'; id: string }
  | { kind: 'contact'; id: string; inboxId: string }
  | { kind: 'system'; id: typeof SYSTEM_ID };

export const SYSTEM_ID = '00000000-0000-0000-0000-000000000000';
export const SYSTEM: Actor = { kind: 'system', id: SYSTEM_ID };

export interface Command<Kind extends CommandKind = CommandKind> {
  workspaceId: string;
  actor: Actor;
  kind: Kind;
  input: CommandInput<Kind>;
  /** A UUID of the sender: the same command sent again is answered as before, not done again. */
  clientId: string;
}

/** What a rule may know beside the rows: the database's clock, fresh ids, the workspace's settings. */
export interface Context {
  now: number;
  newId(): string;
  settings: Settings;
  workspaceId: string;
}

/** A thin event: what changed, and who may see it. The pipeline gives it its position. */
export interface NewEvent {
  kind: EventKind;
  id: string;
  version: number;
  audience: string;
  audienceBefore?: string;
}

export interface Decision<Kind extends CommandKind = CommandKind> {
  puts: Put[];
  events: NewEvent[];
  answer: CommandAnswer<Kind>;
  /** For the audit log: of whatever changes how the workspace is set up. */
  audit?: AuditNote[];
  /** The workspace's own row is among `puts`: with these settings it goes on, from the next command on. */
  settings?: Settings;
}

export type Outcome<Kind extends CommandKind = CommandKind> = Decision<Kind> | Refusal;

export function isRefusal(outcome: object): outcome is Refusal {
  return 'code' in outcome;
}

/** How one kind of command is decided. `decide` is pure: the rows it needs are loaded before. */
export interface Handler<Kind extends CommandKind = CommandKind> {
  kind: Kind;
  /** Decided afresh from the rows each time, and harmless twice: its answers need not be kept. */
  isRepeatable?: true;
  /** Its rows bear the sender and the id of the command, each pair once: its answers are read from there and not kept beside them. */
  recall?: Recall;
  needs(input: CommandInput<Kind>, actor: Actor): Need[];
  /** Rows whose keys only the first ones tell. Costs a second question to the database, so only where it is rare. */
  alsoNeeds?(state: State, command: Command<Kind>): Need[];
  decide(state: State, command: Command<Kind>, context: Context): Outcome<Kind>;
}

/** What was answered to these commands, as far as they have been done before. */
export type Recall = (
  sql: Queries,
  workspaceId: string,
  commands: readonly Command[],
) => Promise<KeptAnswer[]>;

export function handler<Kind extends CommandKind>(definition: Handler<Kind>): Handler {
  return definition as unknown as Handler;
}

export type Result = { position: number; answer: object } | Refusal;
