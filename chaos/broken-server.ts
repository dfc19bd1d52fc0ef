// A whole server as `npm start` runs it, but with the parts replaced that BREAK names.
import { readConfig } from '../server/src/platform/config.ts';
import { migrate } from '../server/src/platform/database/migrate.ts';
import { startDatabase } from '../server/src/platform/database/start.ts';
import { createLogger } from '../server/src/platform/logger.ts';
import { onEnd } from '../server/src/platform/signals.ts';
import { startServer } from '../server/src/server.ts';
import { isBreak, prepareDatabase, sabotageFor } from './breaks.ts';

const kind = process.env.BREAK ?? 'none';
if (!isBreak(kind)) throw new Error(`there is no break "${kind}"`);

const config = readConfig(process.env);
const log = createLogger(config.LOG_LEVEL);
const ending = onEnd(log);
const database = await startDatabase({
  databaseUrl: config.DATABASE_URL,
  dataFolder: config.DATA_DIR,
  log,
  onLost: () => ending.fail('another server has taken over the database'),
});
ending.atOnce(database.abandon);
await migrate(database.url);
await prepareDatabase(kind, database.url);
const server = await startServer({
  config,
  databaseUrl: database.url,
  log,
  sabotage: sabotageFor(kind),
});

const code = await ending.asked;
await server.close();
await database.stop();
process.exit(code);
