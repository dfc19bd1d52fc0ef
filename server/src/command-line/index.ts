import { StartRefusal } from '../platform/start-refusal.ts';
import { version } from '../platform/version.ts';
import { backup } from './backup.ts';
import { type Command, helpOf, readGiven, WrongUse } from './command.ts';
import { createWorkspace } from './create-workspace.ts';
import { doctor } from './doctor.ts';
import { migrateCommand } from './migrate.ts';
import { resetPassword } from './reset-password.ts';
import { restore } from './restore.ts';

interface Parts {
  /** Serves until somebody asks for its end; answers the exit code. */
  serve(options: { withDemo: boolean; withVisitors: boolean }): Promise<number>;
  /** What follows the log, by name. */
  readerNames: readonly string[];
}

const start = ({ serve }: Parts): Command => ({
  name: 'start',
  summary: 'serve until Ctrl-C or SIGTERM',
  words: [],
  options: {
    demo: { about: 'with a sample workspace, where there is none yet' },
    visitors: { about: 'with customers of the sample who write now and then by themselves' },
  },
  about: [
    'Starts the database where it is our own, brings it to the schema of this release, and serves.',
    'The first Ctrl-C finishes what is under way; a second one ends at once.',
  ],
  run: ({ switches }) =>
    serve({ withDemo: switches.has('demo'), withVisitors: switches.has('visitors') }),
});

/**
 * Does what was typed after `deskbell` and answers the exit code: 0 done, 1 refused or found wrong, 2 not
 * understood. Options alone mean `start`, as in `npm start -- --demo`.
 */
export async function runCommandLine(typed: readonly string[], parts: Parts): Promise<number> {
  const commands = [
    start(parts),
    migrateCommand,
    doctor(parts.readerNames),
    backup,
    restore,
    createWorkspace,
    resetPassword,
  ];
  try {
    return await run(commands, typed);
  } catch (error) {
    if (!(error instanceof StartRefusal) && !(error instanceof WrongUse)) throw error;
    process.stderr.write(`${error.message}\n`);
    return error instanceof WrongUse ? 2 : 1;
  }
}

async function run(commands: readonly Command[], typed: readonly string[]): Promise<number> {
  const [first = 'start', ...rest] = typed;
  if (first === '--version') return say(`${version}\n`);
  if (['--help', '-h', 'help'].includes(first)) return help(commands, rest);
  const isNamed = !first.startsWith('-');
  const command = find(commands, isNamed ? first : 'start');
  const words = isNamed ? rest : typed;
  if (words.includes('--help') || words.includes('-h')) return say(helpOf(command));
  return command.run(readGiven(command, words));
}

function help(commands: readonly Command[], [name]: readonly string[]): number {
  if (name) return say(helpOf(find(commands, name)));
  const list = commands.map((each) => `  ${each.name.padEnd(18)} ${each.summary}`);
  return say(
    [
      `Deskbell ${version}: live chat for your website that you run yourself.`,
      '',
      'Usage: deskbell COMMAND',
      '',
      ...list,
      `  ${'help [COMMAND]'.padEnd(18)} this list, or what a command does`,
      '',
      'Settings are environment variables or lines of deskbell.toml in the folder where it is called.',
      '',
    ].join('\n'),
  );
}

function say(text: string): number {
  process.stdout.write(text);
  return 0;
}

function find(commands: readonly Command[], name: string): Command {
  const command = commands.find((each) => each.name === name);
  if (command) return command;
  const known = commands.map((each) => each.name).join(', ');
  throw new WrongUse(`There is no command "${name}"; there are ${known}, help.`);
}
