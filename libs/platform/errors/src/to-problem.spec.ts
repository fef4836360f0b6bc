import { BadRequestException, ForbiddenException, NotFoundException } from '@nestjs/common';
import { ERROR_CODES } from '@modelyard/contracts';
import { AppError, HTTP_STATUS, PROBLEM_TITLES, toAppError, toProblem } from '.';

describe('toProblem', () => {
  it('has a status and a title for every code', () => {
    for (const code of ERROR_CODES) {
      const problem = toProblem(new AppError(code, 'Because.'), {});
      expect(problem.status).toBe(HTTP_STATUS[code]);
      expect(problem.status).toBeGreaterThanOrEqual(400);
      expect(problem.title).toBe(PROBLEM_TITLES[code]);
      expect(problem.type).toMatch(/^\/problems\/[a-z-]+$/);
    }
  });

  it('carries fields, instance and request id', () => {
    const error = new AppError('VALIDATION_FAILED', 'No.', {
      fields: [{ path: 'a[0].b', message: 'is bad' }],
    });
    expect(toProblem(error, { requestId: 'r1', instance: '/x' })).toEqual({
      type: '/problems/validation-failed',
      title: 'The request is not valid',
      status: 400,
      code: 'VALIDATION_FAILED',
      detail: 'No.',
      instance: '/x',
      requestId: 'r1',
      errors: [{ path: 'a[0].b', message: 'is bad' }],
    });
  });

  it('says nothing of unknown errors, and none of what an internal one says', () => {
    const secret = 'password=hunter2';
    for (const thrown of [
      new Error(secret),
      secret,
      undefined,
      null,
      { statusCode: 400, secret },
      new AppError('INTERNAL', secret),
    ]) {
      const problem = toProblem(thrown, { requestId: 'r2' });
      expect(problem).toMatchObject({ status: 500, code: 'INTERNAL' });
      expect(problem.detail).toContain('r2');
      expect(JSON.stringify(problem)).not.toContain('hunter2');
    }
  });
});

describe('toAppError', () => {
  it('knows the errors of Nest and Fastify', () => {
    const fastify = (message: string, statusCode: number) =>
      Object.assign(new Error(message), { name: 'FastifyError', statusCode });
    expect(toAppError(new BadRequestException('id must be a number'))).toMatchObject({
      code: 'VALIDATION_FAILED',
      message: 'id must be a number',
    });
    expect(toAppError(new NotFoundException()).code).toBe('ROUTE_NOT_FOUND');
    expect(toAppError(new ForbiddenException()).code).toBe('FORBIDDEN');
    expect(toAppError(fastify('x', 413)).code).toBe('BODY_TOO_LARGE');
    expect(toAppError(fastify('x', 415)).code).toBe('UNSUPPORTED_MEDIA_TYPE');
    expect(toAppError(fastify('Body cannot be empty when content-type is set', 400)).message).toContain(
      'empty',
    );
    expect(toAppError(fastify('x', 400)).code).toBe('MALFORMED_BODY');
    expect(toAppError(fastify('No such part', 406))).toMatchObject({
      code: 'VALIDATION_FAILED',
      message: 'No such part',
    });
    expect(toAppError(fastify('x', 507)).code).toBe('INTERNAL');
  });

  it('does not take the status of another server for its own', () => {
    const ofSomeLibrary = Object.assign(new Error('no such bucket'), { statusCode: 404 });
    expect(toAppError(ofSomeLibrary).code).toBe('INTERNAL');
  });

  it('keeps what was thrown as the cause', () => {
    const thrown = new Error('deep');
    expect(toAppError(thrown).cause).toBe(thrown);
  });
});
