import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import postgres from 'postgres';
import { readAccess } from '../../server/src/platform/database/cluster.ts';
import { findPostmaster, isAlive } from '../../server/src/platform/database/postmaster-file.ts';
import { type Started, startProgram, undoAtEnd } from './processes.ts';

/** A Deskbell as `npm start` runs it: its own process, its own embedded PostgreSQL, an empty data folder. */
export interface Deskbell {
  pid: number;
  postgresPid: number;
  /** Such as http://127.0.0.1:4000. */
  url: string;
  socketUrl: string;
  /** The database, for set-up and for counting afterwards. */
  sql: postgres.Sql;
  databaseUrl: string;
  /** What the program has written to stderr so far: Node's inspector says there where it listens. */
  errors(): string;
  stop(): Promise<void>;
}

/** Settings under which a figure counts, as the running database has them. */
export interface Durability {
  fsync: string;
  full_page_writes: string;
  synchronous_commit: string;
}

/** An empty folder, gone when the bench is over. */
export function newDataFolder(): string {
  const dataFolder = mkdtempSync(path.join(tmpdir(), 'deskbell-bench-'));
  undoAtEnd(async () => {
    await endOrphan(dataFolder);
    rmSync(dataFolder, { recursive: true, force: true });
  });
  return dataFolder;
}

/** `dataFolder`: to start again on what is there. `port`: to be found at the same place again. */
export async function startDeskbell(
  nodeArguments: readonly string[] = [],
  { dataFolder = newDataFolder(), port = 0 }: { dataFolder?: string; port?: number } = {},
): Promise<Deskbell> {
  const program = startProgram(new URL('../../server/src/main.ts', import.meta.url), {
    nodeArguments,
    environment: {
      PORT: String(port),
      HOST: '127.0.0.1',
      DATA_DIR: dataFolder,
      LOG_LEVEL: 'warn',
      DATABASE_URL: '',
    },
  });
  const output = gather(program);
  const url = (await output.line(/Deskbell is at (\S+)/)).replace('localhost', '127.0.0.1');
  const folder = postgresFolder(dataFolder);
  const access = readAccess(folder);
  const databaseUrl = `postgres://deskbell:${access.password}@127.0.0.1:${access.port}/deskbell`;
  const sql = postgres(databaseUrl, { max: 2, onnotice: () => undefined });
  undoAtEnd(() => sql.end({ timeout: 2 }));
  return {
    pid: program.pid,
    postgresPid: findPostmaster(folder)?.pid ?? Number.NaN,
    url,
    socketUrl: `${url.replace('http', 'ws')}/api/v1/socket`,
    sql,
    databaseUrl,
    errors: output.errors,
    stop: program.stop,
  };
}

const postgresFolder = (dataFolder: string) => path.join(dataFolder, 'postgres');

/** A server that had to be killed leaves its PostgreSQL running. */
async function endOrphan(dataFolder: string): Promise<void> {
  const orphan = findPostmaster(postgresFolder(dataFolder));
  if (!orphan) return;
  process.kill(orphan.pid, 'SIGQUIT');
  while (isAlive(orphan.pid)) await delay(50);
}

/** Reads what makes a commit durable, and refuses to go on when it is not. */
export async function assertDurable(sql: postgres.Sql): Promise<Durability> {
  const [row] = await sql<Durability[]>`
    select current_setting('fsync') as fsync, current_setting('full_page_writes') as full_page_writes,
           current_setting('synchronous_commit') as synchronous_commit`;
  if (!row || Object.values(row).some((value) => value !== 'on'))
    throw new Error(`commits are not durable here: ${JSON.stringify(row)}`);
  return row;
}

function gather({ child }: Started) {
  const text = { stdout: '', stderr: '' };
  let look: () => void = () => undefined;
  for (const name of ['stdout', 'stderr'] as const)
    child[name]?.setEncoding('utf8').on('data', (chunk: string) => {
      text[name] += chunk;
      // Warnings of the server under load are part of what a bench finds.
      if (name === 'stdout' && chunk.startsWith('{')) process.stderr.write(chunk);
      look();
    });
  return {
    errors: () => text.stderr,
    line: (pattern: RegExp) =>
      new Promise<string>((resolve, reject) => {
        look = () => {
          const found = pattern.exec(text.stdout)?.[1];
          if (found) resolve(found);
        };
        child.once('exit', (code) =>
          reject(new Error(`Deskbell ended with ${code}:\n${text.stdout}\n${text.stderr}`)),
        );
        look();
      }),
  };
}
