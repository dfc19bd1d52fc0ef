import type { Socket } from 'node:net';
import { type ErrorCode, errors, type Refusal, refuse } from '@deskbell/contract';
import type {
  ConnectionError,
  FastifyError,
  FastifyInstance,
  FastifyReply,
  FastifyRequest,
} from 'fastify';
import type { z } from 'zod';

/** Where a code of the catalogue is explained. */
const addressOf = (code: ErrorCode) => `/api/docs#${code}`;

/** Answers with problem details (RFC 9457); `code` is of the contract's catalogue. */
export function sendProblem(
  reply: FastifyReply,
  refusal: Refusal & { retryAfterMs?: number },
): FastifyReply {
  const { status, retry } = errors[refusal.code];
  const { retryAfterMs, ...rest } = refusal;
  if (retry) reply.header('retry-after', String(Math.ceil((retryAfterMs ?? 1000) / 1000)));
  return reply.code(status).type('application/problem+json').send(problemOf(rest));
}

export const tooMany = (waitMs: number): Refusal & { retryAfterMs: number } => ({
  ...refuse('too-many'),
  retryAfterMs: waitMs,
});

function problemOf(refusal: Refusal): string {
  const { status, title } = errors[refusal.code];
  return JSON.stringify({ type: addressOf(refusal.code), title, status, ...refusal });
}

/** For what is no HTTP, or has headers beyond measure: said to the bare socket, which is then closed. */
export function answerClientError(error: ConnectionError, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const code = error.code === 'HPE_HEADER_OVERFLOW' ? 'too-large' : 'invalid';
  const body = problemOf(refuse(code));
  const head = [
    `HTTP/1.1 ${errors[code].status} Refused`,
    'Content-Type: application/problem+json',
    `Content-Length: ${Buffer.byteLength(body)}`,
    'Connection: close',
  ];
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`);
}

/** The first thing that a schema found, as the refusal of a request. */
export function refusalOf(error: z.ZodError): Refusal {
  const [issue] = error.issues;
  const keys = issue?.code === 'unrecognized_keys' ? issue.keys : [];
  const field = [...(issue?.path ?? []), ...keys.slice(0, 1)].join('.') || undefined;
  return refuse(
    'invalid',
    `${field ?? 'The request'}: ${issue?.message ?? 'is not as it should be'}`,
    field ? { field } : undefined,
  );
}

/** Whatever goes wrong in a route ends here: a clear word outside, the error itself in the log. */
export function answerErrors(
  app: FastifyInstance,
  onBug: (error: unknown, request: FastifyRequest) => void,
): void {
  app.setErrorHandler((error: FastifyError, request, reply) =>
    answerError(error, reply, () => onBug(error, request)),
  );
}

/** For errors that come before any route: an address or a parameter that can't be read. */
export function answerFrameworkError(
  error: FastifyError,
  _request: FastifyRequest,
  reply: FastifyReply,
): void {
  sendProblem(reply, refuse(codeOfStatus(error.statusCode), error.message));
}

function answerError(error: FastifyError, reply: FastifyReply, onBug: () => void): FastifyReply {
  if (isDatabaseOutOfReach(error)) return sendProblem(reply, refuse('unavailable'));
  const code = codeOfStatus(error.statusCode);
  if (code !== 'failed') return sendProblem(reply, refuse(code, error.message));
  onBug();
  return sendProblem(reply, refuse('failed'));
}

/** Errors of the driver's connection, and PostgreSQL's classes 08 (connection), 53 (no room), 57P (going down). */
function isDatabaseOutOfReach({ code }: { code?: string }): boolean {
  return /^(CONNECT|ECONN|ENOTFOUND$|ETIMEDOUT$|EPIPE$|08|53|57P)/.test(code ?? '');
}

function codeOfStatus(status: number | undefined): ErrorCode {
  if (status === 413) return 'too-large';
  if (status === 429) return 'too-many';
  return status !== undefined && status >= 400 && status < 500 ? 'invalid' : 'failed';
}
