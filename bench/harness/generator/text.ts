/** 90 characters, as a person writes them. */
const TEXT =
  'Hello, my order from last Tuesday has not come yet; could you have a look where it is now?';

/**
 * What a visitor sends, to either server. As a buffer: `ws` then puts head and masked body into one
 * piece, and the kernel is asked with the cheaper `write` instead of `writev`.
 */
export function messageFrame(clientId: string): Buffer {
  return Buffer.from(
    `{"t":"command","id":"${clientId}","kind":"message.receive","input":{"text":"${TEXT}"}}`,
    'latin1',
  );
}

export const AS_TEXT = { binary: false };
