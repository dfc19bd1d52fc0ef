import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { describeSettings, readConfig } from './config.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'deskbell-config-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

const file = (text: string) => writeFileSync(path.join(folder, 'deskbell.toml'), text);

test('nothing set: this machine alone, port 4000, data beside the program', () => {
  expect(readConfig({}, folder)).toEqual({
    PORT: 4000,
    HOST: '127.0.0.1',
    PUBLIC_URL: undefined,
    DATA_DIR: path.join(folder, 'data'),
    DATABASE_URL: undefined,
    NATS_URL: undefined,
    FILES_URL: undefined,
    SMTP_URL: undefined,
    METRICS_TOKEN: undefined,
    NEW_WORKSPACES: 'owners',
    DRAIN_SECONDS: 3,
    LOG_LEVEL: 'info',
  });
});

test('the environment wins over the file, and an empty variable counts as unset', () => {
  file('PORT = 5000\nHOST = "0.0.0.0"\n');
  expect(readConfig({ PORT: '6000', HOST: '' }, folder)).toMatchObject({
    PORT: 6000,
    HOST: '0.0.0.0',
  });
});

test('port 0 asks for any free one', () => {
  expect(readConfig({ PORT: '0' }, folder).PORT).toBe(0);
});

test.each([
  ['PORT = 70000', 'PORT in deskbell.toml is 70000; expected a number from 0'],
  ['PORT = true', 'PORT in deskbell.toml is true; expected a number'],
  ['LOG_LEVEL = "loud"', 'LOG_LEVEL in deskbell.toml is "loud"; expected one of fatal, error'],
  ['PORTT = 1', 'there is no setting PORTT; did you mean PORT?'],
  ['port = 1', 'there is no setting port; did you mean PORT?'],
  ['colour = "blue"', 'there is no setting colour; known are PORT, HOST'],
  ['PORT =', 'deskbell.toml, line 1, column'],
])('refuses %s', (text, message) => {
  file(text);
  expect(() => readConfig({}, folder)).toThrow(message);
});

test('every wrong key is named at once', () => {
  file('PROT = 1\n');
  expect(() => readConfig({ PORT: 'x', LOG_LEVEL: 'y' }, folder)).toThrow(
    /PROT.*\nPORT.*\nLOG_LEVEL/,
  );
});

test('a secret that is too short is not shown', () => {
  expect(() => readConfig({ METRICS_TOKEN: 'hush' }, folder)).toThrow(
    /^METRICS_TOKEN is no such secret; expected a secret of 16 (?!.*hush)/,
  );
});

test('a password in a wrong address is not shown', () => {
  expect(() => readConfig({ DATABASE_URL: 'mysql://me:secret@host' }, folder)).toThrow(
    /^(?!.*secret)/,
  );
});

test('docs/operating.md lists every setting as it is', () => {
  const document = readFileSync(new URL('../../../docs/operating.md', import.meta.url), 'utf8');
  const [, table] = /<!-- settings -->\n([\s\S]*?)\n<!-- \/settings -->/.exec(document) ?? [];
  const rows = describeSettings().map(
    ({ name, preset, expected }) => `| \`${name}\` | ${preset && `\`${preset}\``} | ${expected} |`,
  );
  expect(table?.split('\n')).toEqual(['| name | default | expected |', '|---|---|---|', ...rows]);
});
