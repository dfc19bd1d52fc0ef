import { spawnSync } from 'node:child_process';
import { accessSync, constants } from 'node:fs';
import path from 'node:path';

/** Programs that some tests run beside Deskbell, by Debian's package and the tests that are skipped without. */
const programs = [
  {
    name: 'nats-server',
    tests: [
      'e2e/chaos/chaos.test.ts',
      'e2e/servers/nats.test.ts',
      'e2e/servers/resume-nats.test.ts',
      'e2e/servers/together.test.ts',
      'server/src/platform/bus/bus.test.ts',
    ],
  },
  { name: 'haproxy', tests: ['e2e/servers/balancer.test.ts'] },
  { name: 'firefox-esr', orElse: ['firefox'], tests: ['e2e/widget/firefox.test.ts'] },
];
/** Where Debian puts servers, which an ordinary user's PATH leaves out. */
const serverFolders = ['/usr/local/sbin', '/usr/sbin', '/sbin'];

/** The programs that these tests want and this machine lacks: name, and those of the tests. */
export function missingPrograms(isAskedFor, environment = process.env) {
  return programs
    .filter(({ name, orElse = [] }) => ![name, ...orElse].some((each) => isHere(each, environment)))
    .map(({ name, tests }) => ({ name, tests: tests.filter(isAskedFor) }))
    .filter(({ tests }) => tests.length > 0);
}

/** Debian's packages of these names, where we may: root and apt-get. Says what it does. */
export function installPrograms(names) {
  const mayInstall = process.platform === 'linux' && process.getuid?.() === 0;
  if (!mayInstall || spawnSync('apt-get', ['--version']).status !== 0) return;
  console.log(`Installing Debian's ${names.join(' and ')} ...`);
  // Run level 1: installed, but not started as services of this machine.
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  const apt = (...args) => spawnSync('apt-get', args, { env, stdio: ['ignore', 1, 2] });
  apt('update', '-qq');
  // One by one: what one release of Debian lacks must not keep the others away.
  for (const name of names) apt('install', '-y', '-qq', '--no-install-recommends', name);
}

function isHere(name, { PATH = '' }) {
  return [...PATH.split(path.delimiter), ...serverFolders].some((folder) => {
    try {
      accessSync(path.join(folder, name), constants.X_OK);
      return true;
    } catch {
      return false;
    }
  });
}
