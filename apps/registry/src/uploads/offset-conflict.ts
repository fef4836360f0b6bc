import { AppError } from '@modelyard/platform-errors';

/** The error for content that does not go on where the upload has come to. */
export function offsetConflict(at: number, offset: number): AppError {
  const message = `the upload has come to ${offset}, not ${at}: ask for its offset with HEAD, and go on from there`;
  return new AppError('CONFLICT', `Upload-Offset: ${message}`, {
    fields: [{ path: 'Upload-Offset', message }],
  });
}
