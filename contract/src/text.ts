import { z } from 'zod';
import { MESSAGE_LIMIT } from './limits.ts';

/** What PostgreSQL would refuse is refused here, with a name: U+0000 and unpaired surrogates. */
export function isStorable(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed();
}

const storable = (schema: z.ZodString) =>
  schema.refine(isStorable, {
    message: 'holds a character that cannot be stored (U+0000 or half of a surrogate pair)',
  });

/** The text of a message: something visible, at most {@link MESSAGE_LIMIT} long. */
export const messageTextSchema = storable(z.string().max(MESSAGE_LIMIT)).refine(
  (text) => /\S/.test(text),
  {
    message: 'is empty',
  },
);

/** A draft may be blank (that is how one is taken back). */
export const draftTextSchema = storable(z.string().max(MESSAGE_LIMIT));

/** A name that people read: 1 to 120 characters after trimming. */
export const nameSchema = storable(z.string().trim().min(1).max(120));

/** What a widget says first; blank: nothing. */
export const greetingSchema = storable(z.string().max(500));

/** Mail addresses are compared in lower case. */
export const emailSchema = z.email().max(254).toLowerCase();
