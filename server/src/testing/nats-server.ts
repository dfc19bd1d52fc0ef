import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '../platform/database/free-port.ts';
import { findProgram } from './programs.ts';

/** Where Debian's `nats-server` is; null: not here, and tests that need it are skipped. */
export const natsProgram = findProgram('nats-server');

/** A real NATS server, at one address whatever becomes of it. */
export class NatsServer {
  readonly url: string;
  private readonly port: number;
  private child: ChildProcess | null = null;

  private constructor(port: number) {
    this.port = port;
    this.url = `nats://127.0.0.1:${port}`;
  }

  static async open(): Promise<NatsServer> {
    const server = new NatsServer(await freePort());
    await server.start();
    return server;
  }

  async start(): Promise<void> {
    const args = ['--addr', '127.0.0.1', '--port', String(this.port)];
    this.child = spawn(natsProgram ?? 'nats-server', args, { stdio: 'ignore' });
    while (!(await this.answers())) await delay(20);
  }

  /** SIGKILL. */
  async kill(): Promise<void> {
    const { child } = this;
    this.child = null;
    if (!child) return;
    const ended = once(child, 'exit');
    child.kill('SIGKILL');
    await ended;
  }

  close(): Promise<void> {
    return this.kill();
  }

  private answers(): Promise<boolean> {
    if (this.child?.exitCode !== null) throw new Error('nats-server has ended');
    return new Promise((resolve) => {
      const socket = connect(this.port, '127.0.0.1');
      socket.once('data', () => resolve(true));
      socket.once('error', () => resolve(false));
      socket.once('close', () => resolve(false));
      socket.once('data', () => socket.destroy());
    });
  }
}
