import type { ErrorCode } from './error-code';

/** One wrong field. `path` is written as the client wrote it: `model.layers[2].filters`. */
export interface FieldError {
  path: string;
  message: string;
}

/** The body of every error on our own API: RFC 9457 `application/problem+json`. */
export interface Problem {
  /** A stable URI reference for the kind of problem: `/problems/validation-failed`. */
  type: string;
  title: string;
  status: number;
  code: ErrorCode;
  detail: string;
  instance?: string;
  requestId?: string;
  errors?: FieldError[];
}
