import type { Ack, CommandKind, Refused } from '@deskbell/contract';
import type { Outcome } from './outbox.ts';

/** What became of a command: stored, refused with a code of the catalogue, or taken back by a person. */
export type SendOutcome<Kind extends CommandKind> =
  | Ack<Kind>
  | Refused
  | { code: 'dropped'; detail: string };

/** Gives an answer the type that the contract promises for its kind. The server made it by that contract. */
export function typedOutcome<Kind extends CommandKind>(outcome: Outcome): SendOutcome<Kind> {
  return outcome as SendOutcome<Kind>;
}
