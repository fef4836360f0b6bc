import { AppError } from '@modelyard/platform-errors';

export function formError(path: string, message: string): AppError {
  return new AppError('VALIDATION_FAILED', `${path} ${message}`, { fields: [{ path, message }] });
}
