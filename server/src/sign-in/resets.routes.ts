import { emailSchema } from '@deskbell/contract';
import { z } from 'zod';
import { type Route, route } from '../platform/http/route.ts';
import { mailLanguages } from './reset-letter.ts';
import {
  by,
  MINUTE,
  passwordSchema,
  type SignInParts,
  signedInSchema,
  topic,
  welcome,
} from './welcome.routes.ts';

const params = z.object({ token: z.string().min(1).max(100) });

/** Forgotten passwords: a link by mail, and what it is for. */
export function resetRoutes({ signIn, publicUrl }: SignInParts): Route[] {
  return [
    route({
      method: 'GET',
      path: '/password-resets',
      summary: 'Whether a link for a new password can be mailed from here.',
      topic,
      who: 'anybody',
      answer: z.object({ isMailed: z.boolean() }),
      handle: async () => ({ isMailed: signIn.resets.isMailed }),
    }),
    route({
      method: 'POST',
      path: '/password-resets',
      summary:
        'Mail a link for a new password, if somebody has this address; the answer is the same.',
      topic,
      who: 'anybody',
      allowance: { burst: 10, perMs: 10 * MINUTE },
      body: z.strictObject({
        email: emailSchema,
        language: z.enum(mailLanguages).default('en'),
      }),
      answer: null,
      refusals: ['no-mail'],
      handle: async ({ body }) => signIn.resets.ask(body.email, body.language),
    }),
    route({
      method: 'GET',
      path: '/password-resets/:token',
      summary: 'Whose password a link is for.',
      topic,
      who: 'anybody',
      allowance: { burst: 60, perMs: 10 * MINUTE },
      params,
      answer: z.object({ email: z.string() }),
      refusals: ['reset-spent'],
      async handle({ params: { token } }) {
        const found = await signIn.resets.find(token);
        return 'code' in found ? found : { email: found.email };
      },
    }),
    route({
      method: 'POST',
      path: '/password-resets/:token',
      summary: 'Set another password by a link, once. Ends all sessions, and begins one here.',
      topic,
      who: 'anybody',
      allowance: { burst: 20, perMs: 10 * MINUTE },
      params,
      body: z.strictObject({ password: passwordSchema }),
      answer: signedInSchema,
      refusals: ['reset-spent', 'weak-password', 'no-workspace'],
      handle: async (asked) =>
        welcome(
          asked,
          publicUrl,
          await signIn.resetPassword({ ...asked.body, ...asked.params, ...by(asked) }),
        ),
    }),
  ];
}
