import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import postgres from 'postgres';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { createTestDatabase, type TestDatabase } from '../../testing/database.ts';
import { migrate, migrationsFolder, readMigrations } from './migrate.ts';

let database: TestDatabase;
let sql: postgres.Sql;
let folder: string;
let released: number;

beforeEach(async () => {
  database = await createTestDatabase();
  sql = postgres(database.url, { max: 2, onnotice: () => undefined });
  folder = mkdtempSync(path.join(tmpdir(), 'deskbell-migrations-'));
  cpSync(migrationsFolder, folder, { recursive: true });
  released = (await readMigrations(folder)).length;
});

afterEach(async () => {
  await sql.end();
  await database.drop();
  rmSync(folder, { recursive: true });
});

const add = (number: number, text: string) =>
  writeFileSync(path.join(folder, `${String(number).padStart(4, '0')}_added.sql`), text);

const versions = async () =>
  (await sql`select version from schema_versions order by version`).map(({ version }) => version);

test('eight servers that start at once apply each migration once', async () => {
  add(released + 1, 'create table added (id int); select pg_sleep(0.05);');
  add(released + 2, 'alter table added add column name text;');
  const applied = await Promise.all(Array.from({ length: 8 }, () => migrate(database.url, folder)));
  expect(applied.flat().sort()).toEqual([released + 1, released + 2]);
  expect((await versions()).slice(-2)).toEqual([released + 1, released + 2]);
});

test('twice over itself changes nothing', async () => {
  expect(await migrate(database.url, folder)).toEqual([]);
});

test('a migration that fails leaves nothing of itself, and what came before stays', async () => {
  add(released + 1, 'create table first (id int);');
  add(released + 2, 'create table second (id int); select 1 / 0;');
  await expect(migrate(database.url, folder)).rejects.toThrow('division by zero');
  expect((await versions()).at(-1)).toBe(released + 1);
  expect((await sql`select to_regclass('second') as found`)[0]?.found).toBeNull();
});

test('a newer database is refused', async () => {
  add(released + 1, 'create table added (id int);');
  await migrate(database.url, folder);
  await expect(migrate(database.url, migrationsFolder)).rejects.toThrow(
    `its schema is ${released + 1}, this release knows ${released}. Nothing was changed.`,
  );
});

test('an edited migration is refused, other ends of lines are no edit', async () => {
  add(released + 1, 'create table added (\n  id int\n);\n');
  await migrate(database.url, folder);
  add(released + 1, 'create table added (\r\n  id int\r\n);\r\n');
  expect(await migrate(database.url, folder)).toEqual([]);
  add(released + 1, 'create table added (\n  id bigint\n);\n');
  await expect(migrate(database.url, folder)).rejects.toThrow('has been edited since');
});

test('a number that is missing or taken twice is a fault of the release', async () => {
  add(released + 2, 'select 1;');
  await expect(readMigrations(folder)).rejects.toThrow(`expected number ${released + 1}`);
});
