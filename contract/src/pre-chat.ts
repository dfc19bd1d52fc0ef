import { z } from 'zod';
import { teamIdSchema } from './ids.ts';
import { widgetLanguages } from './look.ts';
import { emailSchema, nameSchema, storable } from './text.ts';

/** What a widget asks before the first message, and which team gets what arrives. */

export const preChatLimits = {
  fields: 8,
  options: 12,
  label: 80,
  option: 60,
  consent: 500,
} as const;
export const ANSWER_LIMIT = 500;
export const TEAM_RULES_LIMIT = 30;
/** Of a page's address; what is longer is cut by whoever sends it. */
export const PAGE_LIMIT = 500;

/** `name`, `email` and `phone` also fill those of the contact where they are empty. */
export const fieldKinds = ['name', 'email', 'phone', 'text', 'choice'] as const;
export type FieldKind = (typeof fieldKinds)[number];

const short = (limit: number) => storable(z.string().max(limit));
const perLanguage = (limit: number) => z.strictObject({ en: short(limit), de: short(limit) });

export const preChatFieldSchema = z.strictObject({
  key: z.string().regex(/^[a-z][a-z0-9-]{0,23}$/),
  kind: z.enum(fieldKinds),
  label: perLanguage(preChatLimits.label).meta({ description: 'empty: the key' }),
  options: z
    .array(storable(z.string().trim().min(1).max(preChatLimits.option)))
    .max(preChatLimits.options)
    .meta({ description: 'of a choice' }),
  isRequired: z.boolean(),
});
export type PreChatField = z.infer<typeof preChatFieldSchema>;

export const consentSchema = z.strictObject({
  text: perLanguage(preChatLimits.consent),
  link: z.union([z.literal(''), z.url({ protocol: /^https?$/ }).max(300)]),
});

export const preChatSchema = z.strictObject({
  isEnabled: z.boolean(),
  fields: z
    .array(preChatFieldSchema)
    .max(preChatLimits.fields)
    .refine((fields) => new Set(fields.map(({ key }) => key)).size === fields.length, {
      message: 'two fields have the same key',
    })
    .refine(
      (fields) => fields.every(({ kind, options }) => kind !== 'choice' || options.length > 0),
      {
        message: 'a choice has options',
      },
    ),
  consent: consentSchema.nullable(),
});
export type PreChat = z.infer<typeof preChatSchema>;

export const NO_PRE_CHAT: PreChat = { isEnabled: false, fields: [], consent: null };

/** All that is named holds; nothing named: always. */
export const teamRuleSchema = z.strictObject({
  when: z.strictObject({
    pageContains: storable(z.string().trim().min(1).max(200)).optional(),
    language: z.enum(widgetLanguages).optional(),
    answer: z
      .strictObject({
        key: short(24),
        value: storable(z.string().trim().max(ANSWER_LIMIT)),
      })
      .optional(),
  }),
  teamId: teamIdSchema,
});
export type TeamRule = z.infer<typeof teamRuleSchema>;
export const teamRulesSchema = z.array(teamRuleSchema).max(TEAM_RULES_LIMIT);

export const phoneSchema = storable(
  z
    .string()
    .trim()
    .regex(/^[+\d][\d\s()/.-]{3,31}$/),
);

/** What a widget tells with the message that opens a conversation. */
export const openingInputSchema = z.strictObject({
  page: storable(z.string().max(PAGE_LIMIT)).optional(),
  language: short(35).optional().meta({ description: 'BCP 47, of the widget' }),
  answers: z.record(short(24), short(ANSWER_LIMIT)).optional(),
  isAgreed: z.boolean().optional().meta({ description: 'to what the form asks consent for' }),
});
export type OpeningInput = z.infer<typeof openingInputSchema>;

/** What was known when a conversation was opened, each answer with the words by which it was asked. */
export const openingSchema = z.object({
  page: z.string().nullable(),
  language: z.string().nullable(),
  answers: z.array(z.object({ key: z.string(), label: z.string(), value: z.string() })),
  isAgreed: z.boolean().meta({ description: 'consent was asked, and given' }),
});
export type Opening = z.infer<typeof openingSchema>;

/** What the answer to a field of this kind has to be; choices besides are one of their options. */
export const answerSchemas = {
  name: nameSchema,
  email: emailSchema,
  phone: phoneSchema,
  text: storable(z.string().trim().max(ANSWER_LIMIT)),
  choice: storable(z.string().max(preChatLimits.option)),
} as const satisfies Record<FieldKind, z.ZodType<string>>;
