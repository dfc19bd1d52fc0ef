/**
 * Array literals of PostgreSQL (documentation 8.15.2), for `unnest($1::uuid[], …)`: one statement
 * writes a whole batch. Made here rather than by the driver, which would fetch array types at each
 * connect and quote every element.
 */

/** Of words that need no quoting: UUIDs, numbers, kinds, booleans. */
export function words(values: readonly (string | number | boolean | null)[]): string {
  let literal = '{';
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index];
    if (index > 0) literal += ',';
    literal += value === null || value === undefined ? 'NULL' : value;
  }
  return `${literal}}`;
}

const special = /["\\]/g;

/** Of any text: quoted, with quotes and backslashes escaped. */
function texts(values: readonly (string | null)[]): string {
  let literal = '{';
  for (let index = 0; index < values.length; index += 1) {
    const value = values[index];
    if (index > 0) literal += ',';
    literal += value === null || value === undefined ? 'NULL' : quote(value);
  }
  return `${literal}}`;
}

/** Of JSON documents; null stays SQL's null. */
function documents(values: readonly unknown[]): string {
  return texts(values.map((value) => (value === null ? null : JSON.stringify(value))));
}

function quote(text: string): string {
  return text.includes('"') || text.includes('\\')
    ? `"${text.replace(special, '\\$&')}"`
    : `"${text}"`;
}

/** Turns rows into one literal per column; null where every value is, which `unnest` fills up by itself. */
export function column<Row>(
  rows: readonly Row[],
  read: (row: Row) => string | number | boolean | null,
): string | null {
  const values = rows.map(read);
  return values.every(isNull) ? null : words(values);
}
export function textColumn<Row>(
  rows: readonly Row[],
  read: (row: Row) => string | null,
): string | null {
  const values = rows.map(read);
  return values.every(isNull) ? null : texts(values);
}
export function documentColumn<Row>(
  rows: readonly Row[],
  read: (row: Row) => unknown,
): string | null {
  const values = rows.map(read);
  return values.every(isNull) ? null : documents(values);
}

const isNull = (value: unknown) => value === null;
