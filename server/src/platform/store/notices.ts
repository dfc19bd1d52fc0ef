import { open, type Parameter } from './connect.ts';

/** One connection that hears notices (LISTEN, NOTIFY). When it ends it is not opened again. */
export interface NoticeConnection {
  /** Without parameters also several statements, in one transaction. */
  ask(text: string, parameters?: Parameter[]): Promise<unknown>;
  /** Resolves when it has ended, whoever ended it. */
  ended: Promise<void>;
  end(): Promise<void>;
}

/** The driver has `listen`, which begins anew by itself and tells nobody; who listens has to know what they missed. */
export function connectForNotices(
  url: string,
  heard: (channel: string, text: string) => void,
): NoticeConnection {
  const ended = Promise.withResolvers<void>();
  const client = open(url, {
    max: 1,
    name: 'deskbell bus',
    notices: { onnotify: heard, onclose: () => ended.resolve() },
  });
  let hasEnded = false;
  void ended.promise.then(() => {
    hasEnded = true;
  });
  return {
    ended: ended.promise,
    async ask(text, parameters = []) {
      // Asked again, the driver would open another connection, which listens to nothing.
      if (hasEnded) throw new Error('the connection has ended');
      return client.unsafe(text, parameters, { prepare: parameters.length > 0 }).execute();
    },
    async end() {
      ended.resolve();
      await client.end({ timeout: 0 });
    },
  };
}
