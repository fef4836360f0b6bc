import type { PlainValue } from '../engine/plain-values';

/** The place after which the next page begins: the last row's sort values, and its number. */
export interface PagePlace {
  values: (string | number | boolean | null)[];
  row: number;
}

/** The page token is not one that was given out for this order of rows. */
export class InvalidPageToken extends Error {
  override readonly name = 'InvalidPageToken';
  constructor() {
    super('This page token was not given out for these rows in this order. Begin again without one.');
  }
}

/** @param order what the rows are sorted by: a token is good for no other */
export function writePageToken(place: { values: PlainValue[]; row: number }, order: string): string {
  return Buffer.from(JSON.stringify([order, place.row, ...place.values])).toString('base64url');
}

/** @throws InvalidPageToken */
export function readPageToken(token: string, order: string, keys: number): PagePlace {
  const content = decoded(token);
  if (!Array.isArray(content) || content.length !== keys + 2) throw new InvalidPageToken();
  const [of, row, ...values] = content as unknown[];
  const plain = values.every(
    (value) => value === null || ['string', 'number', 'boolean'].includes(typeof value),
  );
  if (of !== order || typeof row !== 'number' || !Number.isSafeInteger(row) || !plain)
    throw new InvalidPageToken();
  return { row, values: values as PagePlace['values'] };
}

function decoded(token: string): unknown {
  try {
    return JSON.parse(Buffer.from(token, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}
