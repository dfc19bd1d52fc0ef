import { WebSocket } from 'ws';

/** What a process holds, in bytes, after its garbage was collected. */
export interface Memory {
  rss: number;
  /** Objects, and what they hold outside the heap (buffers). */
  held: number;
}

/**
 * Node's own inspector (Chrome DevTools protocol): lets us collect the garbage of another process and
 * ask what is left, without a word of that process's own code.
 */
export class Inspector {
  private readonly socket: WebSocket;
  private lastId = 0;

  private constructor(socket: WebSocket) {
    this.socket = socket;
  }

  /** `stderr` of a process started with `--inspect=127.0.0.1:0` says where to. */
  static async open(stderr: string): Promise<Inspector> {
    const url = /Debugger listening on (ws:\S+)/.exec(stderr)?.[1];
    if (!url) throw new Error(`no inspector listens: ${stderr}`);
    const socket = new WebSocket(url, { perMessageDeflate: false });
    await new Promise((resolve, reject) => {
      socket.once('open', resolve);
      socket.once('error', reject);
    });
    return new Inspector(socket);
  }

  async memory(): Promise<Memory> {
    const asked = await this.ask('Runtime.evaluate', {
      expression: 'JSON.stringify(process.memoryUsage())',
    });
    const { rss, heapUsed, external } = JSON.parse(String(asked.result?.value)) as Record<
      'rss' | 'heapUsed' | 'external',
      number
    >;
    return { rss, held: heapUsed + external };
  }

  async collectGarbage(): Promise<void> {
    await this.ask('HeapProfiler.collectGarbage', {});
  }

  close(): void {
    this.socket.close();
  }

  private ask(method: string, params: object): Promise<{ result?: { value?: unknown } }> {
    this.lastId += 1;
    const id = this.lastId;
    return new Promise((resolve) => {
      const onMessage = (data: Buffer) => {
        const answer = JSON.parse(data.toString());
        if (answer.id !== id) return;
        this.socket.off('message', onMessage);
        resolve(answer.result);
      };
      this.socket.on('message', onMessage);
      this.socket.send(JSON.stringify({ id, method, params }));
    });
  }
}
