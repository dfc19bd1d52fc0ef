import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { parseSync } from 'oxc-parser';
import { run, runAlone } from './run.mjs';

/** Builds what is stale, then holds each first load against its ceiling in sizes.json. */
export async function checkSizes(root) {
  const built = await buildIfStale(root);
  if (!built.ok) return { ok: false, says: built.output };
  return measure(root);
}

/** As `checkSizes`, of what is built already. */
export function measure(root) {
  const { measured } = JSON.parse(readFileSync(path.join(root, 'sizes.json'), 'utf8'));
  const results = measured.map((entry) => measureOne(root, entry));
  return {
    ok: results.every((result) => result.ok),
    says: results.map((result) => result.says).join(', '),
  };
}

/** In a process of its own: a failing build ends it. */
async function buildIfStale(root) {
  if (!existsSync(path.join(root, 'scripts/build.mjs'))) return { ok: true };
  const build = "import('./scripts/build.mjs').then((scripts) => scripts.buildIfStale())";
  return run(process.execPath, ['--input-type=module', '--eval', build], { cwd: root });
}

function measureOne(root, { what, workspace, files, ceiling, 'never above': limit }) {
  const place = path.join(root, workspace);
  if (!existsSync(path.join(place, 'vite.config.ts'))) {
    return { ok: true, says: `${what} not built yet` };
  }
  const missing = files.filter((file) => !existsSync(path.join(place, file)));
  if (missing.length > 0) {
    return { ok: false, says: `${what}: ${workspace}/${missing.join(', ')} is missing` };
  }
  if (ceiling > limit) {
    return { ok: false, says: `${what}: the ceiling ${ceiling} is above ${limit}` };
  }
  const bytes = gzippedBytes(firstLoad(path.join(place, 'dist'), files, place));
  const says = `${what} ${inKilobytes(bytes)} of ${inKilobytes(ceiling)}`;
  return { ok: bytes <= ceiling, says: bytes <= ceiling ? says : `${says}: too large` };
}

/** Every file that is fetched before anything shows; what is imported later (`import()`) is not. */
function firstLoad(base, files, place) {
  const found = new Set();
  const follow = (file) => {
    if (found.has(file) || !existsSync(file)) return;
    found.add(file);
    for (const next of fetchedBy(file)) {
      follow(next.startsWith('/') ? underBase(base, next) : path.resolve(path.dirname(file), next));
    }
  };
  for (const file of files) follow(path.join(place, file));
  return [...found];
}

function fetchedBy(file) {
  const text = readFileSync(file, 'utf8');
  if (file.endsWith('.html')) return linkedBy(text);
  if (!/\.m?js$/.test(file)) return [];
  const { module } = parseSync(file, text);
  const requests = [
    ...module.staticImports.map(({ moduleRequest }) => moduleRequest.value),
    ...module.staticExports.flatMap(({ entries }) =>
      entries.flatMap(({ moduleRequest }) => moduleRequest?.value ?? []),
    ),
  ];
  return requests.filter((request) => /^[./]/.test(request));
}

function linkedBy(html) {
  const tags = html.match(/<(script|link)\b[^>]*>/g) ?? [];
  return tags
    .filter((tag) => tag.startsWith('<script') || /rel="?(stylesheet|modulepreload)/.test(tag))
    .flatMap((tag) => tag.match(/\b(?:src|href)="([^"]+)"/)?.[1] ?? [])
    .filter((address) => !/^\w+:|^\/\//.test(address));
}

/** A page may be served under a path of its own (`/desk/assets/…`): the build holds the tail of it. */
function underBase(base, address) {
  const parts = address.split(/[?#]/)[0].split('/').filter(Boolean);
  const tails = parts.map((_, i) => path.join(base, ...parts.slice(i)));
  return tails.find((candidate) => existsSync(candidate)) ?? tails[0] ?? base;
}

function gzippedBytes(files) {
  return files.reduce((sum, file) => sum + gzipSync(readFileSync(file), { level: 9 }).length, 0);
}

const inKilobytes = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;

await runAlone(import.meta.url, checkSizes);
