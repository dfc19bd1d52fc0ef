import { z } from 'zod';
import { DOMAINS_LIMIT, isDomain, letsVisitorsIn } from './domains.ts';
import { MESSAGE_LIMIT } from './limits.ts';

/** What PostgreSQL would refuse is refused here, with a name: U+0000 and unpaired surrogates. */
export function isStorable(text: string): boolean {
  return !text.includes('\0') && text.isWellFormed();
}

/** Text that a database can hold. */
export const storable = (schema: z.ZodString) =>
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

/** Why somebody did something: one or a few sentences. */
export const reasonSchema = storable(z.string().trim().min(1).max(500));

/** A name that people read: 1 to 120 characters after trimming. */
export const nameSchema = storable(z.string().trim().min(1).max(120));

/** A word on a card: 1 to 40 characters after trimming. */
export const labelNameSchema = storable(z.string().trim().min(1).max(40));

/** What a widget says first; blank: nothing. */
export const greetingSchema = storable(z.string().max(500));

/** Mail addresses are compared in lower case. */
export const emailSchema = z.email().max(254).toLowerCase();

/** A colour as style sheets write it, in lower case. */
export const colorSchema = z.string().regex(/^#[0-9a-f]{6}$/, {
  message: 'is no colour: # and six hexadecimal digits in lower case are expected',
});

/** Where a widget may stand; empty: everywhere. */
export const domainsSchema = z
  .array(
    z.string().refine(isDomain, {
      message: 'is no domain: shop.example, *.shop.example or shop.example:8080 are expected',
    }),
  )
  .max(DOMAINS_LIMIT)
  .refine(letsVisitorsIn, {
    message: 'would lock every visitor out: localhost may always; name a domain, or none at all',
  });
