import { type ErrorCode, errors, type Refusal } from '@deskbell/contract';
import type { FastifyInstance, FastifyReply } from 'fastify';

/** Answers with problem details (RFC 9457); `code` is of the contract's catalogue. */
export function sendProblem(reply: FastifyReply, refusal: Refusal): FastifyReply {
  const { status, title, retry } = errors[refusal.code];
  if (retry) reply.header('retry-after', '1');
  return reply
    .code(status)
    .type('application/problem+json')
    .send(JSON.stringify({ type: `/api/docs#${refusal.code}`, title, status, ...refusal }));
}

/** Whatever goes wrong in a route ends here: a clear word outside, the error itself in the log. */
export function answerErrors(app: FastifyInstance): void {
  app.setNotFoundHandler((_request, reply) =>
    sendProblem(reply, { code: 'not-found', detail: errors['not-found'].title }),
  );
  app.setErrorHandler(
    (
      error: Error & {
        statusCode?: number;
        validation?: { instancePath?: string; message?: string }[];
      },
      request,
      reply,
    ) => {
      const issue = error.validation?.[0];
      if (issue) {
        const field = issue.instancePath?.replace(/^\//, '').replaceAll('/', '.') || undefined;
        return sendProblem(reply, {
          code: 'invalid',
          detail: `${field ?? 'The request'}: ${issue.message ?? 'is not as it should be'}`,
          ...(field ? { field } : {}),
        });
      }
      const code = codeOfStatus(error.statusCode);
      if (code === 'failed') request.log.error({ err: error }, 'a request failed');
      return sendProblem(reply, {
        code,
        detail: code === 'failed' ? errors.failed.title : error.message,
      });
    },
  );
}

function codeOfStatus(status: number | undefined): ErrorCode {
  if (status === 413) return 'too-large';
  if (status === 429) return 'too-many';
  return status !== undefined && status >= 400 && status < 500 ? 'invalid' : 'failed';
}
