import { randomBytes } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { measure } from './sizes.mjs';

let root;
beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'deskbell-sizes-'));
});
afterEach(() => rmSync(root, { recursive: true }));

/** 1,000 bytes that gzip cannot shrink below 750. */
const noise = () => `// ${randomBytes(1000).toString('base64').slice(0, 1000)}\n`;

function write(files) {
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), text);
  }
}

const ceilingOf = (ceiling, limit = 10_000) => ({
  'sizes.json': JSON.stringify({
    measured: [
      {
        what: 'page',
        workspace: 'desk',
        files: ['dist/index.html'],
        ceiling,
        'never above': limit,
      },
    ],
  }),
});

const page = {
  'desk/vite.config.ts': '',
  'desk/dist/index.html':
    '<link rel="stylesheet" href="./a.css"><script type="module" src="/desk/assets/first.js"></script><link rel="icon" href="/icon.svg">',
  'desk/dist/assets/first.js': `import './second.js';import('./later.js');\n${noise()}`,
  'desk/dist/assets/second.js': `import './first.js';\n${noise()}`,
  'desk/dist/assets/later.js': noise().repeat(9),
  'desk/dist/a.css': noise(),
  'desk/dist/icon.svg': noise(),
};

it('counts what a page fetches at once: its links, their imports, nothing twice, nothing later', () => {
  write({ ...page, ...ceilingOf(3_000) });
  expect(measure(root).ok).toBe(true);
  write(ceilingOf(2_250));
  expect(measure(root)).toMatchObject({ ok: false, says: expect.stringMatching(/too large/) });
});

it('is red when a build is missing though there is something to build', () => {
  write(ceilingOf(3_000));
  expect(measure(root)).toEqual({ ok: true, says: 'page not built yet' });
  write({ 'desk/vite.config.ts': '' });
  expect(measure(root)).toEqual({ ok: false, says: 'page: desk/dist/index.html is missing' });
});

it('is red when a ceiling is raised above what may ever be', () => {
  write({ ...page, ...ceilingOf(10_001) });
  expect(measure(root).ok).toBe(false);
});
