// Every step must be green on a small sound checkout and red, by name, on the same with its crimes.
import { randomBytes } from 'node:crypto';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { repository } from './run.mjs';
import { steps } from './steps.mjs';

const workspaces = ['contract', 'sdk', 'server', 'desk', 'widget'];
const configuration = [
  ...['package.json', 'package-lock.json', 'tsconfig.base.json', 'tsconfig.json'],
  ...['biome.json', 'knip.json', 'sizes.json', '.gitignore'],
  ...workspaces.flatMap((name) => [`${name}/package.json`, `${name}/tsconfig.json`]),
];

const sound = {
  'contract/src/index.ts': 'export const answer = 42;\n',
  'sdk/src/index.ts': "export const page = new URL('https://desk.example');\n",
  'server/src/main.ts': "import { port } from './port.ts';\n\nprocess.exitCode = port;\n",
  'server/src/port.ts': 'export const port = 0;\n',
  'server/src/port.test.ts':
    "import { expect, it } from 'vitest';\nimport { port } from './port.ts';\n\nit('R-1.1 is a port', () => expect(port).toBe(0));\n",
  'desk/src/main.tsx': 'document.body.append(String(<b />));\n',
  'widget/src/loader.ts': 'document.body.append(String(1));\n',
  'docs/rules.md': '- **R-1.1** Ports are numbers.\n',
};

const built = (html) => ({
  'desk/vite.config.ts': 'export default {};\n',
  'desk/dist/index.html': html,
  'desk/dist/assets/first.js': `import './second.js';\n// ${noise(200_000)}\n`,
  'desk/dist/assets/second.js': `// ${noise(100_000)}\n`,
});

/** Each crime names what the step's complaint must contain. */
const crimes = {
  types: [
    {
      'contract/src/planted-node.ts': 'export const port = process.env.PORT;\n',
      'contract/src/planted-dom.ts': 'export const place = document.location;\n',
    },
    { 'sdk/src/planted-node.ts': "export * from 'node:fs';\n" },
    { 'server/src/planted-strict.ts': 'export const first = (of: string[]): string => of[0];\n' },
    { 'server/src/planted-enum.ts': 'export enum Status {\n  Open,\n}\n' },
    { 'server/src/planted-import.ts': "import { URL } from './url';\n\nexport const a = URL;\n" },
    { 'desk/src/planted.tsx': 'export const Planted = () => <b hidden={1}>a</b>;\n' },
    { 'widget/src/planted.tsx': 'export const Planted = () => <b hidden={[]}>a</b>;\n' },
    { 'scripts/planted.ts': "export const name: number = 'a';\n" },
  ],
  lint: [
    { 'server/src/planted-any.ts': 'export const x: any = 1;\n' },
    { 'server/src/planted-format.ts': 'export const x = "a"\n' },
    {
      'server/src/planted-ending.ts': "import { port } from './port';\n\nexport const a = port;\n",
    },
    {
      'server/src/planted-promise.ts':
        'const send = async (): Promise<void> => undefined;\n\nexport function go(): void {\n  send();\n}\n',
    },
  ],
  layers: [{ 'contract/src/planted.ts': "export * from '@deskbell/server';\n" }],
  'dead code': [
    { 'server/src/planted-file.ts': 'export const alone = 1;\n' },
    { 'server/src/port.ts': 'export const port = 0;\nexport const plantedExport = 1;\n' },
  ],
  'lock file': [{ 'package-lock.json': JSON.stringify(lockWithoutOtherPlatforms()) }],
  'no trace of a machine': [
    { 'docs/planted-path.md': `see ${['', 'root', 'deskbell'].join('/')}\n` },
    { 'docs/planted-home.md': `see ${['', 'home', 'anna', 'deskbell'].join('/')}\n` },
    { 'docs/planted-host.md': `from https://${['registry', 'example', 'com'].join('.')}\n` },
  ],
  'rule numbers': [
    { 'server/src/planted.test.ts': "it('R-9.9 holds', () => undefined);\n" },
    { 'docs/rules.md': '- **R-1.1** Ports are numbers.\n- **R-1.2** Ports are few.\n' },
  ],
  sizes: [
    built('<script type="module" src="/desk/assets/first.js"></script>'),
    { 'widget/vite.config.ts': 'export default {};\n' },
  ],
};
const complaints = {
  'lock file': ['planted-for-another-platform@1.0.0'],
  'dead code': ['planted-file.ts', 'plantedExport'],
  'rule numbers': ['R-9.9', 'R-1.2'],
  sizes: ['desk first load', 'widget/dist/loader.js is missing'],
};

/** What of the steps could not be made red, or is red without a cause. */
export async function plantInSteps() {
  const clean = checkout({ ...sound, ...built('') });
  try {
    const found = await Promise.all(steps.map((step) => proveStep(step, clean)));
    return found.flat();
  } finally {
    rmSync(clean, { recursive: true });
  }
}

async function proveStep({ name, check }, clean) {
  const planted = crimes[name];
  if (!planted) return [`the step ${name} has no planted case`];
  const before = await check(clean);
  if (!before.ok) return [`${name} is red on a sound checkout:\n${before.says}`];
  const files = Object.assign({}, ...planted);
  const scene = checkout({ ...sound, ...files });
  try {
    const { ok, says } = await check(scene);
    const expected = complaints[name] ?? Object.keys(files).map((file) => path.basename(file));
    const unseen = expected.filter((what) => !says.includes(what));
    return ok || unseen.length > 0 ? [`${name} does not see ${unseen.join(', ')}:\n${says}`] : [];
  } finally {
    rmSync(scene, { recursive: true });
  }
}

/** A checkout of its own, with the true configuration and little source. */
function checkout(files) {
  const root = mkdtempSync(path.join(tmpdir(), 'deskbell-planted-'));
  for (const file of configuration) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    copyFileSync(path.join(repository, file), path.join(root, file));
  }
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(root, file)), { recursive: true });
    writeFileSync(path.join(root, file), text);
  }
  symlinkSync(path.join(repository, 'node_modules'), path.join(root, 'node_modules'), 'junction');
  return root;
}

/** Text that gzip cannot make much smaller. */
function noise(bytes) {
  return randomBytes(bytes).toString('base64').slice(0, bytes);
}

function lockWithoutOtherPlatforms() {
  const dependent = { optionalDependencies: { 'planted-for-another-platform': '1.0.0' } };
  return { packages: { '': {}, 'node_modules/planted': dependent } };
}
