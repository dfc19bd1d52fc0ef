import { type Refusal, refuse } from '@deskbell/contract';
import type { Pool, Queries } from '../platform/store/connect.ts';
import { insertWholeWorkspace } from './new-workspace.ts';
import type { Membership } from './sql.ts';
import { hashToken } from './tokens.ts';
import { findIdentity, keepLastUsed, ownsSomeWorkspace } from './workspaces.sql.ts';

/** Who may make a further workspace on this server: who owns one here, whoever is signed in, or nobody. */
export type NewWorkspaces = 'owners' | 'everybody' | 'nobody';

/** The workspaces of one sign-in. */
export class Workspaces {
  private readonly parts: { pool: Pool; newWorkspaces: NewWorkspaces };

  constructor(parts: { pool: Pool; newWorkspaces: NewWorkspaces }) {
    this.parts = parts;
  }

  async mayCreate(agent: Membership): Promise<boolean> {
    const { pool, newWorkspaces } = this.parts;
    if (newWorkspaces !== 'owners') return newWorkspaces === 'everybody';
    const identity = await findIdentity(pool, agent);
    return identity !== undefined && ownsSomeWorkspace(pool, identity.userId);
  }

  /** A further workspace, which this person owns under the name that they have here. */
  async create(agent: Membership, workspaceName: string): Promise<Membership | Refusal> {
    if (!(await this.mayCreate(agent)))
      return refuse('forbidden', 'Further workspaces are not yours to make on this server');
    const { pool } = this.parts;
    const owner = await findIdentity(pool, agent);
    if (!owner) return refuse('session-ended');
    return pool.begin((transaction) =>
      insertWholeWorkspace(transaction as unknown as Queries, {
        ...{ workspaceName, owner },
        availability: 'online',
      }),
    ) as Promise<Membership>;
  }

  /** From now on this is where they come in, after signing in and where nobody says which. */
  async keepLastUsed(token: string, workspaceId: string): Promise<void> {
    await keepLastUsed(this.parts.pool, { tokenHash: hashToken(token), workspaceId });
  }
}
