import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { expect, test } from 'vitest';
import { freePort } from '../../server/src/platform/database/free-port.ts';
import { findProgram } from '../../server/src/testing/programs.ts';
import { until } from '../resume/stage.ts';
import { openStageOfThree } from './fleet.ts';
import { Load } from './load.ts';

const program = findProgram('haproxy');

/** HAProxy as an operator would set it up: asks each server's readiness, and takes the next where one is away. */
class Balancer {
  readonly url: string;
  private readonly child: ChildProcess;
  private readonly folder: string;

  private constructor(url: string, child: ChildProcess, folder: string) {
    this.url = url;
    this.child = child;
    this.folder = folder;
  }

  static async start(servers: readonly string[]): Promise<Balancer> {
    const port = await freePort();
    const folder = mkdtempSync(path.join(tmpdir(), 'deskbell-haproxy-'));
    const file = path.join(folder, 'haproxy.cfg');
    const lines = servers.map((url, at) => `  server s${at} ${new URL(url).host} check inter 200`);
    writeFileSync(
      file,
      `defaults
  mode http
  timeout connect 2s
  timeout client 60s
  timeout server 60s
  timeout tunnel 1h
  retries 3
  option redispatch
frontend front
  bind 127.0.0.1:${port}
  default_backend servers
backend servers
  balance roundrobin
  option httpchk GET /readyz
${lines.join('\n')}
`,
    );
    const child = spawn(program ?? 'haproxy', ['-db', '-f', file], { stdio: 'ignore' });
    const balancer = new Balancer(`http://127.0.0.1:${port}`, child, folder);
    await until(async () =>
      expect((await fetch(`${balancer.url}/readyz`).catch(() => null))?.status).toBe(200),
    );
    return balancer;
  }

  async close(): Promise<void> {
    const ended = once(this.child, 'exit');
    this.child.kill('SIGTERM');
    await ended;
    rmSync(this.folder, { recursive: true });
  }
}

// Without the program `npm test` says so at its end.
test.skipIf(program === null)(
  'R-5.2 behind HAProxy: a rolling restart and a kill under load lose nothing',
  async () => {
    const { stage, fleet } = await openStageOfThree();
    const balancer = await Balancer.start(fleet.urls);
    stage.add(balancer);
    stage.proxy.redirect(balancer.url);
    try {
      const load = await Load.begin(stage);
      for (const server of fleet.servers) {
        await load.more(50);
        expect(await server.stop()).toBe(0);
        await load.more(50);
        await server.startAgain();
      }
      await fleet.servers[0]?.kill();
      await load.more(100);
      await load.expectNothingLost();
    } finally {
      await stage.close();
    }
  },
);
