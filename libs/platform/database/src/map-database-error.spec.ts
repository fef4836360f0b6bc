import { AppError } from '@modelyard/platform-errors';
import { mapDatabaseError, violatedConstraint } from './map-database-error';

function failure(code: string, message = 'said by PostgreSQL', more: object = {}): Error {
  const inner = Object.assign(new Error(message), { code, ...more });
  return new Error('Failed query: select …', { cause: inner }); // as Drizzle wraps it
}

describe('mapDatabaseError', () => {
  it.each([
    ['23505', 'ALREADY_EXISTS'],
    ['23503', 'CONFLICT'],
    ['23514', 'VALIDATION_FAILED'],
    ['22021', 'VALIDATION_FAILED'], // a NUL character in a text
    ['22003', 'VALIDATION_FAILED'], // a number out of range
    ['22P02', 'VALIDATION_FAILED'], // not a uuid
    ['57014', 'DEADLINE_EXCEEDED'],
    ['40001', 'CONFLICT'],
    ['40P01', 'CONFLICT'],
    ['08006', 'DEPENDENCY_UNAVAILABLE'],
    ['53300', 'DEPENDENCY_UNAVAILABLE'],
    ['57P01', 'DEPENDENCY_UNAVAILABLE'],
    ['57P03', 'DEPENDENCY_UNAVAILABLE'],
    ['ECONNREFUSED', 'DEPENDENCY_UNAVAILABLE'],
    ['ECONNRESET', 'DEPENDENCY_UNAVAILABLE'],
    ['EAI_AGAIN', 'DEPENDENCY_UNAVAILABLE'],
  ])('%s is %s', (code, expected) => {
    expect(mapDatabaseError(failure(code))).toMatchObject({ code: expected });
  });

  it('knows a lost connection by what pg says, for pg gives it no code', () => {
    for (const message of [
      'Connection terminated unexpectedly',
      'timeout exceeded when trying to connect',
      'Client has encountered a connection error and is not queryable',
    ]) {
      expect(mapDatabaseError(new Error(message))).toMatchObject({
        code: 'DEPENDENCY_UNAVAILABLE',
        retryAfterSeconds: 1,
      });
    }
  });

  it('finds the reason among the errors of a host with several addresses', () => {
    const refused = Object.assign(new Error('connect ECONNREFUSED ::1'), { code: 'ECONNREFUSED' });
    expect(mapDatabaseError(new AggregateError([refused]))).toMatchObject({ code: 'DEPENDENCY_UNAVAILABLE' });
  });

  it('leaves our own mistakes alone, so that they are internal errors', () => {
    expect(mapDatabaseError(failure('42601', 'syntax error'))).toBeUndefined();
    expect(mapDatabaseError(new TypeError('x is not a function'))).toBeUndefined();
    expect(mapDatabaseError('a string')).toBeUndefined();
  });

  it('gives an AppError back as it is', () => {
    const error = new AppError('NOT_FOUND', 'There is no such book.');
    expect(mapDatabaseError(error)).toBe(error);
  });
});

describe('violatedConstraint', () => {
  it('looks through every wrapping', () => {
    const mapped = mapDatabaseError(failure('23505', 'duplicate', { constraint: 'books_title_unique' }));
    expect(violatedConstraint(mapped)).toBe('books_title_unique');
  });

  it('is undefined for other failures', () => {
    expect(violatedConstraint(failure('57014', 'cancelled', { constraint: 'none' }))).toBeUndefined();
  });
});
