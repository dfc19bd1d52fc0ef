import type { ClientFrame, ServerFrame } from '@deskbell/contract';
import { vi } from 'vitest';
import { FakeSocket } from './fake-socket.ts';

/** The server's side of a client under test: its sockets, and the answers to its reads. */
export class ClientStage {
  readonly sockets: FakeSocket[] = [];
  /** Addresses that were read, in order. */
  readonly read: string[] = [];
  /** What the next reads are answered with. */
  readonly answers: (object | Promise<object>)[] = [];
  readonly options = {
    baseUrl: 'http://localhost:4000',
    backoff: { firstMs: 1_000, random: () => 0.5 },
    webSocket: (url: string) => {
      const socket = new FakeSocket(url);
      this.sockets.push(socket);
      return socket;
    },
    fetch: async (url: unknown) => {
      this.read.push(String(url).replace('http://localhost:4000/api/v1', ''));
      const answer = await this.answers.shift();
      if (!answer) throw new TypeError('fetch failed');
      const isProblem = 'code' in answer;
      return new Response(JSON.stringify(answer), { status: isProblem ? 404 : 200 });
    },
  };

  get socket(): FakeSocket {
    const socket = this.sockets.at(-1);
    if (!socket) throw new Error('nothing was dialled');
    return socket;
  }

  /** The line opens, and the server begins with these. */
  begin(...frames: ServerFrame[]): void {
    this.socket.open();
    this.socket.say(...frames);
  }

  /** The line breaks, and is back after the longest wait, by turned timers; the server begins with these. */
  beginAgain(...frames: ServerFrame[]): void {
    this.socket.break();
    vi.advanceTimersByTime(30_000);
    this.begin(...frames);
  }

  sent<Kind extends ClientFrame['t']>(t: Kind): Extract<ClientFrame, { t: Kind }>[] {
    return this.socket.sent.filter(
      (frame): frame is Extract<ClientFrame, { t: Kind }> => frame.t === t,
    );
  }
}
