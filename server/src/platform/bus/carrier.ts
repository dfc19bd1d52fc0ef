/** What one server says to the others that listen to a topic. */
export interface Letter {
  topic: string;
  text: string;
}

/** What a carrier tells the bus. */
export interface Ears {
  heard(letter: Letter): void;
  /** It listens to every topic that it was asked to. What was said while it was away is lost. */
  up(): void;
  /** It tries again by itself, and may tell so each time that it fails. */
  down(error: unknown): void;
}

/** A way between servers. It may lose anything; a server hears its own letters too. */
export interface Carrier {
  name: 'postgres' | 'nats';
  /** Rejects when it could not be sent; whether it arrives, nobody knows. */
  send(letters: readonly Letter[]): Promise<void>;
  /** Resolves when it listens, or will do so once it is up. */
  listen(topic: string): Promise<void>;
  close(): Promise<void>;
}

/** How long a carrier waits before it tries again, in ms. */
export const RETRY_MS = [100, 200, 500, 1_000];

/** NOTIFY takes up to 7,999 bytes; NATS far more. */
export const LETTER_BYTES = 7_900;
