import { emailSchema } from '@deskbell/contract';
import { StartRefusal } from '../platform/start-refusal.ts';
import { resetPasswordByHand } from '../sign-in/index.ts';
import { type Command, readValue } from './command.ts';
import { atRows, readSettings } from './place.ts';

export const resetPassword: Command = {
  name: 'reset-password',
  summary: 'give somebody a new password',
  words: ['EMAIL'],
  options: {},
  about: [
    'Makes a password up, prints it once, and ends the sessions of that person on all their devices.',
  ],
  async run({ words: [word = ''] }) {
    const email = readValue('EMAIL', emailSchema, word);
    const reset = await atRows(readSettings(), (pool) => resetPasswordByHand(pool, email));
    if (!reset) throw new StartRefusal(`Nobody has an account with the address ${email}.`);
    const { password, endedSessions } = reset;
    const ended = endedSessions === 1 ? '1 session was' : `${endedSessions} sessions were`;
    process.stdout.write(`New password of ${email}: ${password}\n${ended} ended.\n`);
    return 0;
  },
};
