import type { ErrorCode, FieldError, Problem } from '@modelyard/contracts';
import { HTTP_STATUS } from '@modelyard/platform-errors';
import { applyDecorators } from '@nestjs/common';
import { ApiResponse } from '@nestjs/swagger';

const CASES: { code: ErrorCode; when: string; detail: string; errors?: FieldError[] }[] = [
  {
    code: 'VALIDATION_FAILED',
    when: 'The body does not fit the model. `errors` names each place.',
    detail: 'image[3] has 27 columns, expected 28',
    errors: [{ path: 'image[3]', message: 'image[3] has 27 columns, expected 28' }],
  },
  {
    code: 'UNAUTHENTICATED',
    when: 'No key, or one that is unknown or expired.',
    detail: 'An API key is needed.',
  },
  { code: 'FORBIDDEN', when: "The key's role may not do this.", detail: 'This needs the role predictor.' },
  { code: 'NOT_FOUND', when: 'There is no such deployment.', detail: 'There is no deployment "digits".' },
  {
    code: 'BODY_TOO_LARGE',
    when: 'The body is too large.',
    detail: 'The body has more than 16777216 bytes.',
  },
  {
    code: 'UNSUPPORTED_MEDIA_TYPE',
    when: 'The content type is none of these.',
    detail: 'text/csv is not taken here.',
  },
  {
    code: 'RATE_LIMITED',
    when: 'The key has used up its rate; see Retry-After.',
    detail: 'Too many requests.',
  },
  {
    code: 'NOT_READY',
    when: 'Nothing can answer yet, or too much is under way; see Retry-After.',
    detail: 'Deployment "digits" cannot answer: it is still loading.',
  },
];

/** Documents the errors of the predict routes. */
export function ApiProblems(): MethodDecorator {
  return applyDecorators(
    ...CASES.map(({ code, when, detail, errors }) => {
      const status = HTTP_STATUS[code];
      const type = `/problems/${code.toLowerCase().replaceAll('_', '-')}`;
      const example: Problem = { type, title: code, status, code, detail, ...(errors ? { errors } : {}) };
      return ApiResponse({
        status,
        description: when,
        content: { 'application/problem+json': { schema: { type: 'object' }, example } },
      });
    }),
  );
}
