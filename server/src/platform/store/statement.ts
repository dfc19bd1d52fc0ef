import { type Parameter, type Queries, run } from './connect.ts';

/** A statement and what stands for its `$1`, `$2` …. */
export interface Statement {
  text: string;
  parameters: Parameter[];
}

/**
 * Several writing statements as one, each a part of a `with`: one message to the database, one
 * snapshot, one answer. They see the same rows as before and must not change the same one.
 */
export function together(statements: readonly Statement[]): Statement {
  const { parts, parameters } = partsOf(statements, []);
  return { text: `with ${parts.join(', ')} select 1`, parameters };
}

/** The same after a check that raises when they must not run; answers what the check selects. */
export function checked(check: Statement, statements: readonly Statement[]): Statement {
  const { parts, parameters } = partsOf(statements, check.parameters);
  const all = [`checked as materialized (${check.text})`, ...parts];
  return { text: `with ${all.join(', ')} select * from checked`, parameters };
}

function partsOf(statements: readonly Statement[], given: readonly Parameter[]) {
  const parameters = [...given];
  const parts = statements.map((statement, index) => {
    const offset = parameters.length;
    parameters.push(...statement.parameters);
    return `part${index} as (${shifted(statement.text, offset)})`;
  });
  return { parts, parameters };
}

export function runStatement<Row extends object>(
  sql: Queries,
  { text, parameters }: Statement,
): Promise<Row[]> {
  return run<Row>(sql, text, parameters);
}

/** Few texts at few offsets: each is renumbered once. */
const renumbered = new Map<string, Map<number, string>>();

function shifted(text: string, offset: number): string {
  if (offset === 0) return text;
  const byOffset = renumbered.get(text) ?? new Map<number, string>();
  renumbered.set(text, byOffset);
  let result = byOffset.get(offset);
  if (result === undefined) {
    result = text.replace(/\$(\d+)/g, (_match, number: string) => `$${Number(number) + offset}`);
    byOffset.set(offset, result);
  }
  return result;
}
