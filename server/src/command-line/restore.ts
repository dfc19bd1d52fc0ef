import path from 'node:path';
import { checkBackup } from '../platform/backup/check-backup.ts';
import { restoreBackup } from '../platform/backup/restore-backup.ts';
import { migrationsFolder, readMigrations } from '../platform/database/migrate.ts';
import { type Command, WrongUse } from './command.ts';
import { placeOf, readSettings } from './place.ts';

export const restore: Command = {
  name: 'restore',
  summary: 'put a backup into an empty place',
  words: ['FILE'],
  options: {
    into: { value: 'FOLDER', about: 'another data folder than that of the settings' },
    check: { about: 'only read the file to its end and say whether it is whole' },
  },
  about: [
    'Reads the whole file and compares its checksums before anything is changed; then all of it is restored or',
    'nothing. Where there is a Deskbell already, it is refused. A backup of an older release is brought to the',
    'schema of this one; one of a newer release is refused.',
  ],
  async run({ words: [word = ''], options, switches }) {
    const config = readSettings();
    const file = path.resolve(word);
    if (switches.has('check')) return check(file);
    if (options.into && config.DATABASE_URL)
      throw new WrongUse(
        'deskbell restore: --into makes a database in that folder, but DATABASE_URL names another: unset one of them.',
      );
    const dataFolder = options.into ? path.resolve(options.into) : config.DATA_DIR;
    const { manifest, header } = await restoreBackup({ ...placeOf(config), file, dataFolder });
    const rows = manifest.tables.reduce((sum, table) => sum + table.rows, 0);
    process.stdout.write(
      `Restored ${rows} rows and ${manifest.files.length} files of ${header.madeAt} into ${config.DATABASE_URL ? 'the database of DATABASE_URL' : dataFolder}.\n`,
    );
    if (options.into) process.stdout.write(`Start it with DATA_DIR=${dataFolder}\n`);
    return 0;
  },
};

async function check(file: string): Promise<number> {
  const { header, manifest } = await checkBackup(file, await readMigrations(migrationsFolder));
  const lines = manifest.tables.map(({ name, rows }) => `  ${name.padEnd(24)} ${rows} rows`);
  process.stdout.write(
    `${file} is whole: made by Deskbell ${header.version} at ${header.madeAt}, ${manifest.files.length} files.\n${lines.join('\n')}\n`,
  );
  return 0;
}
