import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, globSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { inRoot } from '../prepare/root.mjs';

const read = (file) => readFileSync(inRoot(file), 'utf8');

/** Dockerfile instructions, continued lines joined: `[{ word: 'COPY', rest: 'a b' }]`. */
const instructions = read('Dockerfile')
  .replace(/^#.*\n/gm, '')
  .replaceAll(/\\\n\s*/g, ' ')
  .split('\n')
  .filter(Boolean)
  .map((line) => {
    const [, word, rest] = /^(\w+)\s+(.*)$/.exec(line) ?? [];
    return { word, rest };
  });
const copies = instructions
  .filter(({ word }) => word === 'COPY')
  .map(({ rest }) => {
    const words = rest.split(/\s+/);
    const from = words.find((each) => each.startsWith('--from='))?.slice('--from='.length);
    const places = words.filter((each) => !each.startsWith('--'));
    return { from, sources: places.slice(0, -1), target: places.at(-1) };
  });

/** What .dockerignore keeps away, as globs. */
const ignored = read('.dockerignore')
  .split('\n')
  .filter((line) => line && !line.startsWith('#'));

describe('the Dockerfile', () => {
  it('copies nothing that is not there, or is kept away', () => {
    const own = copies.filter(({ from }) => !from).flatMap(({ sources }) => sources);
    expect(own.length).toBeGreaterThan(10);
    for (const source of own) {
      expect(existsSync(inRoot(source)), source).toBe(true);
      expect(ignored, source).not.toContain(source);
    }
  });

  it('copies from stages that are there, and what they made', () => {
    const stages = instructions.flatMap(({ word, rest }) =>
      word === 'FROM' ? (/ AS (\w+)$/.exec(rest)?.[1] ?? []) : [],
    );
    for (const { from } of copies.filter((copy) => copy.from)) expect(stages).toContain(from);
  });

  it('installs with the manifest of every workspace', () => {
    const { workspaces } = JSON.parse(read('package.json'));
    const own = copies.flatMap(({ sources }) => sources);
    for (const name of workspaces) expect(own).toContain(`${name}/package.json`);
  });

  it('runs on the Node that the checkout pins, as an ordinary user, on a folder that is his', () => {
    const { devDependencies } = JSON.parse(read('package.json'));
    const major = devDependencies.node.split('.')[0];
    const bases = instructions.filter(
      ({ word, rest }) => word === 'FROM' && !/^manifests /.test(rest),
    );
    for (const { rest } of bases) expect(rest).toMatch(new RegExp(`^node:${major}-slim( AS|$)`));
    const last = instructions.findLastIndex(({ word }) => word === 'FROM');
    const image = instructions.slice(last);
    expect(image.find(({ word }) => word === 'USER')?.rest).toBe('node');
    expect(image.find(({ word }) => word === 'VOLUME')?.rest).toBe('/data');
    expect(image.find(({ word }) => word === 'HEALTHCHECK')?.rest).toContain('/readyz');
  });

  it('starts programs without a shell, which would keep signals to itself', () => {
    const started = instructions.filter(({ word }) => /^(CMD|ENTRYPOINT|HEALTHCHECK)$/.test(word));
    expect(started).toHaveLength(3);
    for (const { rest } of started)
      expect(JSON.parse(rest.slice(rest.indexOf('['))), rest).toEqual(
        expect.arrayContaining([expect.any(String)]),
      );
  });

  it('leaves no file of the server out that the server imports', () => {
    const tests = globSync('server/src/**/*.ts', { cwd: inRoot() }).filter(
      (file) => !/\.test\.ts$|\/testing\//.test(file),
    );
    for (const file of tests)
      expect(read(file), file).not.toMatch(/from '[^']*(\/testing\/|\.test\.ts)/);
  });
});

describe('compose.yaml', () => {
  const compose = parse(read('compose.yaml'), { merge: true });

  it('runs Deskbell alone by default, reached from this machine, with its data kept', () => {
    const plain = Object.entries(compose.services).filter(([, service]) => !service.profiles);
    expect(plain.map(([name]) => name)).toEqual(['deskbell']);
    const { deskbell } = compose.services;
    expect(deskbell).toMatchObject({
      build: '.',
      init: true,
      read_only: true,
      cap_drop: ['ALL'],
      volumes: ['deskbell:/data'],
      ports: ['127.0.0.1:4000:4000'],
    });
    expect(deskbell.environment).not.toHaveProperty('DATABASE_URL');
  });

  it('runs two servers over one database and one bus', () => {
    const { first, second, postgres, nats } = compose.services;
    for (const server of [first, second]) {
      expect(server.environment.DATABASE_URL).toContain('@postgres:5432/deskbell');
      expect(server.environment.NATS_URL).toBe('nats://nats:4222');
      expect(Object.keys(server.depends_on)).toEqual(['postgres', 'nats']);
    }
    expect(postgres.healthcheck.test).toContain('pg_isready');
    expect(nats.image).toMatch(/^nats:/);
  });

  it('knows only settings that there are, and volumes that it names', async () => {
    const { describeSettings } = await import('../../server/src/platform/config.ts');
    const known = describeSettings().map(({ name }) => name);
    for (const name of ['deskbell', 'first', 'second'])
      for (const setting of Object.keys(compose.services[name].environment))
        expect(known).toContain(setting);
    const named = Object.values(compose.services).flatMap(({ volumes = [] }) =>
      volumes.map((volume) => volume.split(':')[0]),
    );
    expect(Object.keys(compose.volumes).sort()).toEqual([...new Set(named)].sort());
  });
});

const canVerify = spawnSync('systemd-analyze', ['--version']).status === 0;

describe('deploy/deskbell.service', () => {
  it('starts what is there', () => {
    const [, program] =
      /^ExecStart=\S+ \/opt\/deskbell\/(\S+) start$/m.exec(read('deploy/deskbell.service')) ?? [];
    expect(existsSync(inRoot(program))).toBe(true);
  });

  it.runIf(canVerify)('is understood by systemd, and leaves little open', () => {
    const folder = mkdtempSync(path.join(tmpdir(), 'deskbell-unit-'));
    const unit = path.join(folder, 'deskbell.service');
    // Where it is not installed: the Node that runs this, also of a path with a blank.
    const word = (given) => given.replaceAll(' ', '\\x20');
    const text = read('deploy/deskbell.service').replace(
      /^ExecStart=\S+ \S+/m,
      () => `ExecStart=${word(process.execPath)} ${word(inRoot('server/src/main.ts'))}`,
    );
    writeFileSync(unit, text);
    const { stderr } = spawnSync('systemd-analyze', ['verify', '--man=no', unit], {
      encoding: 'utf8',
    });
    expect(stderr.split('\n').filter((line) => line.includes('deskbell.service'))).toEqual([]);
    const words = ['security', '--offline=true', '--threshold=35', '--no-pager', unit];
    const security = execFileSync('systemd-analyze', words, { encoding: 'utf8' });
    rmSync(folder, { recursive: true });
    expect(security).toMatch(/Overall exposure level .* [0-3]\.\d OK/);
  });
});
