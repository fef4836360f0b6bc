import { types } from 'node:util';
import { AppError } from '@modelyard/platform-errors';

/** How the socket, or pg itself, says that PostgreSQL cannot be reached. */
const UNREACHABLE_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]);
const UNREACHABLE_MESSAGES =
  /^Connection terminated|timeout exceeded when trying to connect|^Query read timeout|not queryable|Cannot use a pool after calling end/;

interface PostgresError extends Error {
  /** SQLSTATE, or the system's error code. */
  code?: string;
  constraint?: string;
  detail?: string;
}

/**
 * What a failed query means to the one who asked for it.
 *
 * @param error anything thrown by a query; Drizzle's wrapping is looked through
 * @returns an error with that one as its cause, or undefined for what is our own mistake (a syntax error, say)
 */
export function mapDatabaseError(error: unknown): AppError | undefined {
  if (error instanceof AppError) return error;
  const found = causes(error).find(
    (cause) => cause.code !== undefined || UNREACHABLE_MESSAGES.test(cause.message),
  );
  if (found === undefined) return undefined;
  const code = found.code ?? '';
  if (UNREACHABLE_CODES.has(code) || UNREACHABLE_MESSAGES.test(found.message)) return unavailable(error);
  if (!/^[0-9A-Z]{5}$/.test(code)) return undefined;

  if (code === '23505') return new AppError('ALREADY_EXISTS', 'It exists already.', { cause: error });
  if (code === '23503') {
    return new AppError(
      'CONFLICT',
      'It refers to something that does not exist, or something refers to it.',
      {
        cause: error,
      },
    );
  }
  // Class 22: the data itself, such as a NUL character in a text, or a number beyond its column. 23514: a CHECK.
  if (code.startsWith('22') || code === '23514') {
    return new AppError('VALIDATION_FAILED', `The database cannot hold this value: ${found.message}.`, {
      cause: error,
    });
  }
  if (code === '57014')
    return new AppError('DEADLINE_EXCEEDED', 'The query took too long.', { cause: error });
  // A serialization failure or a deadlock: the same request may succeed at once.
  if (code === '40001' || code === '40P01') {
    return new AppError('CONFLICT', 'Another request changed the same things; try again.', { cause: error });
  }
  // 08: connection; 53: out of connections, memory or disk; 57P0x: shutting down or starting up; 25P02 is never first.
  if (code.startsWith('08') || code.startsWith('53') || code.startsWith('57P0')) return unavailable(error);
  return undefined;
}

/** The constraint that a failed query violated, when that is why it failed. */
export function violatedConstraint(error: unknown): string | undefined {
  return causes(error).find((cause) => cause.code?.startsWith('23'))?.constraint;
}

function unavailable(cause: unknown): AppError {
  return new AppError('DEPENDENCY_UNAVAILABLE', 'The database cannot be reached.', {
    retryAfterSeconds: 1,
    cause,
  });
}

function causes(error: unknown): PostgresError[] {
  const chain: PostgresError[] = [];
  // Not `instanceof`: Node's own errors are no instances of the Error of Jest's realm.
  for (let next = error; types.isNativeError(next) && chain.length < 10; next = next.cause) {
    chain.push(next);
    // A host with several addresses fails with all of their errors at once.
    if ('errors' in next && Array.isArray(next.errors)) chain.push(...(next.errors as Error[]));
  }
  return chain;
}
