import { type Config, readConfig } from '../platform/config.ts';
import { StartRefusal } from '../platform/start-refusal.ts';
import type { Command } from './command.ts';
import { examineDatabase } from './doctor-database.ts';
import { examineMail, examinePort, examinePublicUrl } from './doctor-network.ts';
import { examineDataFolder, examineNode, examinePrograms } from './doctor-place.ts';
import { type Finding, lineOf, wrong } from './finding.ts';

/** Looks at all that Deskbell needs, and says of each thing whether it is right and what to do. */
export const doctor = (readerNames: readonly string[]): Command => ({
  name: 'doctor',
  summary: 'say what is right here and what is not',
  words: [],
  options: {},
  about: [
    'Looks at Node, PostgreSQL, the data folder, the port, the database, mail and the public address, while the',
    'server is running or not. Changes nothing. Exit code 1 when something is wrong.',
  ],
  async run() {
    let count = 0;
    for await (const findings of examine(readerNames)) {
      for (const finding of findings) {
        process.stdout.write(`${lineOf(finding)}\n`);
        if (!finding.isRight) count += 1;
      }
    }
    if (count === 0) return 0;
    process.stdout.write(`\n${count === 1 ? '1 thing is' : `${count} things are`} wrong.\n`);
    return 1;
  },
});

async function* examine(readerNames: readonly string[]): AsyncGenerator<Finding[]> {
  yield [examineNode()];
  const config = readSettings();
  if ('findings' in config) return yield config.findings;
  if (!config.DATABASE_URL) {
    yield [examinePrograms()];
    yield await examineDataFolder(config.DATA_DIR);
  }
  yield [await examinePort(config)];
  yield await examineDatabase(config, readerNames);
  yield await examineMail(config.SMTP_URL);
  yield [examinePublicUrl(config)];
}

/** Wrong settings are findings like any other. */
function readSettings(): Config | { findings: Finding[] } {
  try {
    return readConfig(process.env);
  } catch (error) {
    if (!(error instanceof StartRefusal)) throw error;
    return { findings: error.message.split('\n').map((line) => wrong('Settings', line)) };
  }
}
