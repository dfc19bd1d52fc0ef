import type { ErrorCode } from '@deskbell/contract';
import { placeHeaders } from './place.ts';

/** Why the server said no, or that it couldn't be asked (`unavailable`). */
export interface Problem {
  code: ErrorCode;
  /** In English, with what was found; screens say it in the agent's language by the code. */
  detail: string;
  /** The input at fault. */
  field?: string;
  /** When it may be tried again. */
  retryAfterMs?: number;
}

type Method = 'GET' | 'POST' | 'PATCH' | 'PUT' | 'DELETE';

/** Asks /api/v1 for what isn't live. `Answer` is what the contract promises; {} where there is nothing to say. */
export async function ask<Answer extends object>(
  method: Method,
  path: string,
  body?: object,
): Promise<Answer | Problem> {
  try {
    const response = await fetch(`/api/v1${path}`, {
      method,
      headers: { ...placeHeaders(), ...(body && { 'content-type': 'application/json' }) },
      ...(body && { body: JSON.stringify(body) }),
    });
    const value: unknown = response.status === 204 ? {} : await response.json();
    return response.ok ? (value as Answer) : { ...problemOf(value), ...patienceOf(response) };
  } catch {
    return outOfReach;
  }
}

export function isProblem(answer: object): answer is Problem {
  return 'code' in answer && 'detail' in answer;
}

const outOfReach: Problem = { code: 'unavailable', detail: 'The server is out of reach' };

/** Problem details (RFC 9457) with a code of the catalogue; what else comes is a proxy speaking for a dead server. */
function problemOf(value: unknown): Problem {
  if (typeof value !== 'object' || value === null || !('code' in value)) return outOfReach;
  const { code, detail = '', field } = value as Problem;
  return { code, detail, ...(field !== undefined && { field }) };
}

function patienceOf({ headers }: Response): Pick<Problem, 'retryAfterMs'> {
  const seconds = Number(headers.get('retry-after') ?? 0);
  return seconds > 0 ? { retryAfterMs: seconds * 1000 } : {};
}
