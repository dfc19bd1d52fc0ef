import { readdirSync, readFileSync } from 'node:fs';

/** Clock ticks per second in /proc; 100 on every Linux that Node runs on. */
const TICKS = 100;

/** CPU seconds of one process with all its threads, from /proc/PID/stat (proc(5)). */
export function cpuSecondsOf(pid: number): number {
  const [user = 0, system = 0] = times(pid);
  return (user + system) / TICKS;
}

/** The same, with its children that live and those that it has buried: the whole of a PostgreSQL. */
export function cpuSecondsOfFamily(pid: number): number {
  const own = times(pid).reduce((sum, ticks) => sum + ticks, 0) / TICKS;
  return childrenOf(pid).reduce((sum, child) => sum + cpuSecondsOf(child), own);
}

/** utime, stime, cutime, cstime in ticks; nothing when the process has just gone. */
function times(pid: number): number[] {
  return fieldsOf(pid).slice(11, 15).map(Number);
}

function childrenOf(pid: number): number[] {
  return readdirSync('/proc')
    .map(Number)
    .filter((candidate) => candidate > 0 && Number(fieldsOf(candidate)[1]) === pid);
}

/** The fields after the program's name, which may itself hold blanks and parentheses: state, ppid … */
function fieldsOf(pid: number): string[] {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ') ?? [];
  } catch {
    return [];
  }
}

/** CPU seconds that all processes of this machine have spent (proc(5), the first line of /proc/stat). */
export function cpuSecondsOfMachine(): number {
  const [user = 0, nice = 0, system = 0, , , interrupts = 0, softInterrupts = 0] =
    readFileSync('/proc/stat', 'utf8').split('\n', 1)[0]?.split(/\s+/).slice(1).map(Number) ?? [];
  return (user + nice + system + interrupts + softInterrupts) / TICKS;
}

/** A process and its children. */
export const familyOf = (pid: number): number[] => [pid, ...childrenOf(pid)];

/** Bytes that a process holds, pages which several have shared out among them (PSS, /proc/PID/smaps_rollup). 0 when it has just gone. */
export function sharedMemoryOf(pid: number): number {
  try {
    const kib = /^Pss:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8'))?.[1];
    return Number(kib ?? 0) * 1024;
  } catch {
    return 0;
  }
}
