import { createHash, timingSafeEqual } from 'node:crypto';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Result } from '../pipeline/command.ts';
import type { Submit } from '../pipeline/submit.ts';
import { version } from '../version.ts';
import type { Health } from './health.ts';

/** Answers come within milliseconds; what takes longer than a person notices is what one wants to see. */
const SECONDS = [0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5];

interface Options {
  health: Health;
  /** Who may read: whoever brings this. */
  token: string;
  /** Open sockets of this server. */
  countSockets(): number;
}

/** What this server counts of itself, in the text format of Prometheus. */
export class Metrics {
  private readonly registry = new Registry();
  private readonly token: Buffer;
  private readonly requests: Histogram<'method' | 'route' | 'status'>;
  private readonly commands: Counter<'kind' | 'outcome'>;
  private readonly durations: Histogram;

  constructor({ health, token, countSockets }: Options) {
    this.token = digest(token);
    const registers = [this.registry];
    collectDefaultMetrics({ register: this.registry });
    this.requests = new Histogram({
      name: 'deskbell_http_request_duration_seconds',
      help: 'Requests over HTTP, by route',
      labelNames: ['method', 'route', 'status'],
      buckets: SECONDS,
      registers,
    });
    this.commands = new Counter({
      name: 'deskbell_commands_total',
      help: 'Commands, by kind and by what became of them: done, or the code of the refusal',
      labelNames: ['kind', 'outcome'],
      registers,
    });
    this.durations = new Histogram({
      name: 'deskbell_command_duration_seconds',
      help: 'From a command to its answer, with the commit',
      buckets: SECONDS,
      registers,
    });
    new Gauge({
      name: 'deskbell_sockets',
      help: 'Open sockets of desks and widgets',
      registers,
      collect() {
        this.set(countSockets());
      },
    });
    new Gauge({
      name: 'deskbell_info',
      help: 'Always 1; the release is its label',
      labelNames: ['version'],
      registers,
    }).set({ version }, 1);
    followHealth(health, registers);
  }

  /** Whether what a request brought (`Bearer …`) opens this. */
  admits(authorization: string | undefined): boolean {
    const [, given] = /^Bearer (.+)$/.exec(authorization ?? '') ?? [];
    return given !== undefined && timingSafeEqual(digest(given), this.token);
  }

  /** Counts a request that was answered; `route` is its pattern, so that ids don't make labels. */
  countRequest(asked: { method: string; route: string; status: number; ms: number }): void {
    const { method, route, status, ms } = asked;
    this.requests.observe({ method, route, status }, ms / 1000);
  }

  /** The same door, counted. */
  counting(submit: Submit): Submit {
    return async (command, bytes) => {
      const end = this.durations.startTimer();
      const result = await submit(command, bytes);
      end();
      this.commands.inc({ kind: knownKind(command.kind, result), outcome: outcomeOf(result) });
      return result;
    };
  }

  read(): Promise<string> {
    return this.registry.metrics();
  }

  get contentType(): string {
    return this.registry.contentType;
  }
}

/** Whoever sends kinds that don't exist can't fill our memory with them. */
const knownKind = (kind: string, result: Result) =>
  'code' in result && result.code === 'invalid' ? 'invalid' : kind;

const outcomeOf = (result: Result) => ('code' in result ? result.code : 'done');

function followHealth(health: Health, registers: Registry[]): void {
  new Gauge({
    name: 'deskbell_database_up',
    help: '1 while the database answers',
    registers,
    async collect() {
      this.set((await health.check()).database === 'up' ? 1 : 0);
    },
  });
  new Gauge({
    name: 'deskbell_bus_up',
    help: '1 while servers hear of one another at once; 0: within a second',
    registers,
    async collect() {
      this.set((await health.check()).bus === 'up' ? 1 : 0);
    },
  });
  new Gauge({
    name: 'deskbell_disk_free_bytes',
    help: 'Room where the data lies, where that is on this machine',
    registers,
    async collect() {
      const { diskFree } = await health.check();
      if (diskFree !== null) this.set(diskFree);
    },
  });
  new Gauge({
    name: 'deskbell_jobs',
    help: 'Jobs in the database: that wait, and that failed for good within a week',
    labelNames: ['state'],
    registers,
    async collect() {
      const { waiting, failed } = (await health.check()).jobs;
      this.set({ state: 'waiting' }, waiting);
      this.set({ state: 'failed' }, failed);
    },
  });
  new Gauge({
    name: 'deskbell_reader_lag_seconds',
    help: 'Age of the oldest event that a reader of the log has not read',
    labelNames: ['reader'],
    registers,
    async collect() {
      for (const { name, lagMs } of (await health.check()).readers)
        this.set({ reader: name }, lagMs / 1000);
    },
  });
  new Gauge({
    name: 'deskbell_reader_parked_events',
    help: 'Events that a reader of the log has put aside',
    labelNames: ['reader'],
    registers,
    async collect() {
      for (const { name, parked } of (await health.check()).readers)
        this.set({ reader: name }, parked);
    },
  });
}

const digest = (text: string) => createHash('sha256').update(text).digest();
