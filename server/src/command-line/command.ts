import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';
import type { z } from 'zod';

/** The end of a command that was called in a way it doesn't know: exit code 2. */
export class WrongUse extends Error {
  override readonly name = 'WrongUse';
}

/** An option of a command: what follows it (undefined for a switch), and what it is for. */
export interface Option {
  value?: string;
  about: string;
  isNeeded?: boolean;
}

/** What was typed after the command's name. */
export interface Given {
  /** The words that are no options, as many as the command names. */
  words: string[];
  options: Record<string, string>;
  switches: ReadonlySet<string>;
}

/** One command of `deskbell`. */
export interface Command {
  name: string;
  /** One line, for the list of commands. */
  summary: string;
  /** Names of the words that must follow, as `FILE`. */
  words: readonly string[];
  options: Readonly<Record<string, Option>>;
  /** Paragraphs for its own page of help. */
  about: readonly string[];
  /** Answers the exit code. */
  run(given: Given): Promise<number>;
}

/** Reads what was typed; throws WrongUse with one sentence where it doesn't fit. */
export function readGiven(command: Command, typed: readonly string[]): Given {
  const config: ParseArgsOptionsConfig = Object.fromEntries(
    Object.entries(command.options).map(([name, { value }]) => [
      name,
      { type: value === undefined ? ('boolean' as const) : ('string' as const) },
    ]),
  );
  const { values, positionals } = parsed(command, typed, config);
  const found = Object.entries(values);
  const options = Object.fromEntries(
    found.filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
  );
  const missing = Object.keys(command.options).find(
    (name) => command.options[name]?.isNeeded && !options[name],
  );
  if (missing) throw wrong(command, `--${missing} is missing`);
  if (positionals.length < command.words.length)
    throw wrong(command, `${command.words[positionals.length]} is missing`);
  if (positionals.length > command.words.length)
    throw wrong(command, `"${positionals[command.words.length]}" is one word too many`);
  const switches = new Set(found.flatMap(([name, value]) => (value === true ? [name] : [])));
  return { words: positionals, options, switches };
}

function parsed(command: Command, typed: readonly string[], options: ParseArgsOptionsConfig) {
  try {
    return parseArgs({ args: [...typed], options, allowPositionals: true });
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    if (!code?.startsWith('ERR_PARSE_ARGS')) throw error;
    throw wrong(command, message.split(/[.\n]/)[0] ?? message);
  }
}

const wrong = ({ name }: Command, what: string) =>
  new WrongUse(`deskbell ${name}: ${what}. See: deskbell ${name} --help`);

/** A value of an option in the form that the contract demands; throws WrongUse naming the option. */
export function readValue<Value>(what: string, schema: z.ZodType<Value>, text: string): Value {
  const result = schema.safeParse(text);
  if (result.success) return result.data;
  const said = result.error.issues[0]?.message ?? 'is not as it should be';
  throw new WrongUse(`${what} is ${JSON.stringify(text)}: ${said}.`);
}

/** How a command is typed, in one line. */
function usageOf({ name, words, options }: Command): string {
  const each = Object.entries(options).map(([option, { value, isNeeded }]) => {
    const typed = value === undefined ? `--${option}` : `--${option} ${value}`;
    return isNeeded ? typed : `[${typed}]`;
  });
  return ['deskbell', name, ...words, ...each].join(' ');
}

/** A command's own page. */
export function helpOf(command: Command): string {
  const options = Object.entries(command.options).map(([name, { value, about }]) => {
    const typed = value === undefined ? `--${name}` : `--${name} ${value}`;
    return `  ${typed.padEnd(24)} ${about}`;
  });
  return [
    `Usage: ${usageOf(command)}`,
    '',
    ...command.about,
    ...(options.length > 0 ? ['', ...options] : []),
    '',
  ].join('\n');
}
