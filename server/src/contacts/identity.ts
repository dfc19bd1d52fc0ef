import { idFrom } from '../platform/ids.ts';

/**
 * A visitor's id follows from the secret that their browser made: the first 128 bits of
 * SHA-256(workspace, secret), shaped as UUIDv8 (RFC 9562). So nothing is stored, and nothing asked,
 * before somebody writes; and the database never holds the secret itself.
 */
export function contactIdOf(workspaceId: string, token: string): string {
  return idFrom(workspaceId, token);
}
