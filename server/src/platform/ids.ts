import { createHash, randomFillSync } from 'node:crypto';

const POOL_BYTES = 16 * 256;
const pool = Buffer.alloc(POOL_BYTES);
let used = POOL_BYTES;

/**
 * A UUIDv7 (RFC 9562): 48 bits of time, 74 random. Rows written together get neighbouring keys, so an
 * index grows at its end. Random bytes are drawn 256 ids at a time: one call an id costs more than the rest.
 */
export function newId(now: number): string {
  if (used === POOL_BYTES) {
    randomFillSync(pool);
    used = 0;
  }
  const at = used;
  used += 16;
  pool.writeUIntBE(now, at, 6);
  pool[at + 6] = ((pool[at + 6] ?? 0) & 0x0f) | 0x70;
  pool[at + 8] = ((pool[at + 8] ?? 0) & 0x3f) | 0x80;
  return shaped(pool.toString('hex', at, at + 16));
}

/** The first 128 bits of SHA-256 of what is given, shaped as UUIDv8 (RFC 9562): the same of the same. */
export function idFrom(...parts: readonly (string | number)[]): string {
  const hash = createHash('sha256').update(parts.join('\0')).digest();
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x80;
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80;
  return shaped(hash.toString('hex', 0, 16));
}

const shaped = (hex: string): string =>
  `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;

let made = 0;

/**
 * An id like {@link newId}'s, of which those that this process made in one millisecond sort in the order
 * in which they were made: 26 of the random bits count (RFC 9562, 6.2, method 1).
 */
export function newOrderedId(now: number): string {
  made = (made + 1) % 2 ** 26;
  const high = (made >>> 14).toString(16).padStart(3, '0');
  const low = (0x8000 | (made & 0x3fff)).toString(16);
  const id = newId(now);
  return `${id.slice(0, 15)}${high}-${low}${id.slice(23)}`;
}
