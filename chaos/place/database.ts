import { readFileSync } from 'node:fs';
import path from 'node:path';
import postgres from 'postgres';
import { type Access, readAccess } from '../../server/src/platform/database/cluster.ts';
import { readPostmasterFile } from '../../server/src/platform/database/postmaster-file.ts';
import { signal } from '../processes.ts';
import { type ServerName, serverNames } from './servers.ts';

/** Every further server signs in under a name of its own, so that its connections can be told from the first one's. */
const roleOf = (name: ServerName) => `deskbell_${name}`;

/** The embedded PostgreSQL below a data folder, as somebody sees it who stands outside all servers. */
export class Database {
  /** As superuser; finds PostgreSQL again after each of its deaths. */
  readonly sql: postgres.Sql;
  private readonly folder: string;
  private readonly access: Access;

  constructor(dataFolder: string) {
    this.folder = path.join(dataFolder, 'postgres');
    this.access = readAccess(this.folder);
    this.sql = postgres(this.urlOf('postgres', this.access.adminPassword), {
      max: 4,
      connect_timeout: 2,
      fetch_types: false,
      onnotice: () => undefined,
      backoff: () => 0.05,
      types: { bigint: { to: 20, from: [20], parse: Number, serialize: String } },
      connection: { application_name: 'chaos', client_min_messages: 'error' },
    });
  }

  /** Undefined while none is up. */
  get postmasterPid(): number | undefined {
    return readPostmasterFile(this.folder)?.pid;
  }

  /** Lets a further server in, as a member of the owner's role. */
  async admit(name: ServerName): Promise<string> {
    const { password } = this.access;
    const role = roleOf(name);
    await this.sql.unsafe(`create role ${role} login password '${password}' in role deskbell`);
    return this.urlOf(role, password);
  }

  async close(): Promise<void> {
    await this.sql.end({ timeout: 1 });
  }

  /** What is left when no server lives that could end it in order. */
  async abandon(): Promise<void> {
    const pid = this.postmasterPid;
    if (pid === undefined || !signal(pid, 'SIGQUIT')) return;
    while (signal(pid, 0) && !isBuried(pid))
      await new Promise((resolve) => setTimeout(resolve, 50));
  }

  private urlOf(user: string, password: string): string {
    return `postgres://${user}:${password}@127.0.0.1:${this.access.port}/deskbell`;
  }
}

/** Which server a connection of the pipeline belongs to. */
export const serverOf = (user: string): ServerName =>
  serverNames.find((name) => roleOf(name) === user) ?? 'first';

/** In a container whose first process doesn't reap, an orphan stays a zombie. */
function isBuried(pid: number): boolean {
  try {
    return /\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
}
