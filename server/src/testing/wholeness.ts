import { expect } from 'vitest';
import type { World } from './world.ts';

/** Nothing is half done: the log has no gap, and rows fit it and one another. */
export async function expectWhole({ server }: World): Promise<void> {
  const [found] = await server.engine.pool<Record<string, number>[]>`
    select
      (select count(*) from (
        select position - row_number() over (partition by workspace_id order by position) as shift from log) as l
        where shift <> 0)::int as "gaps in the log",
      (select count(*) from conversations c where c.seq <> (
        select count(*) from timeline t where t.workspace_id = c.workspace_id and t.conversation_id = c.id))::int
        as "conversations with a gap",
      (select count(*) from conversations c where not exists (
        select from contacts k where k.workspace_id = c.workspace_id and k.id = c.contact_id))::int
        as "conversations of nobody",
      (select count(*) from timeline t where not exists (
        select from log l where l.workspace_id = t.workspace_id and l.id = t.conversation_id and l.version = t.seq))::int
        as "entries that no event tells of",
      (select count(*) from commands c where not exists (
        select from log l where l.workspace_id = c.workspace_id and l.position = c.position))::int
        as "answers at no position"`;
  for (const [what, number] of Object.entries(found ?? {})) expect(number, what).toBe(0);
}
