import { randomInt } from 'node:crypto';
import { newId } from '../platform/ids.ts';
import type { Pool, Queries } from '../platform/store/connect.ts';
import { insertWholeWorkspace } from './new-workspace.ts';
import { hashPassword } from './passwords.ts';
import * as store from './sql.ts';

/** What the person at the server's own terminal may do, who needs no rights in any workspace. */

interface Owner {
  name: string;
  email: string;
}

/**
 * Makes a further workspace. Answers the password that was made up for its owner, or null where the owner has an account
 * already and signs in with the password of that.
 */
export async function createWorkspaceByHand(
  pool: Pool,
  { workspaceName, owner }: { workspaceName: string; owner: Owner },
): Promise<{ password: string | null }> {
  const password = madeUpPassword();
  const user = {
    id: newId(Date.now()),
    email: owner.email,
    passwordHash: await hashPassword(password),
  };
  return pool.begin(async (transaction) => {
    const sql = transaction as unknown as Queries;
    const made = await store.insertUser(sql, user);
    const known = made ?? (await store.findUser(sql, owner.email));
    if (!known) throw new Error('the account went away meanwhile');
    await insertWholeWorkspace(sql, {
      workspaceName,
      owner: { ...owner, userId: known.id },
      availability: 'offline',
    });
    return { password: made ? password : null };
  });
}

/** No letter that is taken for another when read aloud or copied by hand. */
const LETTERS = 'abcdefghjkmnpqrstuvwxyz23456789';

/** Four groups of five: 99 bits. */
function madeUpPassword(): string {
  const group = () => Array.from({ length: 5 }, () => LETTERS[randomInt(LETTERS.length)]).join('');
  return [group(), group(), group(), group()].join('-');
}
