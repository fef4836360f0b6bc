import { FilterError, InvalidPageToken, parseFilter, TableError } from '@modelyard/ml-tables';
import type { FilterNode } from '@modelyard/ml-tables';
import { AppError } from '@modelyard/platform-errors';

/** What DuckDB says of values that a filter compares and that cannot be compared. */
const OF_VALUES = /^(Conversion|Invalid Input|Out of Range) Error/;

/** @throws AppError VALIDATION_FAILED that says where the filter is wrong */
export function readFilter(text: string | undefined, path = 'filter'): FilterNode | undefined {
  return text === undefined ? undefined : explained(path, () => parseFilter(text));
}

/** Runs what reads a field of the request. @throws AppError VALIDATION_FAILED for that field */
export function explained<T>(path: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw explain(error, path);
  }
}

/** What went wrong in a query that a request describes, as the error of its field. */
export function explain(error: unknown, path = 'filter'): unknown {
  if (error instanceof InvalidPageToken) return refused('pageToken', error.message, error);
  if (error instanceof FilterError) return refused(path, error.message, error);
  if (error instanceof TableError && OF_VALUES.test(error.message)) {
    return refused(
      path,
      `cannot be applied to these values: ${error.message.split('\n', 1)[0] ?? ''}`,
      error,
    );
  }
  return error;
}

function refused(path: string, message: string, cause: unknown): AppError {
  return new AppError('VALIDATION_FAILED', `${path}: ${message}`, { fields: [{ path, message }], cause });
}
