import { readdirSync, readFileSync, readlinkSync, realpathSync } from 'node:fs';

/**
 * Ends what a killed postmaster left behind. Its processes end by themselves, but for those that wait
 * for a lock whose holder was killed too: they wait for ever, and PostgreSQL refuses to start beside
 * them. Nothing is lost by it: what they had not committed, recovery undoes. Where there is no /proc
 * nothing is done.
 */
export function endOrphans(folder: string): void {
  const home = realpathSync(folder);
  for (const name of processes()) {
    if (parentOf(name) !== 1 || folderOf(name) !== home) continue;
    try {
      process.kill(Number(name), 'SIGKILL');
    } catch {
      // It has just ended by itself.
    }
  }
}

function processes(): string[] {
  try {
    return readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  } catch {
    return [];
  }
}

/** Of a process whose program is called postgres; its name stands in parentheses (proc(5)). */
function parentOf(name: string): number {
  try {
    const [, parent] =
      /\(postgres\) \S (\d+)/.exec(readFileSync(`/proc/${name}/stat`, 'utf8')) ?? [];
    return Number(parent);
  } catch {
    return Number.NaN;
  }
}

/** PostgreSQL's processes work in its folder. */
function folderOf(name: string): string {
  try {
    return readlinkSync(`/proc/${name}/cwd`);
  } catch {
    return '';
  }
}
