import type { ErrorCode } from '@modelyard/contracts';

/** The HTTP status of every code. A new code without a status does not compile. */
export const HTTP_STATUS: Record<ErrorCode, number> = {
  VALIDATION_FAILED: 400,
  MALFORMED_BODY: 400,
  BODY_TOO_LARGE: 413,
  UNSUPPORTED_MEDIA_TYPE: 415,
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  ROUTE_NOT_FOUND: 404,
  METHOD_NOT_ALLOWED: 405,
  NOT_FOUND: 404,
  ALREADY_EXISTS: 409,
  CONFLICT: 409,
  PRECONDITION_FAILED: 412,
  IDEMPOTENCY_KEY_REUSED: 422,
  RATE_LIMITED: 429,
  OVERLOADED: 503,
  DEADLINE_EXCEEDED: 504,
  DEPENDENCY_UNAVAILABLE: 503,
  NOT_READY: 503,
  INTERNAL: 500,
};

/** The short, unchanging name of every kind of problem. */
export const PROBLEM_TITLES: Record<ErrorCode, string> = {
  VALIDATION_FAILED: 'The request is not valid',
  MALFORMED_BODY: 'The body cannot be read',
  BODY_TOO_LARGE: 'The body is too large',
  UNSUPPORTED_MEDIA_TYPE: 'The content type is not supported',
  UNAUTHENTICATED: 'Authentication is needed',
  FORBIDDEN: 'Not allowed',
  ROUTE_NOT_FOUND: 'No such route',
  METHOD_NOT_ALLOWED: 'The method is not allowed here',
  NOT_FOUND: 'Not found',
  ALREADY_EXISTS: 'It exists already',
  CONFLICT: 'The request conflicts with the present state',
  PRECONDITION_FAILED: 'It has changed in the meantime',
  IDEMPOTENCY_KEY_REUSED: 'The idempotency key was used for another request',
  RATE_LIMITED: 'Too many requests',
  OVERLOADED: 'Overloaded',
  DEADLINE_EXCEEDED: 'It took too long',
  DEPENDENCY_UNAVAILABLE: 'Something that is needed is unavailable',
  NOT_READY: 'Not ready yet',
  INTERNAL: 'Internal error',
};
