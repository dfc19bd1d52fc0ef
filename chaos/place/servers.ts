import { readFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import type { Break } from '../breaks.ts';
import { end, type Started, signal, start, undoAtEnd } from '../processes.ts';

/** In this order; the first brings PostgreSQL, the others use it. */
export const serverNames = ['first', 'second', 'third', 'fourth', 'fifth'] as const;
export type ServerName = (typeof serverNames)[number];

const plainServer = new URL('../../server/src/main.ts', import.meta.url);
const brokenServer = new URL('../broken-server.ts', import.meta.url);

/** How long a server may take until it answers: PostgreSQL may have to recover first. */
const START_MS = 45_000;
const RETRY_MS = 100;

interface Settings {
  name: ServerName;
  port: number;
  folder: string;
  /** null: exactly what `npm start` runs. */
  broken: Break | null;
  environment: Record<string, string>;
}

/** A server that is started again whenever it has ended, until `close`. */
export class KeptServer {
  readonly name: ServerName;
  readonly port: number;
  readonly logFile: string;
  /** Ends that nobody asked for, once it had been up: bugs. */
  crashes = 0;
  /** Starts that ended before it answered: PostgreSQL was away. */
  failedStarts = 0;
  private readonly settings: Settings;
  private process: Started | null = null;
  private isUp = false;
  private isExpectedToEnd = false;
  private isClosing = false;
  private keeping: Promise<void> = Promise.resolve();

  constructor(settings: Settings) {
    this.settings = settings;
    this.name = settings.name;
    this.port = settings.port;
    this.logFile = path.join(settings.folder, `${settings.name}.log`);
    undoAtEnd(() => this.close());
  }

  get pid(): number {
    if (!this.process) throw new Error(`the ${this.name} server is not running`);
    return this.process.pid;
  }

  async start(): Promise<void> {
    this.keeping = this.keep();
    await this.answers();
  }

  /** SIGKILL; it is started again at once. */
  async kill(): Promise<void> {
    const { process: killed } = this;
    this.isExpectedToEnd = true;
    signal(this.pid, 'SIGKILL');
    await killed?.ended;
  }

  /** Resolves when it serves and reaches its database. */
  async answers(): Promise<void> {
    const deadline = Date.now() + START_MS;
    while (!(await this.isHealthy())) {
      if (Date.now() > deadline)
        throw new Error(`the ${this.name} server does not answer:\n${this.lastLines()}`);
      await delay(RETRY_MS);
    }
    this.isUp = true;
  }

  async close(): Promise<void> {
    this.isClosing = true;
    if (this.process) await end(this.process);
    await this.keeping;
  }

  lines(): string[] {
    return readFileSync(this.logFile, 'utf8').split('\n');
  }

  private lastLines(): string {
    return this.lines().slice(-5).join('\n');
  }

  private async keep(): Promise<void> {
    while (!this.isClosing) {
      this.process = this.launch();
      this.isUp = false;
      await this.process.ended;
      this.process = null;
      this.countEnd();
      if (!this.isExpectedToEnd && !this.isClosing) await delay(RETRY_MS);
      this.isExpectedToEnd = false;
    }
  }

  private countEnd(): void {
    if (this.isExpectedToEnd || this.isClosing) return;
    if (this.isUp) this.crashes += 1;
    else this.failedStarts += 1;
  }

  private launch(): Started {
    const { broken, environment, port } = this.settings;
    return start({
      module: broken === null ? plainServer : brokenServer,
      logFile: this.logFile,
      environment: {
        PORT: String(port),
        HOST: '127.0.0.1',
        LOG_LEVEL: 'warn',
        BREAK: broken ?? '',
        ...environment,
      },
    });
  }

  private async isHealthy(): Promise<boolean> {
    try {
      const answer = await fetch(`http://127.0.0.1:${this.port}/healthz`, {
        signal: AbortSignal.timeout(2_000),
      });
      await answer.arrayBuffer();
      return answer.ok;
    } catch {
      return false;
    }
  }
}
