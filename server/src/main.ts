import { readerNames } from './capabilities.ts';
import { runCommandLine } from './command-line/index.ts';
import { createSample, letVisitorsWrite } from './demo/index.ts';
import { type Config, readConfig } from './platform/config.ts';
import { migrate } from './platform/database/migrate.ts';
import { type Database, startDatabase } from './platform/database/start.ts';
import { createLogger, type Logger } from './platform/logger.ts';
import { onEnd } from './platform/signals.ts';
import { StartRefusal } from './platform/start-refusal.ts';
import { version } from './platform/version.ts';
import { type Server, startServer } from './server.ts';

process.exit(await runCommandLine(process.argv.slice(2), { serve: start, readerNames }));

interface Wishes {
  withDemo: boolean;
  withVisitors: boolean;
}

async function start({ withDemo, withVisitors }: Wishes): Promise<number> {
  const config = readConfig(process.env);
  const log = createLogger(config.LOG_LEVEL);
  log.info({ version, node: process.versions.node }, 'Deskbell is starting');
  const ending = onEnd(log);
  const database = await startDatabase({
    databaseUrl: config.DATABASE_URL,
    dataFolder: config.DATA_DIR,
    log,
    onLost: () => ending.fail('another server has taken over the database'),
  });
  ending.atOnce(database.abandon);
  const server = await serve(config, database, log).catch(async (error) => {
    await database.stop();
    throw error;
  });
  if (withDemo) await fillWithSample(server);
  process.stdout.write(`Deskbell is at ${server.url}\n`);

  const stopping = new AbortController();
  const visitors = withVisitors ? letVisitorsIn(server, log, stopping.signal) : null;
  const code = await ending.asked;
  stopping.abort();
  await visitors;
  await server.close();
  await database.stop();
  return code;
}

async function serve(config: Config, database: Database, log: Logger): Promise<Server> {
  const versions = await migrate(database.url);
  if (versions.length > 0) log.info({ versions }, "the database has this release's schema now");
  return startServer({ config, databaseUrl: database.url, log }).catch((error) => {
    throw cannotListen(error, config);
  });
}

function letVisitorsIn({ engine }: Server, log: Logger, stopped: AbortSignal): Promise<void> {
  const onTrouble = (error: unknown, what: string) => log.warn({ err: error }, what);
  return letVisitorsWrite({ ...engine, onTrouble }, stopped);
}

/** `-- --demo`: a sample workspace, and how to sign in there. */
async function fillWithSample({ engine }: Server): Promise<void> {
  const signIns = await createSample(engine);
  const lines = signIns?.map(({ name, email, password }) => `  ${name}: ${email}  ${password}`);
  const said = lines
    ? ['The sample workspace is ready. Sign in as', ...lines, 'Try the widget at /demo/.']
    : ['There is a workspace here already; --demo leaves it as it is.'];
  process.stdout.write(`${said.join('\n')}\n`);
}

function cannotListen(error: NodeJS.ErrnoException, { HOST, PORT }: Config): Error {
  const known: Record<string, string> = {
    EADDRINUSE: `Port ${PORT} is taken by another program: end that one, or choose another with PORT.`,
    EACCES: `Port ${PORT} needs rights that this user lacks: choose one above 1023 with PORT.`,
    EADDRNOTAVAIL: `HOST is ${HOST}, which is no address of this machine.`,
    ENOTFOUND: `HOST is ${HOST}, which is no name of this machine.`,
    EAI_AGAIN: `HOST is ${HOST}, which is no name of this machine.`,
  };
  const line = known[error.code ?? ''];
  return line ? new StartRefusal(line) : error;
}
