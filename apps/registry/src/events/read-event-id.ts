import { AppError } from '@modelyard/platform-errors';

/** The `Last-Event-ID` header: after which event the client goes on; 0 for all of them. */
export function readEventId(header: string | undefined): number {
  if (header === undefined || header === '') return 0;
  if (/^\d{1,9}$/.test(header)) return Number(header);
  const message = 'must be the id of an event of this stream, a number';
  throw new AppError('VALIDATION_FAILED', `Last-Event-ID ${message}`, {
    fields: [{ path: 'Last-Event-ID', message }],
  });
}
