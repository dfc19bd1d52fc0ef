import { createTransport } from 'nodemailer';
import type { Config } from './config.ts';

export interface Letter {
  to: string;
  subject: string;
  text: string;
}

/** Sends mail through the configured server. */
export interface Mail {
  /** Tries a few times; rejects with the last failure. */
  send(letter: Letter): Promise<void>;
}

/** Before each further attempt, in ms. */
const PAUSES_MS = [1_000, 5_000, 30_000];
const TIMEOUT_MS = 20_000;

/** Mail as it is configured; null where SMTP_URL or MAIL_FROM is not. */
export function createMail({
  SMTP_URL,
  MAIL_FROM,
}: Pick<Config, 'SMTP_URL' | 'MAIL_FROM'>): Mail | null {
  if (SMTP_URL === undefined || MAIL_FROM === undefined) return null;
  const transport = createTransport({
    url: SMTP_URL,
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout: TIMEOUT_MS,
    // Nothing that is mailed may bring along what a file or an address holds.
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    async send(letter) {
      for (let attempt = 0; ; attempt += 1)
        try {
          await transport.sendMail({ from: MAIL_FROM, ...letter });
          return;
        } catch (error) {
          const pauseMs = PAUSES_MS[attempt];
          if (pauseMs === undefined || isFinal(error)) throw error;
          await new Promise((resolve) => setTimeout(resolve, pauseMs).unref());
        }
    },
  };
}

/** What the mail server refused for good (RFC 5321, replies 5xx) is refused again. */
const isFinal = (error: unknown) =>
  typeof error === 'object' &&
  error !== null &&
  'responseCode' in error &&
  Number(error.responseCode) >= 500;
