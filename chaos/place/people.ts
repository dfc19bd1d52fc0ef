import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { Database } from './database.ts';

/** Who takes part: one workspace with one inbox, its agents, and visitors with secrets of their own. */
export interface People {
  workspaceId: string;
  inboxId: string;
  inboxKey: string;
  agents: { id: string; token: string }[];
  visitors: { token: string }[];
}

const token = () => randomBytes(24).toString('hex');

/** Makes the workspace as a first visit does, then its agents. */
export async function settle(
  database: Database,
  at: { url: string; agents: number; visitors: number },
): Promise<People> {
  await visitFirst(at.url);
  const [inbox] = await database.sql<{ id: string; workspaceId: string; key: string }[]>`
    select id, workspace_id as "workspaceId", key from inboxes`;
  if (!inbox) throw new Error('the first visit made no inbox');
  const agents = Array.from({ length: at.agents }, () => ({ id: randomUUID(), token: token() }));
  await addAgents(database, { workspaceId: inbox.workspaceId, agents });
  return {
    workspaceId: inbox.workspaceId,
    inboxId: inbox.id,
    inboxKey: inbox.key,
    agents,
    visitors: Array.from({ length: at.visitors }, () => ({ token: token() })),
  };
}

async function visitFirst(url: string): Promise<void> {
  const answer = await fetch(`${url}/api/v1/setup`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      workspaceName: 'Chaos',
      name: 'Olga Owner',
      email: 'olga@example.org',
      password: 'lantern orbit walnut ferry 47',
    }),
  });
  if (!answer.ok) throw new Error(`the first visit: ${answer.status} ${await answer.text()}`);
}

/** Straight into the tables, before anybody has connected: signing twenty people in is tested elsewhere. */
async function addAgents(
  { sql }: Database,
  given: { workspaceId: string; agents: People['agents'] },
): Promise<void> {
  const { workspaceId, agents } = given;
  const until = Date.now() + 86_400_000;
  await sql.begin(async (transaction) => {
    for (const [index, agent] of agents.entries()) {
      const userId = randomUUID();
      const email = `agent${index}@example.org`;
      const hash = createHash('sha256').update(agent.token).digest();
      await transaction`insert into users (id, email, password_hash, created_at) values (${userId}, ${email}, '', 0)`;
      await transaction`
        insert into agents (workspace_id, id, user_id, version, name, email, role, is_active, rights, availability, availability_at)
        values (${workspaceId}, ${agent.id}, ${userId}, 1, ${`Agent ${index}`}, ${email}, 'agent', true, 1, 'online', ${Date.now()})`;
      await transaction`
        insert into sessions (token_hash, user_id, workspace_id, created_at, last_used_at, expires_at)
        values (${hash}, ${userId}, ${workspaceId}, ${Date.now()}, ${Date.now()}, ${until})`;
    }
    // Agents take whatever waits.
    await transaction`update workspaces set settings = settings || '{"capacity": 1000}'`;
    await transaction`
      update inboxes set member_ids = (
        select jsonb_agg(id) from agents where workspace_id = ${workspaceId} and role = 'agent')`;
  });
}
