import { emailSchema, nameSchema } from '@deskbell/contract';
import { createWorkspaceByHand } from '../sign-in/index.ts';
import { type Command, readValue } from './command.ts';
import { addressOf, atRows, makeIfMissing, readSettings } from './place.ts';

export const createWorkspace: Command = {
  name: 'create-workspace',
  summary: 'make a workspace and its owner',
  words: [],
  options: {
    name: { value: 'NAME', about: "the workspace's name", isNeeded: true },
    'owner-email': { value: 'ADDRESS', about: 'with which the owner signs in', isNeeded: true },
    'owner-name': { value: 'NAME', about: "the owner's name", isNeeded: true },
  },
  about: [
    'Makes the database where there is none. Prints a password for the owner, once. Somebody who has an account already keeps the password of that, and',
    'belongs to both workspaces.',
  ],
  async run({ options }) {
    const workspaceName = readValue('--name', nameSchema, options.name ?? '');
    const email = readValue('--owner-email', emailSchema, options['owner-email'] ?? '');
    const name = readValue('--owner-name', nameSchema, options['owner-name'] ?? '');
    const config = readSettings();
    await makeIfMissing(config);
    const { password } = await atRows(config, (pool) =>
      createWorkspaceByHand(pool, { workspaceName, owner: { name, email } }),
    );
    const signIn = password
      ? `Password: ${password}`
      : 'There is an account with this address already; its password stays as it is.';
    process.stdout.write(
      `The workspace ${workspaceName} is made.\nSign in at ${addressOf(config)} as ${email}\n${signIn}\n`,
    );
    return 0;
  },
};
