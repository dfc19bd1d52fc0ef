import { execFileSync } from 'node:child_process';
import { existsSync, globSync } from 'node:fs';
import path from 'node:path';

/** What is or would be committed; without git (an unpacked archive), what is no build or data. */
export function trackedFiles(root) {
  return (fromGit(root) ?? fromDisk(root)).filter((file) => existsSync(path.join(root, file)));
}

function fromGit(root) {
  if (!existsSync(path.join(root, '.git'))) return null;
  const list = ['ls-files', '-z', '--cached', '--others', '--exclude-standard'];
  const output = execFileSync('git', list, { cwd: root, encoding: 'utf8', maxBuffer: 1 << 26 });
  return output.split('\0').filter(Boolean);
}

function fromDisk(root) {
  const notOurs = ['node_modules', 'dist', 'data', 'coverage', 'tmp'];
  const exclude = ({ name }) => notOurs.includes(name);
  return globSync('**/*', { cwd: root, exclude, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)));
}
