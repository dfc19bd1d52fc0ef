import type { Logger } from './logger.ts';

/** How a running server is told to end. */
export interface Ending {
  /** Resolves with the exit code when somebody asks for the end. */
  asked: Promise<number>;
  /** Asks from within: something happened that this server cannot go on with. */
  fail(reason: string): void;
  /** What must be done, without waiting, when a second Ctrl-C or a bug ends us at once. */
  atOnce(act: () => void): void;
}

/**
 * One Ctrl-C reaches us twice: from the terminal, and a moment later from npm, which passes it on. Only a
 * later one means that the person has lost patience.
 */
const sameCtrlCMs = 500;

/** Listens for SIGINT, SIGTERM and SIGHUP: the first drains, a second ends at once; a bug that nobody caught does as well. */
export function onEnd(log: Logger): Ending {
  const asked = Promise.withResolvers<number>();
  const acts: (() => void)[] = [];
  let firstAt: number | undefined;

  const endAtOnce = (code: number) => {
    for (const act of acts) act();
    process.exit(code);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      if (firstAt === undefined) {
        firstAt = performance.now();
        log.info('ending; once more to end at once');
        asked.resolve(0);
      } else if (performance.now() - firstAt > sameCtrlCMs) endAtOnce(130);
    });
  }
  process.on('uncaughtException', (err) => {
    log.fatal({ err }, 'a bug ended the server');
    endAtOnce(1);
  });

  return {
    asked: asked.promise,
    fail(reason) {
      log.fatal(reason);
      asked.resolve(1);
    },
    atOnce: (act) => void acts.push(act),
  };
}
