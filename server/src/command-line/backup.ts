import { statSync } from 'node:fs';
import { constants, setPriority } from 'node:os';
import path from 'node:path';
import { writeBackup } from '../platform/backup/write-backup.ts';
import type { Command } from './command.ts';
import { atDatabase, readSettings } from './place.ts';
import { shownSize } from './shown.ts';

export const backup: Command = {
  name: 'backup',
  summary: 'write everything into one file, while the server is at work',
  words: ['FILE'],
  options: {},
  about: [
    'All rows as they are at one moment, and the files of the data folder, in one gzipped archive with checksums,',
    'readable by you alone. It bears its name only once it is whole. Nobody waits for it.',
  ],
  async run({ words: [file = ''] }) {
    const config = readSettings();
    const place = path.resolve(file);
    const interrupted = new AbortController();
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const)
      process.once(signal, () => interrupted.abort());
    yieldTo(process.pid, constants.priority.PRIORITY_LOW);
    try {
      const made = await atDatabase(config, ({ url, isEmbedded }) =>
        writeBackup({
          databaseUrl: url,
          dataFolder: config.DATA_DIR,
          file: place,
          signal: interrupted.signal,
          // Only so far: while it reads a page, somebody who writes there waits for it.
          onBackend: (pid) => isEmbedded && yieldTo(pid, constants.priority.PRIORITY_BELOW_NORMAL),
        }),
      );
      const rows = made.tables.reduce((sum, table) => sum + table.rows, 0);
      process.stdout.write(
        `${place}: ${rows} rows of ${made.tables.length} tables, ${made.files.length} files, ${shownSize(statSync(place).size)}.\n`,
      );
      return 0;
    } catch (error) {
      if (!interrupted.signal.aborted) throw error;
      process.stderr.write('Interrupted; nothing was kept of the backup.\n');
      return 130;
    }
  },
};

/** Leaves the processor to others. Where the system forbids it, the pauses between pieces have to do. */
function yieldTo(pid: number, priority: number): void {
  try {
    setPriority(pid, priority);
  } catch (error) {
    if (!['ERR_SYSTEM_ERROR'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  }
}
