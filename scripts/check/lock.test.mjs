import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { checkLock, complete } from './lock.mjs';

let root;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'deskbell-lock-'));
});
afterEach(() => rmSync(root, { recursive: true }));

const lockFile = () => path.join(root, 'package-lock.json');
const write = (packages) => writeFileSync(lockFile(), JSON.stringify({ packages }));
const read = () => JSON.parse(readFileSync(lockFile(), 'utf8')).packages;

it('completes a lock with the platforms it lacks, each beside the version that wants it', () => {
  write({
    '': { name: 'deskbell' },
    'node_modules/knip/node_modules/parser': {
      optionalDependencies: { '@parser/binding-darwin-arm64': '1.0.0' },
    },
    'node_modules/parser': {
      dev: true,
      optionalDependencies: {
        '@parser/binding-darwin-arm64': '2.0.0',
        '@parser/binding-linux-x64-musl': '2.0.0',
      },
    },
  });
  expect(checkLock(root).says).toContain('@parser/binding-darwin-arm64@1.0.0');

  complete(root);

  expect(checkLock(root).ok).toBe(true);
  const packages = read();
  expect(packages['node_modules/@parser/binding-darwin-arm64']).toEqual({
    version: '2.0.0',
    cpu: ['arm64'],
    dev: true,
    optional: true,
    os: ['darwin'],
  });
  expect(packages['node_modules/@parser/binding-linux-x64-musl'].libc).toEqual(['musl']);
  expect(packages['node_modules/knip/node_modules/@parser/binding-darwin-arm64'].version).toBe(
    '1.0.0',
  );
});

it('accepts any version where a range is asked for', () => {
  write({
    '': {},
    'node_modules/watcher': { optionalDependencies: { fsevents: '~2.3.3' } },
    'node_modules/fsevents': { version: '2.3.5' },
  });
  expect(checkLock(root)).toEqual({ ok: true, says: '' });
});
