import { createHash } from 'node:crypto';

/**
 * A visitor's id follows from the secret that their browser made: the first 128 bits of
 * SHA-256(workspace, secret), shaped as UUIDv8 (RFC 9562). So nothing is stored, and nothing asked,
 * before somebody writes; and the database never holds the secret itself.
 */
export function contactIdOf(workspaceId: string, token: string): string {
  const hash = createHash('sha256').update(workspaceId).update('\0').update(token).digest();
  hash[6] = ((hash[6] ?? 0) & 0x0f) | 0x80;
  hash[8] = ((hash[8] ?? 0) & 0x3f) | 0x80;
  const hex = hash.toString('hex', 0, 16);
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
}
