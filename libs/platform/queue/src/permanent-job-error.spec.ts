import { AppError } from '@modelyard/platform-errors';
import { isPermanent, PermanentJobError } from './permanent-job-error';

describe('isPermanent', () => {
  it('is what the handler says', () => {
    expect(isPermanent(new PermanentJobError('the recipe is broken'))).toBe(true);
  });

  it.each(['VALIDATION_FAILED', 'NOT_FOUND', 'FORBIDDEN', 'ALREADY_EXISTS'] as const)(
    '%s stays wrong',
    (code) => {
      expect(isPermanent(new AppError(code, 'no'))).toBe(true);
    },
  );

  it.each(['DEPENDENCY_UNAVAILABLE', 'RATE_LIMITED', 'DEADLINE_EXCEEDED', 'CONFLICT', 'INTERNAL'] as const)(
    '%s may pass',
    (code) => {
      expect(isPermanent(new AppError(code, 'not now'))).toBe(false);
    },
  );

  it('takes anything unknown for something that may pass', () => {
    expect(isPermanent(new TypeError('x is undefined'))).toBe(false);
    expect(isPermanent('a string')).toBe(false);
  });
});
