import { z } from 'zod';
import { storable } from './text.ts';

/** How the widget of an inbox looks and speaks, beside its name, colour and greeting. */

/** The languages that the widget has words in. */
export const widgetLanguages = ['en', 'de'] as const;
export type WidgetLanguage = (typeof widgetLanguages)[number];

/** The longest texts, in UTF-16 code units. */
export const textLimits = { heading: 80, firstWords: 500, offline: 160, launcher: 24 } as const;
export type WidgetText = keyof typeof textLimits;

/** How far the launcher may stand from the edges of the window, in px. */
export const DISTANCE_LIMIT = 160;

const text = (limit: number) => storable(z.string().max(limit));

export const widgetTextsSchema = z
  .strictObject({
    heading: text(textLimits.heading).meta({ description: 'stands above the first words' }),
    firstWords: text(textLimits.firstWords).meta({ description: 'instead of the greeting' }),
    offline: text(textLimits.offline).meta({ description: 'while nobody is there' }),
    launcher: text(textLimits.launcher).meta({ description: 'on a launcher with a word' }),
  })
  .meta({ description: "empty: the widget's own words" });
export type WidgetTexts = z.infer<typeof widgetTextsSchema>;

export const lookSchema = z.strictObject({
  position: z
    .enum(['end', 'start'])
    .meta({ description: 'end: right, on pages written from right to left the other way round' }),
  distance: z.int().min(0).max(DISTANCE_LIMIT).meta({ description: 'from the edges, in px' }),
  launcher: z.enum(['icon', 'word']),
  texts: z.strictObject({ en: widgetTextsSchema, de: widgetTextsSchema }),
});
export type WidgetLook = z.infer<typeof lookSchema>;

/** What is named changes, all else stays. */
export const lookChangeSchema = lookSchema.partial().extend({
  texts: z
    .strictObject({ en: widgetTextsSchema.partial(), de: widgetTextsSchema.partial() })
    .partial()
    .optional(),
});
export type WidgetLookChange = z.infer<typeof lookChangeSchema>;

const silent: WidgetTexts = { heading: '', firstWords: '', offline: '', launcher: '' };

/** How a widget begins. */
export const DEFAULT_LOOK: WidgetLook = {
  position: 'end',
  distance: 20,
  launcher: 'icon',
  texts: { en: silent, de: silent },
};

export function withChange(look: WidgetLook, change: WidgetLookChange): WidgetLook {
  const { texts = {}, ...rest } = change;
  return {
    ...look,
    ...named(rest),
    texts: {
      en: { ...look.texts.en, ...named(texts.en ?? {}) },
      de: { ...look.texts.de, ...named(texts.de ?? {}) },
    },
  };
}

/** Without the fields that are there and undefined. */
function named<Fields extends object>(
  fields: Fields,
): { [Key in keyof Fields]?: Exclude<Fields[Key], undefined> } {
  const entries = Object.entries(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(entries) as { [Key in keyof Fields]?: Exclude<Fields[Key], undefined> };
}
