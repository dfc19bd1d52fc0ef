import type { ClientFrame, ServerFrame } from '@deskbell/contract';
import type { Socket } from '../connection.ts';

/** A WebSocket whose other end is the test. */
export class FakeSocket implements Socket {
  onopen: Socket['onopen'] = null;
  onmessage: Socket['onmessage'] = null;
  onclose: Socket['onclose'] = null;
  readyState: number = 0;
  readonly sent: ClientFrame[] = [];
  readonly url: string;

  constructor(url: string) {
    this.url = url;
  }

  send(text: string): void {
    this.sent.push(JSON.parse(text) as ClientFrame);
  }

  close(): void {
    this.readyState = 3;
  }

  /** The server accepts. */
  open(): void {
    this.readyState = 1;
    this.onopen?.(new Event('open'));
  }

  /** The server says this in one text frame. */
  say(...frames: ServerFrame[]): void {
    this.sayText(JSON.stringify(frames.length === 1 ? frames[0] : frames));
  }

  sayText(data: string): void {
    this.onmessage?.(new MessageEvent('message', { data }));
  }

  /** The line breaks. */
  break(): void {
    this.readyState = 3;
    this.onclose?.(new CloseEvent('close'));
  }
}
