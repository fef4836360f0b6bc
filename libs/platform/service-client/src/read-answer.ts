import { ERROR_CODES } from '@modelyard/contracts';
import type { ErrorCode, FieldError, ServiceName } from '@modelyard/contracts';
import { AppError } from '@modelyard/platform-errors';
import type { Incoming } from './send-once';

/**
 * The body of a good answer.
 *
 * @throws AppError with the code and fields of the problem that the service answered with
 */
export function readAnswer(service: ServiceName, answer: Incoming): unknown {
  if (answer.status >= 400) throw problemOf(service, answer);
  return isJson(answer) ? parse(service, answer) : answer.text === '' ? undefined : answer.text;
}

export function retryAfterOf(answer: Incoming): number | undefined {
  const value = answer.headers['retry-after'];
  return typeof value === 'string' && /^\d+$/.test(value) ? Number(value) : undefined;
}

function problemOf(service: ServiceName, answer: Incoming): AppError {
  const problem = isJson(answer) ? (parse(service, answer) as Record<string, unknown> | null) : null;
  const code = ERROR_CODES.find((known) => known === problem?.['code']) ?? codeWithoutProblem(answer.status);
  const detail = typeof problem?.['detail'] === 'string' ? problem['detail'] : '';
  const cause = new Error(`${service} answered ${String(answer.status)}: ${detail}`);
  const retryAfterSeconds = retryAfterOf(answer);
  return new AppError(
    code,
    detail === '' ? `The ${service} service answered ${String(answer.status)}.` : detail,
    {
      fields: fieldsOf(problem?.['errors']),
      cause,
      ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
    },
  );
}

/** Not from our service itself, then: a proxy before it, or something else on its port. */
function codeWithoutProblem(status: number): ErrorCode {
  if (status === 504) return 'DEADLINE_EXCEEDED';
  if (status === 502 || status === 503) return 'DEPENDENCY_UNAVAILABLE';
  return 'INTERNAL';
}

function fieldsOf(errors: unknown): FieldError[] {
  if (!Array.isArray(errors)) return [];
  return errors.filter(
    (e): e is FieldError =>
      typeof (e as FieldError | null)?.path === 'string' && typeof (e as FieldError).message === 'string',
  );
}

function isJson({ headers }: Incoming): boolean {
  return /^application\/(.+\+)?json/i.test(String(headers['content-type'] ?? ''));
}

function parse(service: ServiceName, { text }: Incoming): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new AppError('DEPENDENCY_UNAVAILABLE', `The ${service} service gave an answer that is not JSON.`, {
      cause,
    });
  }
}
