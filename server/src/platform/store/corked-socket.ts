import { connect, type Socket } from 'node:net';

/** Where the driver wants to go. `path`: a Unix socket, which wins. */
interface Target {
  host: string[];
  port: number[];
  path?: string | undefined;
}

/**
 * A socket on which what is written in one turn leaves together. The driver writes each statement of
 * a pipelined batch by itself, and every such write wakes the database for a part of the work:
 * measured on two cores, a fifth of the server's time went there. Returned while it still connects,
 * since only then the driver hears of a failure as of any other.
 */
export function corkedSocket({ host, port, path }: Target): Socket {
  const target = path
    ? { path }
    : { host: host[0] ?? '127.0.0.1', port: port[0] ?? 5432, noDelay: true };
  const socket = connect(target);
  const write = socket.write.bind(socket);
  let isCorked = false;
  socket.write = ((...given: Parameters<typeof write>) => {
    if (!isCorked) {
      isCorked = true;
      socket.cork();
      process.nextTick(() => {
        isCorked = false;
        socket.uncork();
      });
    }
    return write(...given);
  }) as typeof socket.write;
  return Object.assign(endingPlainly(socket), { host: host[0] });
}

/**
 * The driver (3.4.9) fails what is under way when its socket errs, yet not what it is asked between
 * that and the close, where the close tells of the error too: such a question waits for ever. A
 * connection that closes before its first answer it opens again without end, telling nobody. So here
 * a close never tells of an error, and one without any answer is an error first.
 */
function endingPlainly(socket: Socket): Socket {
  const emit = socket.emit.bind(socket) as (event: string, ...given: unknown[]) => boolean;
  let hasErred = false;
  socket.emit = ((event: string, ...given: unknown[]) => {
    if (event === 'error') hasErred = true;
    if (event !== 'close') return emit(event, ...given);
    if (!hasErred && socket.bytesRead === 0 && socket.listenerCount('error') > 0)
      emit('error', Object.assign(new Error('closed before any answer'), { code: 'ECONNRESET' }));
    return emit('close', false);
  }) as typeof socket.emit;
  return socket;
}
