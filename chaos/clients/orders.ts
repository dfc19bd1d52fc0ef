import type { People } from '../place/people.ts';
import type { Account } from './ledger.ts';

/** What the run tells a process of clients. */
export type Order =
  | { act: 'begin'; seats: Seats }
  /** Say nothing new from now on; still resend what is unanswered. */
  | { act: 'hush' }
  /** Every visitor says one last thing, those of the first server last. */
  | { act: 'last-words' }
  /** Wait until these sequences are shown wherever their conversation is, or a while has passed. */
  | { act: 'expect'; ends: Map<string, number> }
  | { act: 'report' };

/** Who sits in one process, and where they connect. */
export interface Seats {
  seed: number;
  /** Of the servers, in their order. */
  addresses: string[];
  people: Pick<People, 'workspaceId' | 'inboxKey'>;
  agents: { index: number; of: number; id: string; token: string }[];
  visitors: { index: number; token: string }[];
  pace: Pace;
}

export interface Pace {
  /** Between two messages of a visitor, on average. */
  everyMs: number;
  /** How many of a visitor's messages are answered. */
  replies: number;
}

/** What a process of clients tells the run, several times a second and in answer to each order. */
export type Word =
  | { says: 'progress'; acknowledged: number; waiting: number }
  | { says: 'done' }
  | { says: 'accounts'; accounts: Account[] };
