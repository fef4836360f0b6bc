import type { ErrorCode } from '@modelyard/contracts';
import { AppError } from '@modelyard/platform-errors';

/** Thrown by a handler when trying again cannot help: the job fails at once, however many attempts are left. */
export class PermanentJobError extends Error {
  override readonly name = 'PermanentJobError';

  constructor(detail: string, options?: { cause?: unknown }) {
    super(detail, options);
  }
}

/** Whether the same job may succeed later without anybody changing anything. */
const MAY_PASS: Record<ErrorCode, boolean> = {
  VALIDATION_FAILED: false,
  MALFORMED_BODY: false,
  BODY_TOO_LARGE: false,
  UNSUPPORTED_MEDIA_TYPE: false,
  UNAUTHENTICATED: false,
  FORBIDDEN: false,
  ROUTE_NOT_FOUND: false,
  METHOD_NOT_ALLOWED: false,
  NOT_FOUND: false,
  ALREADY_EXISTS: false,
  CONFLICT: true, // another transaction was faster
  PRECONDITION_FAILED: false,
  IDEMPOTENCY_KEY_REUSED: false,
  RATE_LIMITED: true,
  OVERLOADED: true,
  DEADLINE_EXCEEDED: true,
  DEPENDENCY_UNAVAILABLE: true,
  NOT_READY: true,
  INTERNAL: true,
};

export function isPermanent(error: unknown): boolean {
  if (error instanceof PermanentJobError) return true;
  return error instanceof AppError && !MAY_PASS[error.code];
}
