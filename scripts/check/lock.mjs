// npm sometimes writes a lock file without the optional packages of other platforms (npm/cli#4828),
// and `npm ci` then fails everywhere. `node scripts/check/lock.mjs --complete` writes them in.
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { runAlone } from './run.mjs';

/** Demands that the lock names every optional package, whatever machine wrote it. */
export function checkLock(root) {
  const missing = missingFrom(readLock(root).packages);
  if (missing.length === 0) return { ok: true, says: '' };
  const names = missing.map(({ name, version }) => `${name}@${version}`).join(', ');
  return { ok: false, says: `package-lock.json lacks ${names}\n    npm run lock completes it` };
}

function missingFrom(packages) {
  const missing = [];
  const taken = new Set(Object.keys(packages));
  const outermostFirst = Object.entries(packages).sort(([a], [b]) => depth(a) - depth(b));
  for (const [from, { optionalDependencies = {}, dev }] of outermostFirst) {
    for (const [name, version] of Object.entries(optionalDependencies)) {
      const places = placesOf(name, from);
      if (places.some((place) => packages[place]?.version === version)) continue;
      if (isRange(version) && places.some((place) => packages[place])) continue;
      // As far out as it fits, as npm does.
      const place = places.findLast((candidate) => !taken.has(candidate));
      taken.add(place);
      missing.push({ name, version, dev, place });
    }
  }
  return missing;
}

const depth = (folder) => folder.split('node_modules/').length;
const isRange = (version) => !/^\d[\w.+-]*$/.test(version);

/** Where Node looks for a package, nearest first. */
function placesOf(name, from) {
  const folders = from.split(/\/?node_modules\//).map((_, i, parts) => parts.slice(0, i + 1));
  return folders
    .map((parts) => [...parts, name].join('/node_modules/').replace(/^\//, ''))
    .reverse();
}

/** Platform packages carry their platform in their name; nothing else is known of those not here. */
function entryFor({ name, version, dev }) {
  const words = name.split('/').at(-1).split('-');
  const os = ['android', 'darwin', 'freebsd', 'linux', 'openharmony', 'win32'].filter(isIn(words));
  const cpu = ['arm', 'arm64', 'ia32', 'ppc64', 'riscv64', 's390x', 'wasm32', 'x64'].filter(
    isIn(words),
  );
  if (cpu.length !== 1) throw new Error(`${name} names no platform`);
  const libc =
    os[0] === 'linux' ? [words.some((word) => word.startsWith('musl')) ? 'musl' : 'glibc'] : [];
  return {
    version,
    cpu,
    ...(dev ? { dev } : {}),
    ...(libc.length > 0 ? { libc } : {}),
    optional: true,
    ...(os.length > 0 ? { os } : {}),
  };
}

const isIn = (words) => (word) => words.includes(word);

/** Writes in what `checkLock` misses; hashes follow when npm next sees those packages. */
export function complete(root) {
  const lock = readLock(root);
  for (const missing of missingFrom(lock.packages)) {
    lock.packages[missing.place] = entryFor(missing);
  }
  const [own, ...others] = Object.entries(lock.packages);
  others.sort(([a], [b]) => a.localeCompare(b, 'en'));
  lock.packages = Object.fromEntries([own, ...others]);
  writeFileSync(path.join(root, 'package-lock.json'), `${JSON.stringify(lock, null, 2)}\n`);
}

function readLock(root) {
  return JSON.parse(readFileSync(path.join(root, 'package-lock.json'), 'utf8'));
}

await runAlone(import.meta.url, (root) => {
  if (process.argv.includes('--complete')) complete(root);
  return checkLock(root);
});
