import type { Problem } from '@modelyard/contracts';
import { HTTP_STATUS, PROBLEM_TITLES } from './http-status';
import { toAppError } from './to-app-error';

export interface ProblemContext {
  requestId?: string;
  /** The path of the request, without its query (queries may hold secrets). */
  instance?: string;
}

/**
 * The RFC 9457 body of any error. Unknown errors, and those with the code `INTERNAL`, say nothing of what happened:
 * the request id finds it in the log.
 */
export function toProblem(error: unknown, context: ProblemContext): Problem {
  const { code, message, fields } = toAppError(error);
  const opaque = `Something went wrong on our side. The log has it under the request id${
    context.requestId === undefined ? '' : ` ${context.requestId}`
  }.`;
  return {
    type: `/problems/${code.toLowerCase().replaceAll('_', '-')}`,
    title: PROBLEM_TITLES[code],
    status: HTTP_STATUS[code],
    code,
    detail: code === 'INTERNAL' ? opaque : message,
    ...(context.instance === undefined ? {} : { instance: context.instance }),
    ...(context.requestId === undefined ? {} : { requestId: context.requestId }),
    ...(fields.length === 0 || code === 'INTERNAL' ? {} : { errors: fields }),
  };
}
