import type { ErrorCode, FieldError } from '@modelyard/contracts';

export interface AppErrorOptions {
  /** What is wrong with which field, with paths as the client wrote them: `rows[2].name`. */
  fields?: FieldError[];
  /** What lies behind the error. It is logged, and never shown to a client. */
  cause?: unknown;
  /** When it is worth trying again; becomes the `Retry-After` header. */
  retryAfterSeconds?: number;
}

/** The one error type. `code` says what kind, `detail` what happened and how to put it right, for the client to read. */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly fields: FieldError[];
  readonly retryAfterSeconds?: number;

  constructor(
    readonly code: ErrorCode,
    detail: string,
    options: AppErrorOptions = {},
  ) {
    super(detail, options.cause === undefined ? undefined : { cause: options.cause });
    this.fields = options.fields ?? [];
    if (options.retryAfterSeconds !== undefined) this.retryAfterSeconds = options.retryAfterSeconds;
  }
}
