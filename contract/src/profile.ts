import { z } from 'zod';
import { agentIdSchema } from './ids.ts';
import { keptListSchema } from './list-query.ts';
import { storable } from './text.ts';
import { versionSchema } from './time.ts';
import { lists } from './views/lists.ts';

/** What an agent says of themselves, and how their desk is to be. */

export const SIGNATURE_LIMIT = 500;
export const LANGUAGES_LIMIT = 20;

/** A picture of an agent: at most so many bytes, and its sides, in px. */
export const PICTURE_BYTES = 100_000;
export const PICTURE_SIDES = { least: 32, most: 1024 } as const;

/** A BCP 47 tag as it is properly written: `en`, `pt-BR`, `zh-Hant`. */
export function isLanguageTag(tag: string): boolean {
  try {
    return /^[a-z]{2,3}(-|$)/.test(tag) && Intl.getCanonicalLocales(tag)[0] === tag;
  } catch {
    return false;
  }
}

/** The languages that somebody speaks, the best first. */
export const spokenSchema = z
  .array(
    z.string().max(35).refine(isLanguageTag, {
      message: 'is no language: a tag of BCP 47 such as en, pt-BR or zh-Hant is expected',
    }),
  )
  .max(LANGUAGES_LIMIT)
  .refine((tags) => new Set(tags).size === tags.length, { message: 'names a language twice' });

/** Stands under the mail that an agent writes; Markdown as in messages. */
export const signatureSchema = storable(z.string().max(SIGNATURE_LIMIT));

/** The languages that the desk speaks. */
export const deskLanguages = ['en', 'de'] as const;
export const deskThemes = ['system', 'light', 'dark'] as const;

/** How one's desk is to look and to be used, the same on all one's devices. What isn't named was never chosen. */
export const preferencesSchema = z.strictObject({
  theme: z.enum(deskThemes).optional(),
  language: z.enum(deskLanguages).optional(),
  areLettersOn: z
    .boolean()
    .optional()
    .meta({ description: 'whether single keys are shortcuts (WCAG 2.1.4)' }),
  shortcuts: z
    .record(
      z.string().regex(/^\w{1,40}$/),
      storable(z.string().regex(/^\S{1,20}( \S{1,20}){0,2}$/)),
    )
    .refine((keys) => Object.keys(keys).length <= 100, { message: 'are too many' })
    .optional()
    .meta({ description: 'keys by the name of the shortcut, where they are other than usual' }),
  lists: z
    .partialRecord(z.enum(lists), keptListSchema)
    .optional()
    .meta({ description: 'how each list is sorted and narrowed (R-2.4)' }),
});
export type Preferences = z.infer<typeof preferencesSchema>;

/** The same as what a store holds: one per agent, by their id. */
export const keptPreferencesSchema = z.object({
  id: agentIdSchema,
  version: versionSchema,
  kept: preferencesSchema,
});
export type KeptPreferences = z.infer<typeof keptPreferencesSchema>;
