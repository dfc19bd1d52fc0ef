import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';
import { inRoot } from './prepare/root.mjs';

/** What browsers get: each is built from its own folder and from what it shares with the server. */
const builds = ['desk', 'widget'];
const shared = ['contract', 'sdk', 'package-lock.json'];

/** Builds desk and widget where a source has changed since the last time. */
export function buildIfStale() {
  for (const name of builds) {
    if (!existsSync(inRoot(name, 'vite.config.ts'))) continue;
    const stamp = contentStamp([name, ...shared]);
    const stampFile = inRoot(name, 'dist/.built-from');
    if (existsSync(stampFile) && readFileSync(stampFile, 'utf8') === stamp) continue;
    build(name);
    writeFileSync(stampFile, stamp);
  }
}

function build(name) {
  process.stdout.write(`Building the ${name} ...\n`);
  // A child, so that the builder's memory goes when it ends.
  const vite = inRoot('node_modules/vite/bin/vite.js');
  const { status } = spawnSync(process.execPath, [vite, 'build', '--logLevel', 'warn'], {
    cwd: inRoot(name),
    stdio: ['ignore', 2, 2],
    env: { ...process.env, NODE_ENV: 'production' },
  });
  if (status === 0) return compress(inRoot(name, 'dist'));
  process.stderr.write(`The ${name} could not be built (see above).\n`);
  process.exit(1);
}

/** Lays `.br` and `.gz` beside what is worth it, so that no server compresses the same file twice. */
function compress(folder) {
  for (const file of filesIn(folder).filter((name) =>
    /\.(js|css|html|svg|json|webmanifest)$/.test(name),
  )) {
    const content = readFileSync(file);
    if (content.length < 1024) continue;
    const quality = { params: { [constants.BROTLI_PARAM_QUALITY]: 10 } };
    writeFileSync(`${file}.br`, brotliCompressSync(content, quality));
    writeFileSync(`${file}.gz`, gzipSync(content, { level: 9 }));
  }
}

/** Content, not times: a fresh clone or a switched branch has new times on old files. */
function contentStamp(sources) {
  const hash = createHash('sha256');
  for (const file of sources.flatMap((source) => filesIn(inRoot(source)))) {
    hash.update(`${path.relative(inRoot(), file)}\0`).update(readFileSync(file));
  }
  return hash.digest('hex');
}

const notSource = new Set(['node_modules', 'dist', 'data', 'coverage']);

function filesIn(place) {
  if (!statSync(place).isDirectory()) return [place];
  return readdirSync(place, { withFileTypes: true })
    .filter(({ name }) => !notSource.has(name) && !/\.test\.tsx?$/.test(name))
    .sort((one, other) => (one.name < other.name ? -1 : 1))
    .flatMap((entry) => filesIn(path.join(place, entry.name)));
}

// `npm run build`, where the pages are built by somebody else than who serves them.
if (process.argv[1] === inRoot('scripts/build.mjs')) buildIfStale();
