import type { ErrorCode, Problem } from '@modelyard/contracts';
import { HTTP_STATUS, PROBLEM_TITLES } from '@modelyard/platform-errors';

/** What the gateway itself may answer to any request, whatever the service says of its operation. */
const GATEWAY_ERRORS: { name: string; code: ErrorCode; detail: string }[] = [
  { name: 'Unauthenticated', code: 'UNAUTHENTICATED', detail: 'The API key is not known, or was revoked.' },
  {
    name: 'Forbidden',
    code: 'FORBIDDEN',
    detail: 'This needs the role editor; the key "laptop" has viewer.',
  },
  { name: 'BodyTooLarge', code: 'BODY_TOO_LARGE', detail: 'The body is larger than 67108864 bytes.' },
  { name: 'RateLimited', code: 'RATE_LIMITED', detail: 'This key has used up its rate of requests.' },
  {
    name: 'Unavailable',
    code: 'DEPENDENCY_UNAVAILABLE',
    detail: 'The service cannot be reached at the moment.',
  },
  { name: 'DeadlineExceeded', code: 'DEADLINE_EXCEEDED', detail: 'The service took too long to answer.' },
];

export const PROBLEM_SCHEMA = {
  type: 'object',
  description: 'RFC 9457 problem details.',
  required: ['type', 'title', 'status', 'code', 'detail'],
  properties: {
    type: { type: 'string', example: '/problems/validation-failed' },
    title: { type: 'string' },
    status: { type: 'integer' },
    code: { type: 'string', description: 'What kind of error it is, for programs.' },
    detail: { type: 'string', description: 'What happened and how to put it right.' },
    instance: { type: 'string' },
    requestId: { type: 'string' },
    errors: {
      type: 'array',
      description: 'Each wrong field.',
      items: {
        type: 'object',
        required: ['path', 'message'],
        properties: {
          path: { type: 'string', example: 'rows[2].petal_length' },
          message: { type: 'string' },
        },
      },
    },
  },
};

/** `components.responses` of the gateway's errors. */
export function gatewayResponses(): Record<string, unknown> {
  return Object.fromEntries(GATEWAY_ERRORS.map(({ name, code, detail }) => [name, responseOf(code, detail)]));
}

/** References to them by status, to be put under an operation's own responses. */
export function gatewayResponseReferences(): Record<string, unknown> {
  return Object.fromEntries(
    GATEWAY_ERRORS.map(({ name, code }) => [
      String(HTTP_STATUS[code]),
      { $ref: `#/components/responses/${name}` },
    ]),
  );
}

function responseOf(code: ErrorCode, detail: string): unknown {
  const type = `/problems/${code.toLowerCase().replaceAll('_', '-')}`;
  const example: Problem = { type, title: PROBLEM_TITLES[code], status: HTTP_STATUS[code], code, detail };
  return {
    description: PROBLEM_TITLES[code],
    content: { 'application/problem+json': { schema: { $ref: '#/components/schemas/Problem' }, example } },
  };
}
