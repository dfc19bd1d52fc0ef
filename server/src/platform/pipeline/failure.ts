/** What went wrong with a batch, by what is to be done about it. */
export type Failure =
  /** Connection or database gone, a lock not had in time, a deadlock: the same batch is sent again. */
  | 'again'
  /** The database has no room (disk, memory, connections): callers are told to come back. */
  | 'full'
  /** A statement was wrong: commands are run one by one, and only the guilty one fails. */
  | 'guilty';

const connectionErrors = new Set([
  'CONNECTION_CLOSED',
  'CONNECTION_ENDED',
  'CONNECTION_DESTROYED',
  'CONNECT_TIMEOUT',
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ENOTFOUND',
  'ETIMEDOUT',
  'ENOENT',
]);
/** Classes of SQLSTATE (PostgreSQL documentation, appendix A) after which a repetition is right. */
const repeatable = /^(08|40|57)|^(55P03|25P02|25P03|25006)$/;

export function classify(error: unknown): Failure {
  const code = codeOf(error);
  if (connectionErrors.has(code) || repeatable.test(code)) return 'again';
  return code.startsWith('53') ? 'full' : 'guilty';
}

function codeOf(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}
