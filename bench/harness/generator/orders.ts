/** One socket to open: what it says first, and what it says once it has its snapshot. */
export interface Seat {
  hello: string;
  /** Each is answered by a `timeline` frame; the seat is ready when all have come. */
  watches: string[];
}

/** Everybody on one server. */
export interface Seats {
  url: string;
  agents: Seat[];
  visitors: Seat[];
}

/** What the bench tells the generator; one at a time. */
export type Order =
  | { act: 'connect'; seats: Seats }
  | { act: 'disconnect'; url: string }
  /** As fast as it goes: each visitor has one message under way. */
  | { act: 'saturate'; url: string; seconds: number; idsFile?: string }
  /** So many messages per second, evenly spaced, whatever the server does; in turn over the visitors. */
  | { act: 'pace'; url: string; seconds: number; perSecond: number; idsFile?: string };

/** Latencies in ms, from the moment that the schedule wanted the message sent. */
export interface Latencies {
  p50: number;
  p90: number;
  p99: number;
  p999: number;
  max: number;
}

export interface LoadResult {
  seconds: number;
  sent: number;
  acknowledged: number;
  /** Distinct messages that reached their agent within the run's seconds. */
  delivered: number;
  /** The same, with those that came after the end had been called. */
  deliveredInAll: number;
  /** Received by the agent more than once. */
  repeated: number;
  /** By code; empty when all is well. */
  refused: Record<string, number>;
  /** Sent, and never seen by the agent. */
  missing: number;
  /** `pace` alone: from the scheduled time to the agent, and to the visitor's acknowledgement. */
  delivery?: Latencies;
  acknowledgement?: Latencies;
  /** How late the generator itself was: part of the latencies above. */
  lateness?: Latencies;
}

export type Reply = { done: LoadResult | null } | { failed: string };
