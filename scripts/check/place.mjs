import { readFileSync } from 'node:fs';
import path from 'node:path';
import { trackedFiles } from './files.mjs';
import { runAlone } from './run.mjs';

// Split, so that this file does not accuse itself.
const traces = [
  {
    what: 'a path of one machine',
    pattern: new RegExp(`(?<![\\w./:-])/(${'work|root'})/[\\w.~-]`),
  },
  {
    what: "somebody's home",
    pattern: new RegExp(`(?<![\\w./:-])/(${'home|Users'})/[a-z][\\w-]*/`),
  },
  {
    what: 'the host of a registry',
    pattern: new RegExp(
      `\\b(registry\\.[a-z0-9-]+\\.[a-z]{2,}|${'npmjs'}\\.org|deb\\.debian\\.org)`,
    ),
  },
];
const binary = /\.(png|jpe?g|gif|webp|ico|woff2?|mp3|ogg|wasm|pdf|zip|gz)$/;

/** Demands that no file tells where it was written: no machine's paths, no registry's host. */
export function checkPlace(root) {
  const complaints = trackedFiles(root)
    .filter((file) => !binary.test(file))
    .flatMap((file) => tracesIn(file, readFileSync(path.join(root, file), 'utf8')));
  return { ok: complaints.length === 0, says: complaints.join('\n') };
}

/** `['docs/x.md:3  a path of one machine: …']` */
export function tracesIn(file, text) {
  return text.split('\n').flatMap((line, i) =>
    traces.flatMap(({ what, pattern }) => {
      const found = line.match(pattern);
      return found ? [`${file}:${i + 1}  ${what}: ${found[0]}`] : [];
    }),
  );
}

await runAlone(import.meta.url, checkPlace);
