import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { freePort } from '../../server/src/platform/database/free-port.ts';

const root = path.join(import.meta.dirname, '../..');

/** A server as `npm start` runs it, in a process of its own, at one address whatever becomes of it. */
export class ServerProcess {
  readonly url: string;
  private readonly environment: Record<string, string>;
  private child: ChildProcess | null = null;

  private constructor(port: number, environment: Record<string, string>) {
    this.url = `http://127.0.0.1:${port}`;
    this.environment = {
      PORT: String(port),
      LOG_LEVEL: 'fatal',
      // No proxy that asks for readiness stands before most of them.
      DRAIN_SECONDS: '0',
      // Three start for each test: what was compiled once needn't be again.
      NODE_COMPILE_CACHE: path.join(root, 'node_modules/.cache/compiled'),
      ...environment,
    };
  }

  static async start(
    databaseUrl: string,
    environment: Record<string, string> = {},
  ): Promise<ServerProcess> {
    const server = new ServerProcess(await freePort(), {
      DATABASE_URL: databaseUrl,
      ...environment,
    });
    await server.startAgain();
    return server;
  }

  async startAgain(): Promise<void> {
    const child = spawn(process.execPath, ['server/src/main.ts'], {
      cwd: root,
      env: { ...process.env, ...this.environment },
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    this.child = child;
    let said = '';
    for await (const chunk of child.stdout ?? []) {
      said += String(chunk);
      if (said.includes('Deskbell is at ')) return;
    }
    throw new Error(`the server ended before it was there: ${said}`);
  }

  /** As the kernel does it when memory runs out: no word, nothing flushed. */
  kill(): Promise<number | null> {
    return this.end('SIGKILL');
  }

  /** As a service manager does it. Resolves with the exit code. */
  stop(): Promise<number | null> {
    return this.end('SIGTERM');
  }

  /** What its health page says. */
  async health(): Promise<{ database: string; bus: string; carrier: string; servers: number }> {
    const answer = await fetch(`${this.url}/healthz`);
    return (await answer.json()) as Awaited<ReturnType<ServerProcess['health']>>;
  }

  private async end(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null> {
    const { child } = this;
    this.child = null;
    if (!child) return null;
    const ended = once(child, 'exit');
    child.kill(signal);
    const [code] = (await ended) as [number | null];
    return code;
  }
}
