import type { SettingKey } from '@deskbell/contract';
import type { en } from '../../app/texts/en.ts';
import type { Unit } from './duration.ts';
import { type SettingPage, settingPages } from './setting-page.ts';

/** How a setting is changed. Its range, its default and its choices are the contract's to say. */
export type Control =
  | { kind: 'duration'; units: readonly Unit[] }
  | { kind: 'count' }
  | { kind: 'switch' }
  /** Each choice has its word in `choices.<setting>.<value>`. */
  | { kind: 'choice' };

export interface Placed {
  page: SettingPage;
  control: Control;
}

const long = ['minutes', 'hours', 'days'] as const;

/**
 * Every setting of the workspace: on which page it stands and how it is changed, in the order of the
 * page. A new one is a line here and its words in `setting.<name>` (name, hint, further words to find it
 * by); it then shows, saves, resets, is searched and stands in the audit log by itself. One that stands
 * on no page says why.
 */
export const catalogue = {
  defaultLanguage: { page: 'workspace', control: { kind: 'choice' } },
  inactivityMs: { page: 'conversations', control: { kind: 'duration', units: long } },
  pendingTimeoutMs: { page: 'conversations', control: { kind: 'duration', units: long } },
  reopenWithinMs: { page: 'conversations', control: { kind: 'duration', units: long } },
  routing: { page: 'assignment', control: { kind: 'choice' } },
  isRoutingSticky: { page: 'assignment', control: { kind: 'switch' } },
  capacity: { page: 'assignment', control: { kind: 'count' } },
  transferTargets: { page: 'assignment', control: { kind: 'choice' } },
  detachMs: { page: 'assignment', control: { kind: 'duration', units: long } },
  afterDetach: { page: 'assignment', control: { kind: 'choice' } },
  presenceGraceMs: { page: 'assignment', control: { kind: 'duration', units: long } },
  awayAfterMs: { page: 'assignment', control: { kind: 'duration', units: ['minutes', 'hours'] } },
  logKeptMs: { page: 'advanced', control: { kind: 'duration', units: ['days'] } },
  auditKeptMs: { page: 'advanced', control: { kind: 'duration', units: ['days'] } },
} satisfies Record<SettingKey, Placed | { elsewhere: string }>;

/** Those that have words, and so can stand on a page. */
export type PlacedKey = keyof (typeof en)['settings']['setting'];

const all: Record<string, Placed | { elsewhere: string }> = catalogue;

export const placedKeys = Object.keys(all).filter(
  (key) => 'page' in (all[key] ?? {}),
) as PlacedKey[];

export const placeOf = (key: PlacedKey): Placed => all[key] as Placed;

export const placedOn = (page: SettingPage): PlacedKey[] =>
  placedKeys.filter((key) => placeOf(key).page === page);

/** The pages that there are. That of the workspace holds its name besides. */
export const pagesInUse = settingPages.filter(
  (page) => page === 'workspace' || placedOn(page).length > 0,
);
