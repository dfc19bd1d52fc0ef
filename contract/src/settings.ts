import { z } from 'zod';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** The workspace's settings (⚙ in the rules), each with its default. Stored are only those that differ. */
export const settingsSchema = z.object({
  /** a pending conversation closes by itself after this. */
  pendingTimeoutMs: z
    .int()
    .min(MINUTE)
    .default(24 * HOUR),
  /** closed when the contact has been silent this long after our last message. */
  inactivityMs: z
    .int()
    .min(1000)
    .default(15 * MINUTE),
  /** a contact who writes within this time of closing reopens the conversation. */
  reopenWithinMs: z
    .int()
    .min(0)
    .default(30 * MINUTE),
  /** The log of changes is kept so long; who was away longer begins with a snapshot. */
  logKeptMs: z
    .int()
    .min(24 * HOUR)
    .default(30 * 24 * HOUR),
});
export type Settings = z.infer<typeof settingsSchema>;
