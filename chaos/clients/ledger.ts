/** What the clients themselves say happened: the oracle's only witness. */

/** A command that a client has sent, at least once. */
export interface Sent {
  id: string;
  /** Its place in everything that this client ever sent. */
  order: number;
  kind: string;
  conversationId: string | null;
  text: string | null;
  state: 'waiting' | 'acknowledged' | 'refused';
  /** How often it went out. */
  tries: number;
  /** Refusals after which it was sent again as it is: by code. */
  postponed: string[];
  /** As acknowledged; contacts are told no position. */
  position: number | null;
  seq: number | null;
  /** As refused. */
  code: string | null;
}

/** An entry of a timeline as a client shows it. */
export interface Shown {
  seq: number;
  entryId: string;
  /** Null for what is no message. */
  clientId: string | null;
  text: string | null;
}

/** One conversation on one client's screen. */
export interface ScreenState {
  conversationId: string;
  entries: Shown[];
  /** Everything after here should be shown. */
  from: number;
  /** Everything up to here should be shown; null: up to its end. */
  until: number | null;
  /** Runs of sequences that a fresh snapshot legitimately left out: [first, last]. */
  skipped: [number, number][];
}

export interface Account {
  who: 'visitor' | 'agent';
  name: string;
  /** The agent's id, or the contact's. */
  id: string;
  sent: Sent[];
  screens: ScreenState[];
  /** What can't be: a second, different answer; an entry that changed under its number. */
  contradictions: string[];
  connects: number;
  resumes: number;
  snapshots: number;
}
