import { randomUUID } from 'node:crypto';
import { commands } from '@deskbell/contract';
import { BulkProgress, BulkRunner } from './bulk/index.ts';
import {
  drops,
  findDue,
  groups,
  handlers,
  jobKindsOf,
  lookups,
  readersOf,
  referencesOf,
  wholeTables,
} from './capabilities.ts';
import { usualFirstAnswer } from './first-answers/index.ts';
import { Sightings } from './inboxes/index.ts';
import { Announcing, type PushParts } from './notifications/index.ts';
import { Bus } from './platform/bus/bus.ts';
import { NatsCarrier } from './platform/bus/nats-carrier.ts';
import { PostgresCarrier } from './platform/bus/postgres-carrier.ts';
import { Feed, type FeedOptions } from './platform/feed/feed.ts';
import { Jobs } from './platform/jobs/jobs.ts';
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
import { readNow } from './platform/store/now.ts';
import { Writers } from './platform/store/writers.ts';
import { Sweeper } from './platform/timers/sweeper.ts';
import { Presence } from './presence/index.ts';
import { findWaitingWorkspaces, Router } from './routing/index.ts';
import { type NewWorkspaces, SignIn } from './sign-in/index.ts';
import {
  type Ended,
  Hubs,
  noticeOfEnded,
  noticeOfMoved,
  readEnded,
  SESSIONS,
  Sessions,
} from './streams/index.ts';

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
  bulk: BulkRunner;
  feed: Feed;
  announcing: Announcing;
  jobs: Jobs;
  push: PushParts;
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
  newWorkspaces = 'owners',
  privateTargets = [],
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
  /** Who may make a further workspace. */
  newWorkspaces?: NewWorkspaces | undefined;
  /** `host:port` that may be asked though they are private. */
  privateTargets?: readonly string[];
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
      void sessions.sweep();
    },
  });
  const readerWriters = new Writers(databaseUrl, READER_CONNECTIONS);
  const following = new Readers({
    pool,
    writers: readerWriters,
    readers: readersOf({
      submit: (...given) => submit(...given),
      onEnded: (ended) => endSession(ended),
      onNoticed: (workspaceId) => {
        bus.publish(workspaceId, { t: 'noticed' }, 'noticed');
        void announcing.note(workspaceId);
        void jobs.work();
      },
    }),
    onTrouble,
  });
  const retention = new Retention({ pool, drops, onTrouble });
  const pipeline = new Pipeline({
    writers,
    handlers: new Map(handlers.map((each) => [each.kind as string, each])),
    wholeTables,
    lookups,
    groups,
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
      following.wake(committed);
      router.hear(committed);
    },
  });
  const plainSubmit = createSubmit(pipeline);
  const submit = sabotage.wrapSubmit?.(plainSubmit) ?? plainSubmit;
  const router = new Router({
    submit: (...given) => submit(...given),
    findWaitingWorkspaces: () => findWaitingWorkspaces(pool),
    onTrouble,
  });
  const hubs = new Hubs({
    pool,
    feed,
    bus,
    onTrouble,
    onNoticed: (workspaceId) => void announcing.note(workspaceId),
    onMoved: (job) => void bulkProgress.note(job),
    findUsualAnswer: async (workspaceId) =>
      usualFirstAnswer(pool, workspaceId, await readNow(pool)),
  });
  const presence = new Presence({ pool, onTrouble });
  const announcing = new Announcing({
    pool,
    onTrouble,
    workspacesHere: () => hubs.workspaceIds,
    tell: (workspaceId, told) =>
      void hubs
        .announce(workspaceId, told)
        .catch((error: unknown) => onTrouble(error, 'telling an agent')),
    deviceHere: (workspaceId, agentId) => hubs.deviceOf(workspaceId, agentId),
  });
  const push = { pool, privateTargets, contact: complaintsTo(publicUrl) };
  const jobs = new Jobs({ pool, kinds: jobKindsOf(push), onTrouble });
  const sweeper = new Sweeper({
    findDue: async (limit) => findDue(pool, await readNow(pool), limit),
    tick: async ({ workspaceId, command }) => {
      await submit({ workspaceId, actor: SYSTEM, clientId: randomUUID(), ...command });
    },
    onTrouble,
  });
  const bulkProgress = new BulkProgress({
    ...{ pool, onTrouble, pollMs: sabotage.pollMs },
    workspacesHere: () => hubs.workspaceIds,
    isHere: (workspaceId, agentId) => hubs.hasDeviceOf(workspaceId, agentId),
    tell: (workspaceId, of) => hubs.tellDevicesHere(workspaceId, of),
  });
  const bulk = new BulkRunner({
    ...{ pool, submit, onTrouble },
    onMoved: (job) => {
      const { notice, name } = noticeOfMoved(job);
      bus.publish(job.workspaceId, notice, name);
      void bulkProgress.note(job);
    },
  });
  const signIn = new SignIn({
    ...{ pool, submit, mail, publicUrl, newWorkspaces, onTrouble },
    onEnded: (ended) => endSession(ended),
    onAudited: (workspaceId) =>
      void hubs
        .tellAudited(workspaceId)
        .catch((error: unknown) => onTrouble(error, 'telling that the audit log has grown')),
  });
  // What a stopped server left halfway.
  signIn.invitations
    .finishEntries(null)
    .catch((error: unknown) => onTrouble(error, 'completing interrupted entries'));
  const sessions = new Sessions({ findStanding: (open) => signIn.findStanding(open), onTrouble });
  const endSession = (ended: Ended) => {
    sessions.end(ended);
    bus.publish(SESSIONS, noticeOfEnded(ended));
  };
  bus
    .subscribe(SESSIONS, (message) => {
      const ended = readEnded(message);
      if (ended) sessions.end(ended);
    })
    .catch((error: unknown) => onTrouble(error, 'listening for sessions that end elsewhere'));
  return {
    pool,
    submit,
    hubs,
    sessions,
    feed,
    bus,
    presence,
    announcing,
    jobs,
    push,
    sweeper,
    bulk,
    now: () => readNow(pool),
    signIn,
    sightings: new Sightings({ pool, onTrouble }),
    async close() {
      sessions.close();
      bulkProgress.close();
      await signIn.resets.close();
      await Promise.all([sweeper.close(), bulk.close(), jobs.close(), router.close()]);
      await presence.close();
      await pipeline.close();
      feed.close();
      await bus.close();
      await Promise.all([following.close(), announcing.close(), retention.close()]);
      await Promise.all([pool.end({ timeout: 5 }), writers.close(), readerWriters.close()]);
    },
  };
}

/** Whom push services may turn to: they accept nothing but https: and mailto: addresses. */
const complaintsTo = (publicUrl: string | undefined) =>
  publicUrl?.startsWith('https:') ? publicUrl : 'mailto:desk@deskbell.invalid';

/** Every kind of the contract has its handler; a missing one is found at start, not by a customer. */
function demandHandlers(): void {
  const handled = new Set<string>(handlers.map((each) => each.kind));
  const missing = Object.keys(commands).filter((kind) => !handled.has(kind));
  if (missing.length > 0) throw new Error(`nothing handles ${missing.join(', ')}`);
}
