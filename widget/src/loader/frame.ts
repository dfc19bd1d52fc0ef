import { HANDSHAKE, type Start, type ToFrame, type ToLoader } from '../bridge.ts';

/** The chat's iframe, from first need on. */
export interface Frame {
  load(): void;
  tell(message: ToFrame): void;
  /** The chat runs. */
  isReady: boolean;
  focus(): void;
}

/** A frame that has not spoken after this time, in ms, is loaded anew when it is next wanted. */
const PATIENCE_MS = 15_000;

export function createFrame(options: {
  base: string;
  inbox: string;
  place: HTMLElement;
  start(): Start;
  hear(message: ToLoader): void;
}): Frame {
  const { base, inbox, place } = options;
  let iframe: HTMLIFrameElement | undefined;
  let port: MessagePort | undefined;
  let askedAt = 0;

  function load(): void {
    if (frame.isReady || Date.now() - askedAt < PATIENCE_MS) return;
    askedAt = Date.now();
    iframe?.remove();
    const own = document.createElement('iframe');
    iframe = own;
    own.title = 'Chat';
    own.allow = 'autoplay';
    own.src = `${base}/widget/frame.html?inbox=${inbox}#${location}`;
    own.onload = () => greet(own);
    place.append(own);
  }

  function greet(own: HTMLIFrameElement): void {
    const channel = new MessageChannel();
    port = channel.port1;
    port.onmessage = ({ data }: MessageEvent<ToLoader>) => {
      frame.isReady = true;
      options.hear(data);
    };
    // Only the frame of our own server may read this; an error page in its place never does.
    own.contentWindow?.postMessage(HANDSHAKE, base, [channel.port2]);
    frame.tell({ t: 'start', ...options.start() });
  }

  const frame: Frame = {
    load,
    isReady: false,
    tell: (message) => port?.postMessage(message),
    focus: () => iframe?.focus(),
  };
  return frame;
}
