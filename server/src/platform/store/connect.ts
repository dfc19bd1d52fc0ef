import postgres from 'postgres';
import { corkedSocket } from './corked-socket.ts';
import { withTransactions } from './transactions.ts';

/** What the store's functions need of a connection: to run one prepared statement. */
export interface Queries {
  unsafe<Row extends object>(
    text: string,
    parameters?: Parameter[],
    options?: { prepare: boolean },
  ): Promise<Row[]> & { execute(): Promise<Row[]> };
}
export type Parameter = string | number | boolean | null;

export type Pool = postgres.Sql<{ bigint: number }>;

/** A connection of a batch may wait this long for a lock, a statement, or its own server's next word. */
export const PIPELINE_TIMEOUT_MS = 5_000;

/**
 * Plans of the pipeline's statements are made once, often while tables are empty: without these they
 * could scan a table for ever that has grown since.
 */
const steadyPlans = {
  plan_cache_mode: 'force_generic_plan',
  enable_seqscan: false,
  enable_hashjoin: false,
  enable_mergejoin: false,
  jit: false,
};

/**
 * What the driver (3.4.9) had gathered for a connection that ended before it was written, it neither
 * writes nor forgets: the connection that follows says nothing, for ever. Unless its first message is
 * so long that it isn't gathered: then one attempt fails, and the next is clean.
 */
const PADDING = 'x'.repeat(1_024);

interface ConnectOptions {
  max: number;
  name: string;
  /** Applied to every statement and lock; 0 sets none. */
  timeoutMs?: number;
  /** Statements outside `begin read write` can't write. */
  isReadOnlyOutside?: boolean;
  /** The same plans whatever the tables hold. */
  hasSteadyPlans?: boolean;
  /** Called by the driver with what NOTIFY brings, and when a connection has ended. */
  notices?: { onnotify(channel: string, text: string): void; onclose(): void };
}

/** Opens a pool; its transactions have half as many connections beside, opened when they are first wanted. */
export function connect(url: string, options: ConnectOptions): Pool {
  const one = { ...options, max: 1, isReadOnlyOutside: true };
  return withTransactions(open(url, options), () => open(url, one), Math.ceil(options.max / 2));
}

/**
 * Opens a pool. int8 is read as number (positions and times stay far below 2^53); arrays travel as
 * text made by `columns.ts`, so no array types are fetched and none is parsed.
 */
export function open(
  url: string,
  {
    max,
    name,
    timeoutMs = 0,
    isReadOnlyOutside = false,
    hasSteadyPlans = false,
    notices,
  }: ConnectOptions,
): Pool {
  return postgres(url, {
    max,
    // Not in the driver's types, but in its code since 3.3.
    ...({ socket: corkedSocket, ...notices } as object),
    fetch_types: false,
    connect_timeout: 5,
    idle_timeout: 0,
    max_lifetime: null,
    keep_alive: 10,
    backoff: (attempt: number) => Math.min(0.05 * 2 ** attempt, 1),
    onnotice: () => undefined,
    types: { bigint: { to: 20, from: [20], parse: Number, serialize: String } },
    connection: {
      application_name: name,
      statement_timeout: timeoutMs,
      lock_timeout: timeoutMs,
      idle_in_transaction_session_timeout: timeoutMs,
      tcp_keepalives_idle: 5,
      tcp_keepalives_interval: 2,
      tcp_keepalives_count: 3,
      default_transaction_read_only: isReadOnlyOutside,
      ...(hasSteadyPlans ? steadyPlans : {}),
      // What it says is lost with the power anyway.
      ...(notices ? { synchronous_commit: false } : {}),
      'deskbell.padding': PADDING,
      client_connection_check_interval: timeoutMs === 0 ? 0 : 1000,
    },
  });
}

/**
 * Runs one statement, prepared once per connection. Started at once, in the order of the calls: the
 * driver's own promises begin only when somebody waits for them, which would let a commit overtake.
 */
export function run<Row extends object>(
  sql: Queries,
  text: string,
  parameters: Parameter[] = [],
): Promise<Row[]> {
  return sql.unsafe<Row>(text, parameters, { prepare: true }).execute();
}
