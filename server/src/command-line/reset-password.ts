import { emailSchema } from '@deskbell/contract';
import { StartRefusal } from '../platform/start-refusal.ts';
import type { Queries } from '../platform/store/connect.ts';
import { issuePasswordReset } from '../sign-in/index.ts';
import { type Command, readValue } from './command.ts';
import { addressOf, atRows, readSettings } from './place.ts';

export const resetPassword: Command = {
  name: 'reset-password',
  summary: 'let somebody choose a new password',
  words: ['EMAIL'],
  options: {},
  about: [
    'Prints a link, good once within an hour, where that person chooses another password while the server is running.',
    'Choosing it ends their sessions on all their devices, and every other such link.',
  ],
  async run({ words: [word = ''] }) {
    const email = readValue('EMAIL', emailSchema, word);
    const config = readSettings();
    const made = await atRows(config, (pool) =>
      issuePasswordReset(pool as unknown as Queries, email),
    );
    if (!made) throw new StartRefusal(`Nobody has an account with the address ${email}.`);
    const url = new URL(made.path, addressOf(config)).href;
    process.stdout.write(
      `${email} can choose a new password here, once, within an hour:\n${url}\n`,
    );
    return 0;
  },
};
