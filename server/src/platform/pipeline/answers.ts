import { hash } from 'node:crypto';
import { column, textColumn } from '../store/columns.ts';
import { type Queries, run } from '../store/connect.ts';
import type { Statement } from '../store/statement.ts';
import type { Command, Handler, Recall } from './command.ts';

/** What was answered to a command, kept 30 days under the sender's own id. */
export interface KeptAnswer {
  clientId: string;
  actor: string;
  inputHash: string;
  /** null: nobody knows any more; it lies before the end of the log. */
  position: number | null;
  /** As JSON. */
  answer: string;
}

export const nameOf = (each: { clientId: string; actor: string }) =>
  `${each.clientId}${each.actor}`;

/** 16 bytes are enough: it tells a repeated command from another under the same id, of the same sender. */
export function hashInput(command: { kind: string; input: object }): string {
  return hash('md5', command.kind + JSON.stringify(command.input), 'hex');
}

/** What was answered to these commands before, by {@link nameOf}. */
export async function recall(
  sql: Queries,
  workspaceId: string,
  work: { commands: readonly Command[]; handlers: ReadonlyMap<string, Handler> },
): Promise<Map<string, KeptAnswer>> {
  const bySource = Map.groupBy(
    work.commands,
    ({ kind }) => work.handlers.get(kind)?.recall ?? recallKept,
  );
  const found = await Promise.all(
    [...bySource].map(([source, commands]) => source(sql, workspaceId, commands)),
  );
  return new Map(found.flat().map((row) => [nameOf(row), row]));
}

const recallKept: Recall = (sql, workspaceId, commands) =>
  run<KeptAnswer>(
    sql,
    // Lateral with a limit: one probe of the index each, whatever the planner believes of the table's size.
    `select kept.* from unnest($2::uuid[], $3::uuid[]) as asked(id, by)
     cross join lateral (
       select client_id as "clientId", actor, encode(input_hash, 'hex') as "inputHash", position, answer
       from commands where workspace_id = $1 and client_id = asked.id and actor = asked.by limit 1) as kept`,
    [
      workspaceId,
      column(commands, (each) => each.clientId),
      column(commands, (each) => each.actor.id),
    ],
  );

export function keep(
  workspaceId: string,
  { at, answers }: { at: number; answers: readonly KeptAnswer[] },
): Statement {
  return {
    text: `insert into commands (workspace_id, at, client_id, actor, input_hash, position, answer)
     select $1, $2::bigint, client_id, actor, decode(input_hash, 'hex'), position, answer
     from unnest($3::uuid[], $4::uuid[], $5::text[], $6::bigint[], $7::text[]) as t(client_id, actor, input_hash, position, answer)`,
    parameters: [
      workspaceId,
      at,
      column(answers, (each) => each.clientId),
      column(answers, (each) => each.actor),
      column(answers, (each) => each.inputHash),
      column(answers, (each) => each.position),
      textColumn(answers, (each) => each.answer),
    ],
  };
}
