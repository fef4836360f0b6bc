import { AppError } from '@modelyard/platform-errors';
import type { ExecutionContext } from '@nestjs/common';
import { createParamDecorator } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { etagOf } from './tagged';

/** The ETags of which the client wants to change one; undefined when it does not mind. */
export type Precondition = readonly string[] | undefined;

/** The `If-Match` header of the request. */
export const IfMatch = createParamDecorator((_: unknown, context: ExecutionContext): Precondition => {
  const header = context.switchToHttp().getRequest<FastifyRequest>().headers['if-match'];
  return header === undefined ? undefined : parseIfMatch(header);
});

export function parseIfMatch(header: string): Precondition {
  if (header.trim() === '*') return undefined;
  return header.split(',').map((tag) => tag.trim());
}

/** @throws AppError PRECONDITION_FAILED when the resource has changed since the client read it */
export function requireMatch(precondition: Precondition, revision: number): void {
  if (precondition === undefined || precondition.includes(etagOf(revision))) return;
  throw new AppError(
    'PRECONDITION_FAILED',
    `It was changed meanwhile: its ETag is ${etagOf(revision)}, If-Match asked for ${precondition.join(', ')}. Read it again and repeat the change.`,
  );
}
