import type { ClientFrame, ServerFrame } from '@deskbell/contract';

/**
 * What loader and frame tell one another, over a MessageChannel that the loader opens. The loader has
 * what must outlive the frame and be the page's own: the visitor's secret, everything kept, the socket.
 * The frame has the chat.
 */
export interface Start {
  /** Where the server is, `https://desk.example`. */
  base: string;
  /** The inbox's public key. */
  inbox: string;
  /** The visitor's secret. */
  token: string;
  /** A BCP 47 tag: the page's language, else the browser's. */
  lang: string;
  /** Everything the page keeps for this inbox. */
  kept: Record<string, string>;
  /** It outlives the page; else the browser lets no site keep anything. */
  isKept: boolean;
  /** The last snapshot and what came after it. */
  frames: ServerFrame[];
  isLive: boolean;
  isOpen: boolean;
  /** Somebody opened it just now, and wants to write; else it is open since the page before. */
  isAsked: boolean;
  /** It is loaded because a message came. */
  isNews: boolean;
}

export type ToFrame =
  | ({ t: 'start' } & Start)
  | { t: 'frames'; frames: ServerFrame[] }
  /** The socket lives, or is lost. */
  | { t: 'live'; isLive: boolean }
  /** Another tab kept something, or took it away. */
  | { t: 'kept'; key: string; value: string | null }
  /** This tab may send what all tabs share, or may no more. */
  | { t: 'turn'; isHeld: boolean }
  | { t: 'open'; isOpen: boolean; isAsked: boolean };

export type ToLoader =
  | { t: 'send'; frame: ClientFrame }
  | { t: 'keep'; key: string; value: string | null }
  /** Asks for the turn to send, and gives it back. */
  | { t: 'ask'; isUrgent: boolean }
  | { t: 'release' }
  /** Somebody waits: dial now. */
  | { t: 'hurry' }
  | { t: 'close' };

/** The first message carries the port; the word tells it from whatever else pages post. */
export const HANDSHAKE = 'deskbell';

/** Messages that wait for their answer are kept under this and their id. */
export const OUTBOX = 'out:';
