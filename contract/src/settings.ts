import { z } from 'zod';
import { widgetLanguages } from './look.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** how many open conversations one agent may have. */
export const capacitySchema = z.int().min(1).max(1000);

/**
 * The workspace's settings (⚙ in the rules), each with its range and its default. Stored are only those
 * that differ. A new one stands here, and on a page of the desk: `desk/src/features/settings/catalogue.ts`.
 */
export const settingsSchema = z.object({
  /** a pending conversation closes by itself after this. */
  pendingTimeoutMs: z
    .int()
    .min(MINUTE)
    .max(90 * DAY)
    .default(24 * HOUR),
  /** closed when the contact has been silent this long after our last message. */
  inactivityMs: z
    .int()
    .min(MINUTE)
    .max(30 * DAY)
    .default(15 * MINUTE),
  /** taken from an assignee who does nothing this long while the contact waits. */
  detachMs: z
    .int()
    .min(MINUTE)
    .max(7 * 24 * HOUR)
    .default(15 * MINUTE),
  /** what becomes of it then, where no participant takes over: queued again, given to another agent, or left with the assignee. */
  afterDetach: z.enum(['queue', 'reassign', 'nothing']).default('queue'),
  /** who gets a conversation that waits: whoever accepts it, each agent in turn, or who has least of what they may have. */
  routing: z.enum(['manual', 'round-robin', 'least-busy']).default('manual'),
  /** where conversations find agents by themselves, a contact is given back to their last one. */
  isRoutingSticky: z.boolean().default(true),
  /** how many open conversations an agent may have, unless a number of their own says otherwise. */
  capacity: capacitySchema.default(5),
  /** to whom conversations are passed on: anybody online and any team, or only the teams one belongs to. */
  transferTargets: z.enum(['all', 'own-teams']).default('all'),
  /** a contact who writes within this time of closing reopens the conversation. */
  reopenWithinMs: z
    .int()
    .min(0)
    .max(30 * DAY)
    .default(30 * MINUTE),
  /** what a widget speaks where it has no words in the visitor's own language. */
  defaultLanguage: z.enum(widgetLanguages).default('en'),
  /** who is online or away stays so for this long after their last desk has gone. */
  presenceGraceMs: z
    .int()
    .min(MINUTE)
    .max(24 * HOUR)
    .default(15 * MINUTE),
  /** who is online and touches no desk of theirs for so long is away until they do; 0: never. */
  awayAfterMs: z
    .int()
    .min(0)
    .max(24 * HOUR)
    .default(0),
  /** The log of changes is kept so long; who was away longer begins with a snapshot. */
  logKeptMs: z
    .int()
    .min(DAY)
    .max(365 * DAY)
    .default(30 * DAY),
  /** what was changed by whom is remembered so long. */
  auditKeptMs: z
    .int()
    .min(30 * DAY)
    .max(10 * 365 * DAY)
    .default(365 * DAY),
});
export type Settings = z.infer<typeof settingsSchema>;
export type SettingKey = keyof Settings;

/** Every setting by name, in the order of the schema. */
export const settingKeys = Object.keys(settingsSchema.shape) as SettingKey[];

type WithoutDefault<Schema> = Schema extends z.ZodDefault<infer Inner> ? Inner : never;
type ChangeShape = {
  [Key in SettingKey]: z.ZodOptional<WithoutDefault<(typeof settingsSchema.shape)[Key]>>;
};

/** Some of the settings: what is named changes, all else stays. */
export const settingsChangeSchema = z.strictObject(
  Object.fromEntries(
    settingKeys.map((key) => [key, settingsSchema.shape[key].unwrap().optional()]),
  ) as unknown as ChangeShape,
);
export type SettingsChange = z.infer<typeof settingsChangeSchema>;

export const defaultSettings: Settings = settingsSchema.parse({});

/** The settings in force, from those that are stored. What a narrower range no longer allows counts as not set. */
export function settingsOf(stored: object): Settings {
  const change: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(stored)) {
    const schema = Object.hasOwn(settingsSchema.shape, key)
      ? settingsSchema.shape[key as SettingKey]
      : undefined;
    if (schema?.safeParse(value).success) change[key] = value;
  }
  return settingsSchema.parse(change);
}

/** Of settings in force, those to be stored: who never set one follows its default, also a later one. */
export function settingsToStore(settings: Settings): Partial<Settings> {
  const entries = settingKeys
    .filter((key) => JSON.stringify(settings[key]) !== JSON.stringify(defaultSettings[key]))
    .map((key) => [key, settings[key]]);
  return Object.fromEntries(entries);
}
