import { migrate } from '../platform/database/migrate.ts';
import type { Command } from './command.ts';
import { readSettings, visitOrMake } from './place.ts';

export const migrateCommand: Command = {
  name: 'migrate',
  summary: "bring the database to this release's schema",
  words: [],
  options: {},
  about: [
    'Makes the database where there is none. The start does the same by itself; this is for those who want it done',
    'before, as with several servers. Each migration holds whole or not at all.',
  ],
  async run() {
    const database = await visitOrMake(readSettings());
    try {
      const versions = await migrate(database.url);
      const said =
        versions.length > 0
          ? `Applied ${versions.length === 1 ? 'migration' : 'migrations'} ${versions.join(', ')}.`
          : "The database has this release's schema.";
      process.stdout.write(`${said}\n`);
      return 0;
    } finally {
      await database.stop();
    }
  },
};
