import type { ErrorCode } from '@modelyard/contracts';
import { HTTP_STATUS } from '@modelyard/platform-errors';
import { applyDecorators } from '@nestjs/common';
import { ApiBearerAuth, ApiOperation, ApiResponse } from '@nestjs/swagger';

/** Every service's document has it. */
const PROBLEM_SCHEMA = '#/components/schemas/Problem';

/** Every operation can answer with these. */
const ALWAYS: ErrorCode[] = [
  'VALIDATION_FAILED',
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'RATE_LIMITED',
  'DEPENDENCY_UNAVAILABLE',
];

const MEANINGS: Partial<Record<ErrorCode, string>> = {
  VALIDATION_FAILED: 'A field of the request is wrong; `errors` names it.',
  UNAUTHENTICATED: 'No API key, or one that is unknown, expired or revoked.',
  FORBIDDEN: 'The role of the API key does not allow this.',
  NOT_FOUND: 'What the path or the body names does not exist.',
  ALREADY_EXISTS: 'The name is taken.',
  CONFLICT: 'The state of the resource does not allow this.',
  PRECONDITION_FAILED: 'The resource has changed since its `ETag` was read.',
  IDEMPOTENCY_KEY_REUSED: 'The idempotency key was used with another request.',
  RATE_LIMITED: 'Too many requests with this key; `Retry-After` says when to come again.',
  DEPENDENCY_UNAVAILABLE:
    'The database or the artifact store cannot be reached; `Retry-After` says when to come again.',
  UNSUPPORTED_MEDIA_TYPE: 'The Content-Type is not one that this operation reads.',
};

/** Documents an operation: what it does, and the problems that it answers with beside the ones that all have. */
export function Operation(about: {
  summary: string;
  description: string;
  errors?: ErrorCode[];
}): MethodDecorator {
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of [...ALWAYS, ...(about.errors ?? [])]) {
    const status = HTTP_STATUS[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return applyDecorators(
    ApiOperation({ summary: about.summary, description: about.description }),
    ApiBearerAuth(),
    ...[...byStatus].map(([status, codes]) =>
      ApiResponse({
        status,
        description: codes.map((code) => `\`${code}\`: ${MEANINGS[code] ?? ''}`).join(' '),
        content: { 'application/problem+json': { schema: { $ref: PROBLEM_SCHEMA } } },
      }),
    ),
  );
}
