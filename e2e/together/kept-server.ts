import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { buildIfStale } from '../../scripts/build.mjs';
import { CuttableProxy } from '../resume/cuttable-proxy.ts';
import type { MeetingPlace } from './together.suite.ts';

const root = path.join(import.meta.dirname, '../..');

/** A Deskbell in a process of its own with its own PostgreSQL, at one address whatever becomes of it. */
export class KeptServer implements MeetingPlace {
  readonly network: CuttableProxy;
  private readonly folder: string;
  private child: ChildProcess;

  private constructor(network: CuttableProxy, folder: string, child: ChildProcess) {
    this.network = network;
    this.folder = folder;
    this.child = child;
  }

  static async start(): Promise<KeptServer> {
    buildIfStale();
    const folder = mkdtempSync(path.join(tmpdir(), 'deskbell-together-'));
    const { child, url } = await launch(folder);
    return new KeptServer(await CuttableProxy.open(url), folder, child);
  }

  /** What browsers dial. */
  get url(): string {
    return this.network.url;
  }

  /** Everything is cut off, until `online`. */
  offline(): void {
    this.network.isReachable = false;
    this.network.cut();
  }

  online(): void {
    this.network.isReachable = true;
  }

  /** As the kernel does it when memory runs out: no word, nothing flushed. */
  async kill(): Promise<void> {
    const ended = once(this.child, 'exit');
    this.child.kill('SIGKILL');
    await ended;
  }

  async startAgain(): Promise<void> {
    const { child, url } = await launch(this.folder);
    this.child = child;
    this.network.redirect(url);
  }

  async stop(): Promise<void> {
    await this.network.close();
    const ended = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    await ended;
    rmSync(this.folder, { recursive: true, force: true });
  }
}

async function launch(folder: string): Promise<{ child: ChildProcess; url: string }> {
  const child = spawn(process.execPath, ['server/src/main.ts'], {
    cwd: root,
    env: { ...process.env, PORT: '0', DATA_DIR: folder, DATABASE_URL: '', LOG_LEVEL: 'fatal' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  for await (const chunk of child.stdout ?? []) {
    said += String(chunk);
    const url = /Deskbell is at (\S+)/.exec(said)?.[1];
    if (url !== undefined) return { child, url: url.replace('localhost', '127.0.0.1') };
  }
  throw new Error('the server ended before it was there');
}
