import { randomUUID } from 'node:crypto';
import { type CommandKind, commands } from '@deskbell/contract';
import { handlers, lookups, readersOf, referencesOf, wholeTables } from './capabilities.ts';
import { findDue } from './conversations/index.ts';
import { usualFirstAnswer } from './first-answers/index.ts';
import { Sightings } from './inboxes/index.ts';
import { Bus } from './platform/bus/bus.ts';
import { NatsCarrier } from './platform/bus/nats-carrier.ts';
import { PostgresCarrier } from './platform/bus/postgres-carrier.ts';
import { Feed, type FeedOptions } from './platform/feed/feed.ts';
import { Retention } from './platform/log/retention.ts';
import type { Logger } from './platform/logger.ts';
import type { Mail } from './platform/mail.ts';
import { recall } from './platform/pipeline/answers.ts';
import type { BatchParts } from './platform/pipeline/batch.ts';
import { SYSTEM } from './platform/pipeline/command.ts';
import { type Committed, Pipeline } from './platform/pipeline/pipeline.ts';
import { createSubmit, type Submit } from './platform/pipeline/submit.ts';
import { Readers } from './platform/readers/readers.ts';
import { connect, type Pool } from './platform/store/connect.ts';
import { Writers } from './platform/store/writers.ts';
import { Sweeper } from './platform/timers/sweeper.ts';
import { findOnline, Presence } from './presence/index.ts';
import { SignIn } from './sign-in/index.ts';
import { Hubs, Sessions } from './streams/index.ts';

/** Parts that the kill test replaces, to prove that it notices. */
export interface Sabotage {
  recall?: BatchParts['recall'];
  readGap?: FeedOptions['readGap'];
  pollMs?: number;
  /** Whether a commit is told to this server's own streams. */
  isPulseLost?(committed: Committed): boolean;
  /** Whether what another server said on the bus is not heard. */
  isNoticeLost?(): boolean;
  wrapSubmit?(submit: Submit): Submit;
}

/** Everything behind the wire: the pipeline, the log's feed, the streams, the timers. */
export interface Engine {
  pool: Pool;
  submit: Submit;
  hubs: Hubs;
  sessions: Sessions;
  signIn: SignIn;
  sightings: Sightings;
  presence: Presence;
  sweeper: Sweeper;
  feed: Feed;
  bus: Bus;
  /** The database's clock, in ms. */
  now(): Promise<number>;
  close(): Promise<void>;
}

/** Batches of this many workspaces run at once. */
const PIPELINE_CONNECTIONS = 6;
const READ_CONNECTIONS = 8;
/** Readers of the log write at once in so many workspaces. */
const READER_CONNECTIONS = 2;

export function createEngine({
  databaseUrl,
  natsUrl,
  log,
  mail = null,
  publicUrl,
  sabotage = {},
}: {
  databaseUrl: string;
  /** The bus between servers; PostgreSQL's notices without it. */
  natsUrl?: string | undefined;
  log: Logger;
  /** null: none can be sent. */
  mail?: Mail | null;
  /** The address that browsers use, where it is configured. */
  publicUrl?: string | undefined;
  sabotage?: Sabotage;
}): Engine {
  demandHandlers();
  const onTrouble = (error: unknown, what: string) => log.warn({ err: error }, what);
  const pool = connect(databaseUrl, { max: READ_CONNECTIONS, name: 'deskbell' });
  const writers = new Writers(databaseUrl, PIPELINE_CONNECTIONS);
  const feed = new Feed({
    pool,
    referencesOf,
    onTrouble,
    readGap: sabotage.readGap,
    pollMs: sabotage.pollMs,
  });
  const bus = new Bus({
    open: (ears) =>
      natsUrl ? new NatsCarrier(natsUrl, ears) : new PostgresCarrier(databaseUrl, ears),
    isLost: sabotage.isNoticeLost,
    onTooLong: (workspaceId) => log.error({ workspaceId }, 'too long for the bus'),
    onDown: (err) =>
      log.warn({ err }, 'the bus is gone: other servers are heard once a second until it is back'),
    onUp: () => {
      log.info(bus.state, 'the bus is there');
      void feed.poll();
      void presence.lookEverywhere();
    },
  });
  const readerWriters = new Writers(databaseUrl, READER_CONNECTIONS);
  const following = new Readers({
    pool,
    writers: readerWriters,
    readers: readersOf({
      submit: (...given) => submit(...given),
      onEnded: (session) => sessions.end(session),
    }),
    onTrouble,
  });
  const retention = new Retention({ pool, onTrouble });
  const pipeline = new Pipeline({
    writers,
    handlers: new Map(handlers.map((each) => [each.kind as string, each])),
    wholeTables,
    lookups,
    recall: sabotage.recall ?? recall,
    onBug: (error, command) =>
      log.error(
        { err: error, kind: command.kind, workspaceId: command.workspaceId },
        'a command failed',
      ),
    onTrouble,
    onRecovered: () => void feed.poll(),
    onCommitted: (committed) => {
      if (!sabotage.isPulseLost?.(committed)) feed.publish(committed);
      const position = committed.events.at(-1)?.position ?? 0;
      bus.publish(committed.workspaceId, { t: 'reached', position }, 'reached');
      following.wake(committed.workspaceId);
    },
  });
  const plainSubmit = createSubmit(pipeline);
  const submit = sabotage.wrapSubmit?.(plainSubmit) ?? plainSubmit;
  const now = async () =>
    (
      await pool<
        { now: number }[]
      >`select (extract(epoch from clock_timestamp()) * 1000)::bigint as now`
    )[0]?.now ?? 0;
  const hubs = new Hubs({
    pool,
    feed,
    bus,
    onTrouble,
    onOnlineMoved: (workspaceId) => void presence.look(workspaceId),
    findOnline: (workspaceId) => findOnline(pool, workspaceId),
    findUsualAnswer: async (workspaceId) => usualFirstAnswer(pool, workspaceId, await now()),
  });
  const presence = new Presence({
    pool,
    onTrouble,
    workspacesHere: () => hubs.workspaceIds,
    onOwnChange: (workspaceId) => bus.publish(workspaceId, { t: 'online' }, 'online'),
    onChange: (workspaceId, online) =>
      void hubs
        .setOnline(workspaceId, online)
        .catch((error: unknown) => onTrouble(error, 'telling who is online')),
  });
  const sweeper = new Sweeper({
    findDue: async (limit) => findDue(pool, await now(), limit),
    tick: async ({ workspaceId, id }) => {
      await submit({
        workspaceId,
        actor: SYSTEM,
        kind: 'conversation.tick' satisfies CommandKind,
        input: { conversationId: id },
        clientId: randomUUID(),
      });
    },
    onTrouble,
  });
  const signIn = new SignIn({
    ...{ pool, submit, mail, publicUrl, onTrouble },
    onEnded: (session) => sessions.end(session),
  });
  // What a stopped server left halfway.
  signIn.invitations
    .finishEntries(null)
    .catch((error: unknown) => onTrouble(error, 'completing interrupted entries'));
  const sessions = new Sessions({ findStanding: (open) => signIn.findStanding(open), onTrouble });
  return {
    pool,
    submit,
    hubs,
    sessions,
    feed,
    bus,
    presence,
    sweeper,
    now,
    signIn,
    sightings: new Sightings({ pool, onTrouble }),
    async close() {
      sessions.close();
      await signIn.resets.close();
      await sweeper.close();
      await hubs.bye('restart', 'The server is restarting');
      await presence.close();
      await pipeline.close();
      feed.close();
      await bus.close();
      await Promise.all([following.close(), retention.close()]);
      await Promise.all([pool.end({ timeout: 5 }), writers.close(), readerWriters.close()]);
    },
  };
}

/** Every kind of the contract has its handler; a missing one is found at start, not by a customer. */
function demandHandlers(): void {
  const handled = new Set<string>(handlers.map((each) => each.kind));
  const missing = Object.keys(commands).filter((kind) => !handled.has(kind));
  if (missing.length > 0) throw new Error(`nothing handles ${missing.join(', ')}`);
}
