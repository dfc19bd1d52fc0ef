import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import postgres from 'postgres';
import { expect, test } from 'vitest';
import { isAlive } from '../platform/database/postmaster-file.ts';
import { createTestDatabase, startTestPostgres } from './database.ts';

test('a test database has the schema, full durability, and an owner who is no superuser', async () => {
  const database = await createTestDatabase();
  const sql = postgres(database.url, { max: 1 });
  const [row] = await sql`
    select (select count(*)::int from schema_versions) as versions,
      current_setting('fsync') as fsync, current_setting('full_page_writes') as pages,
      current_setting('synchronous_commit') as commit, current_setting('is_superuser') as superuser`;
  expect(row).toMatchObject({ fsync: 'on', pages: 'on', commit: 'on', superuser: 'off' });
  expect(row?.versions).toBeGreaterThan(0);
  await sql.end();
  await database.drop();
});

test('databases of tests know nothing of each other', async () => {
  const [one, other] = await Promise.all([createTestDatabase(), createTestDatabase()]);
  const [here, there] = [postgres(one.url, { max: 1 }), postgres(other.url, { max: 1 })];
  await here`create table mine (id int)`;
  expect((await there`select to_regclass('mine') as found`)[0]?.found).toBeNull();
  await Promise.all([here.end(), there.end()]);
  await Promise.all([one.drop(), other.drop()]);
});

test('the next run clears away what a killed one left: process and folder', async () => {
  const module = path.join(import.meta.dirname, 'database.ts');
  const source = `
    const { startTestPostgres } = await import(${JSON.stringify(module)});
    const { folder } = await startTestPostgres();
    console.log(folder);
    setInterval(() => {}, 1000);`;
  const killed = spawn(process.execPath, ['--input-type=module', '-e', source], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const folder = await new Promise<string>((resolve) =>
    killed.stdout.once('data', (text) => resolve(String(text).trim())),
  );
  const postmaster = Number(
    readFileSync(path.join(folder, 'postgres/postmaster.pid'), 'utf8').split('\n')[0],
  );
  const isGone = new Promise((resolve) => killed.once('exit', resolve));
  killed.kill('SIGKILL');
  await isGone;
  expect(isAlive(postmaster)).toBe(true);

  const next = await startTestPostgres();
  expect(existsSync(folder)).toBe(false);
  expect(isAlive(postmaster)).toBe(false);
  await next.stop();
  expect(existsSync(next.folder)).toBe(false);
});
