import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { parse, TomlError } from 'smol-toml';
import { z } from 'zod';
import { logLevels } from './logger.ts';
import { StartRefusal } from './start-refusal.ts';

const url = (...protocols: string[]) => z.string().refine((text) => isUrl(text, protocols));

/**
 * What may be set, by environment or `deskbell.toml` under the same names. `description` is the "expected"
 * of the message about a wrong value.
 */
const settings = {
  PORT: z.coerce
    .number()
    .int()
    .min(0)
    .max(65_535)
    .default(4000)
    .describe('a number from 0 (any free port) to 65535'),
  // Only this machine: until the workspace has its owner, whoever reaches the page first could become it. A server
  // for others stands behind a proxy that speaks TLS and reaches 127.0.0.1; containers set HOST=0.0.0.0.
  HOST: z
    .string()
    .min(1)
    .default('127.0.0.1')
    .describe('an address or host name to listen on, such as 127.0.0.1 or 0.0.0.0'),
  PUBLIC_URL: url('http:', 'https:')
    .optional()
    .describe('the address that browsers use, such as https://chat.example.org'),
  DATA_DIR: z.string().min(1).default('data').describe('a folder'),
  DATABASE_URL: url('postgres:', 'postgresql:')
    .optional()
    .describe('an address such as postgres://user:password@host:5432/database'),
  NATS_URL: url('nats:', 'tls:', 'ws:', 'wss:')
    .optional()
    .describe('an address such as nats://host:4222'),
  FILES_URL: url('s3:', 'http:', 'https:')
    .optional()
    .describe('an address such as s3://key:secret@host/bucket'),
  SMTP_URL: url('smtp:', 'smtps:')
    .optional()
    .describe('an address such as smtp://user:password@host:587'),
  METRICS_TOKEN: z
    .string()
    .min(16)
    .optional()
    .describe('a secret of 16 characters or more, with which /metrics may be read'),
  PRIVATE_TARGETS: z
    .string()
    .regex(/^[\w.:[\]-]+:\d+(,[\w.:[\]-]+:\d+)*$/)
    .optional()
    .describe(
      'host:port, by commas, that may be asked though they are private, such as 10.0.0.5:8443',
    ),
  MAIL_FROM: z
    .string()
    .regex(/^[^\r\n@]*@[^\r\n@]+$/)
    .optional()
    .describe('whom mail comes from, such as Deskbell <desk@example.org>'),
  NEW_WORKSPACES: z
    .enum(['owners', 'everybody', 'nobody'])
    .default('owners')
    .describe('who may make further workspaces: owners, everybody or nobody'),
  DRAIN_SECONDS: z.coerce
    .number()
    .min(0)
    .max(60)
    .default(3)
    .describe(
      'a number from 0 to 60: how long a server that ends beside others lets the proxy find that out',
    ),
  LOG_LEVEL: z
    .enum(logLevels)
    .default('info')
    .describe(`one of ${logLevels.join(', ')}`),
};

type SettingName = keyof typeof settings;
const names = Object.keys(settings) as SettingName[];

/** The settings of a running server; `DATA_DIR` is absolute. */
export type Config = { [Name in SettingName]: z.infer<(typeof settings)[Name]> };

/**
 * Reads the environment, then `deskbell.toml` in the folder for what the environment leaves open (empty counts
 * as unset there, because compose files cannot leave out). Throws one StartRefusal with a line for every wrong key.
 */
export function readConfig(
  environment: Record<string, string | undefined>,
  folder = process.cwd(),
): Config {
  const file = readFile(path.join(folder, 'deskbell.toml'));
  const read = names.map((name) => readSetting(name, environment[name] || undefined, file[name]));
  const complaints = [
    ...complaintsAboutNames(file),
    ...read.flatMap(({ complaint }) => complaint ?? []),
  ];
  if (complaints.length > 0) throw new StartRefusal(complaints.join('\n'));
  const config = Object.fromEntries(
    names.map((name, index) => [name, read[index]?.value]),
  ) as Config;
  return { ...config, DATA_DIR: path.resolve(folder, config.DATA_DIR) };
}

/** Every setting as the documents list it: name, default where it has one, and what is expected. */
export function describeSettings(): { name: string; preset: string; expected: string }[] {
  return names.map((name) => {
    const { success, data } = settings[name].safeParse(undefined);
    const preset = success && data !== undefined ? String(data) : '';
    return { name, preset, expected: settings[name].description ?? '' };
  });
}

function readSetting(name: SettingName, fromEnvironment: string | undefined, fromFile: unknown) {
  const found = fromEnvironment ?? fromFile;
  const result = settings[name].safeParse(found);
  // Without this, `true` or a list would become a number by JavaScript's rules.
  const isScalar = found === undefined || typeof found === 'string' || typeof found === 'number';
  if (result.success && isScalar) return { value: result.data };
  const place = fromEnvironment === undefined ? ' in deskbell.toml' : '';
  return {
    complaint: `${name}${place} is ${shown(name, found)}; expected ${settings[name].description}.`,
  };
}

/** Addresses carry passwords: never shown, not even when they are wrong. Nor is a secret. */
function shown(name: SettingName, found: unknown): string {
  if (name.endsWith('_TOKEN')) return 'no such secret';
  return name.endsWith('_URL') && name !== 'PUBLIC_URL'
    ? 'not such an address'
    : JSON.stringify(found);
}

function complaintsAboutNames(file: Record<string, unknown>): string[] {
  return Object.keys(file)
    .filter((key) => !names.includes(key as SettingName))
    .map((key) => `deskbell.toml: there is no setting ${key}; ${suggestion(key)}`);
}

function suggestion(key: string): string {
  const nearest = names
    .map((name) => ({ name, distance: editDistance(key.toUpperCase(), name) }))
    .sort((one, other) => one.distance - other.distance)[0];
  return nearest && nearest.distance <= 3
    ? `did you mean ${nearest.name}?`
    : `known are ${names.join(', ')}.`;
}

function editDistance(one: string, other: string): number {
  let row = Array.from({ length: other.length + 1 }, (_, index) => index);
  for (const [i, letter] of [...one].entries()) {
    const next = [i + 1];
    for (const [j, compared] of [...other].entries()) {
      const replaced = (row[j] ?? 0) + (letter === compared ? 0 : 1);
      next.push(Math.min(replaced, (row[j + 1] ?? 0) + 1, (next[j] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? 0;
}

function readFile(file: string): Record<string, unknown> {
  if (!existsSync(file)) return {};
  try {
    return parse(readFileSync(file, 'utf8'));
  } catch (error) {
    if (!(error instanceof TomlError))
      throw new StartRefusal(`deskbell.toml cannot be read: ${(error as Error).message}`);
    const what = error.message.split('\n')[0];
    throw new StartRefusal(`deskbell.toml, line ${error.line}, column ${error.column}: ${what}`);
  }
}

function isUrl(text: string, protocols: string[]): boolean {
  return URL.canParse(text) && protocols.includes(new URL(text).protocol);
}
