import { randomUUID } from 'node:crypto';
import { WebSocket } from 'ws';

/** The first frame of a client. */
export function hello(who: object): string {
  return JSON.stringify({ t: 'hello', protocol: 1, ...who });
}

/** A frame of the server, as far as a bench looks into it. */
export interface Heard {
  t: string;
  id?: string;
  answer?: unknown;
  conversationId?: string;
}

/** A socket that asks one thing after the other. */
export class Talk {
  private readonly socket: WebSocket;
  private heard: (frame: Heard) => void = () => undefined;

  private constructor(socket: WebSocket) {
    this.socket = socket;
    socket.on('message', (data: Buffer) => {
      for (const frame of [JSON.parse(data.toString())].flat() as Heard[]) this.heard(frame);
    });
  }

  static async open(url: string, hello: string): Promise<Talk> {
    const socket = new WebSocket(url, { perMessageDeflate: false });
    const talk = new Talk(socket);
    await new Promise<void>((resolve, reject) => {
      socket.once('open', resolve);
      socket.once('error', reject);
    });
    await talk.ask(hello, (frame) => frame.t === 'snapshot');
    return talk;
  }

  async command<Answer>(kind: string, input: object): Promise<Answer> {
    const id = randomUUID();
    const frame = await this.ask(
      JSON.stringify({ t: 'command', id, kind, input }),
      (candidate) => candidate.id === id,
    );
    return frame.answer as Answer;
  }

  say(frame: string): void {
    this.socket.send(frame);
  }

  close(): void {
    this.socket.close();
  }

  /** Says it, and resolves with the first frame that `isAnswer`; rejects where it is refused. */
  ask(frame: string, isAnswer: (frame: Heard) => boolean): Promise<Heard> {
    return new Promise((resolve, reject) => {
      this.heard = (heard) => {
        if (heard.t === 'refused' || heard.t === 'bye') reject(new Error(JSON.stringify(heard)));
        else if (isAnswer(heard)) resolve(heard);
      };
      this.socket.send(frame);
    });
  }
}
