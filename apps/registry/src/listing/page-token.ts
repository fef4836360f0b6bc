import { AppError } from '@modelyard/platform-errors';

/** Where a page ended: the values of the columns that the list is ordered by. */
export type Position = (string | number | boolean | null)[];

/**
 * An opaque token for the page after `position`.
 * @param list what is listed, with its filter and order: a token of one list is refused by another
 */
export function encodePageToken(list: string, position: Position): string {
  return Buffer.from(JSON.stringify([list, ...position])).toString('base64url');
}

/** @throws AppError VALIDATION_FAILED when the token is broken or belongs to another list */
export function decodePageToken(list: string, token: string, columns: number): Position {
  const parts = readParts(token);
  if (parts?.[0] !== list || parts.length !== columns + 1) {
    const message =
      'is not a page token of this list: take `nextPageToken` of the page before, with the same query';
    throw new AppError('VALIDATION_FAILED', `pageToken ${message}`, {
      fields: [{ path: 'pageToken', message }],
    });
  }
  return parts.slice(1);
}

function readParts(token: string): Position | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(token, 'base64url').toString('utf8'));
    return Array.isArray(value) && value.every(isScalar) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isScalar(value: unknown): value is string | number | boolean | null {
  return value === null || ['string', 'number', 'boolean'].includes(typeof value);
}
