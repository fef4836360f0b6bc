import type { ErrorCode } from '@modelyard/contracts';
import { BadRequestException, HttpException } from '@nestjs/common';
import { AppError } from './app-error';

/** What an error of Fastify or Nest means to us, by its status. Statuses that are not here are internal errors. */
const CODES_BY_STATUS: Record<number, { code: ErrorCode; detail: string }> = {
  401: { code: 'UNAUTHENTICATED', detail: 'Send valid credentials.' },
  403: { code: 'FORBIDDEN', detail: 'Your credentials do not allow this.' },
  404: { code: 'ROUTE_NOT_FOUND', detail: 'There is nothing at this path.' },
  405: { code: 'METHOD_NOT_ALLOWED', detail: 'This path does not take this method.' },
  408: { code: 'DEADLINE_EXCEEDED', detail: 'The request took too long to arrive.' },
  409: { code: 'CONFLICT', detail: 'The request conflicts with the present state.' },
  413: { code: 'BODY_TOO_LARGE', detail: 'Send a smaller body.' },
  414: { code: 'VALIDATION_FAILED', detail: 'The URL is too long.' },
  415: {
    code: 'UNSUPPORTED_MEDIA_TYPE',
    detail: 'Send the body as application/json, and say so in Content-Type.',
  },
  429: { code: 'RATE_LIMITED', detail: 'Send fewer requests.' },
  503: { code: 'NOT_READY', detail: 'Try again in a moment.' },
};

/** Fastify's 400s by their sentences: Nest wraps them and drops their codes. */
const BAD_REQUESTS: { says: RegExp; code: ErrorCode; detail: string }[] = [
  { says: /not a valid url/, code: 'VALIDATION_FAILED', detail: 'The path has a broken percent-encoding.' },
  {
    says: /Body cannot be empty/,
    code: 'MALFORMED_BODY',
    detail: 'The body is empty. Send a JSON value, or leave Content-Type out.',
  },
  {
    says: /Content-Length/,
    code: 'MALFORMED_BODY',
    detail: 'The body is not as long as Content-Length says.',
  },
];

/**
 * Turns whatever was thrown into our one error type. Errors of Fastify and Nest become the code that fits; all else
 * is `INTERNAL` with the thrown value as its cause.
 */
export function toAppError(error: unknown): AppError {
  if (error instanceof AppError) return error;
  const status = statusOf(error);
  if (status === 400) return badRequest(error);
  const known = status === undefined ? undefined : CODES_BY_STATUS[status];
  if (known !== undefined) return new AppError(known.code, known.detail, { cause: error });
  if (status !== undefined && status > 400 && status < 500) {
    return new AppError('VALIDATION_FAILED', messageOf(error), { cause: error });
  }
  return new AppError('INTERNAL', 'Something went wrong on our side.', { cause: error });
}

function badRequest(error: unknown): AppError {
  // Nest's own pipes (ParseIntPipe and the like) throw this; their sentences are written for clients.
  if (error instanceof BadRequestException)
    return new AppError('VALIDATION_FAILED', error.message, { cause: error });
  const known = BAD_REQUESTS.find(({ says }) => says.test(messageOf(error)));
  return new AppError(known?.code ?? 'MALFORMED_BODY', known?.detail ?? 'The body is not valid JSON.', {
    cause: error,
  });
}

/**
 * Nest's exceptions and Fastify's errors (its plugins' too) speak of the request. Errors of other libraries may have
 * a status as well, but that is of some answer that they got, and none of our client's business.
 */
function statusOf(error: unknown): number | undefined {
  if (error instanceof HttpException) return error.getStatus();
  const { name, statusCode } = (error ?? {}) as { name?: unknown; statusCode?: unknown };
  return name === 'FastifyError' && typeof statusCode === 'number' ? statusCode : undefined;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : '';
}
