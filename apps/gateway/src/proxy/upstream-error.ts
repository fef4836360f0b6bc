import { AppError } from '@modelyard/platform-errors';
import type { UpstreamName } from './upstreams';

const UNREACHABLE: ReadonlySet<string> = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EPIPE',
  'ETIMEDOUT',
  'UND_ERR_CONNECT_TIMEOUT',
  'UND_ERR_SOCKET',
  'UND_ERR_CLOSED',
  'UND_ERR_DESTROYED',
]);
const TOO_SLOW: ReadonlySet<string> = new Set(['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT']);

/** What a failed request to a service means to the client. */
export function toUpstreamError(error: unknown, service: UpstreamName): AppError {
  if (error instanceof AppError) return error;
  const code = codeOf(error);
  if (TOO_SLOW.has(code)) {
    return new AppError('DEADLINE_EXCEEDED', `The ${service} service took too long to answer.`, {
      cause: error,
    });
  }
  if (UNREACHABLE.has(code) || code.startsWith('HPE_')) {
    return new AppError('DEPENDENCY_UNAVAILABLE', `The ${service} service cannot be reached at the moment.`, {
      cause: error,
      retryAfterSeconds: 1,
    });
  }
  if (code === 'UND_ERR_REQ_CONTENT_LENGTH_MISMATCH') {
    return new AppError('MALFORMED_BODY', 'The body is not as long as Content-Length says.', {
      cause: error,
    });
  }
  return new AppError('INTERNAL', 'The request could not be passed on.', { cause: error });
}

/** Whether the connection broke before anything came back: then a request without effects may go out again. */
export function isBrokenConnection(error: unknown): boolean {
  return ['UND_ERR_SOCKET', 'ECONNRESET', 'EPIPE'].includes(codeOf(error));
}

function codeOf(error: unknown): string {
  const code = (error as { code?: unknown } | null | undefined)?.code;
  return typeof code === 'string' ? code : '';
}
