import { type AlertChoices, type Alerts, alertChoicesSchema } from '@deskbell/contract';
import { type Queries, run } from '../platform/store/connect.ts';

/** What an agent wants to be told; the defaults where they never chose. */
export async function findAlerts(
  sql: Queries,
  workspaceId: string,
  agentId: string,
): Promise<Alerts> {
  const [row] = await run<AlertsRow>(
    sql,
    'select version, choices from alerts where workspace_id = $1 and agent_id = $2',
    [workspaceId, agentId],
  );
  return alertsOf(agentId, row);
}

interface AlertsRow {
  version: number;
  choices: unknown;
}

const alertsOf = (agentId: string, row: AlertsRow | undefined): Alerts => ({
  ...alertChoicesSchema.parse(row?.choices ?? {}),
  id: agentId as Alerts['id'],
  version: row?.version ?? 0,
});

type SomeChoices = { [Choice in keyof AlertChoices]?: AlertChoices[Choice] | undefined };

/** Changes what is named; the rest stays. */
export async function changeAlerts(
  sql: Queries,
  workspaceId: string,
  { agentId, changed }: { agentId: string; changed: SomeChoices },
): Promise<Alerts> {
  const [row] = await run<AlertsRow>(
    sql,
    `insert into alerts as a (workspace_id, agent_id, version, choices) values ($1, $2, 1, $3::text::jsonb)
     on conflict (workspace_id, agent_id) do update set version = a.version + 1, choices = a.choices || excluded.choices
     returning version, choices`,
    [workspaceId, agentId, JSON.stringify(changed)],
  );
  return alertsOf(agentId, row);
}
