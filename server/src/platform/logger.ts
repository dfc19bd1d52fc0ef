import { Writable } from 'node:stream';
import { type Logger as PinoLogger, pino } from 'pino';

/** What the server writes about itself; one line per happening. */
export type Logger = PinoLogger;

export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

/**
 * JSON lines for machines; short lines when a person sits at the terminal.
 * Written synchronously, so that the last line before an exit is never lost.
 */
export function createLogger(level: LogLevel, name: 'stdout' | 'stderr' = 'stdout'): Logger {
  const options = { level, base: null };
  const output = process[name];
  return output.isTTY
    ? pino(options, terminal(output))
    : pino(options, pino.destination({ fd: output.fd, sync: true }));
}

function terminal(output: NodeJS.WriteStream): Writable {
  return new Writable({
    write(line: Buffer, _encoding, done) {
      output.write(forPeople(line.toString()));
      done();
    },
  });
}

function forPeople(line: string): string {
  const { level, time, msg, err, ...rest } = JSON.parse(line);
  const clock = new Date(time).toTimeString().slice(0, 8);
  const details = Object.keys(rest).length > 0 ? ` ${JSON.stringify(rest)}` : '';
  const stack = err?.stack ? `\n${err.stack}` : '';
  return `${clock} ${severity(level)}${msg ?? ''}${details}${stack}\n`;
}

function severity(level: number): string {
  if (level >= 50) return 'error: ';
  return level >= 40 ? 'warning: ' : '';
}
