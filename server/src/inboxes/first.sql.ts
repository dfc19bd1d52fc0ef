import { type Queries, run } from '../platform/store/connect.ts';

/** The eldest inbox of the eldest workspace: what the demo pages show. Ids grow with time. */
export async function findFirstInbox(sql: Queries): Promise<{ key: string } | undefined> {
  const [row] = await run<{ key: string }>(
    sql,
    'select key from inboxes order by workspace_id, id limit 1',
  );
  return row;
}
