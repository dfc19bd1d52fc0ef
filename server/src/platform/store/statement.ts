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
  const parameters: Parameter[] = [];
  const parts = statements.map((statement, index) => {
    const offset = parameters.length;
    parameters.push(...statement.parameters);
    return `part${index} as (${shifted(statement.text, offset)})`;
  });
  return { text: `with ${parts.join(', ')} select 1`, parameters };
}

export function runStatement(sql: Queries, { text, parameters }: Statement): Promise<object[]> {
  return run(sql, text, parameters);
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
