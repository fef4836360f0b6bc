import type { DuckDBValue } from '@duckdb/node-api';

/** A value as JSON can hold it. */
export type PlainValue = string | number | boolean | null | PlainValue[] | { [key: string]: PlainValue };

/**
 * DuckDB's value as a plain one. Integers beyond 2^53 and decimals become text, so that no digit is lost; dates and
 * times become ISO 8601 text (UTC); blobs become hexadecimal text; NaN and infinities become text.
 */
export function toPlain(value: DuckDBValue): PlainValue {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  if (typeof value === 'bigint') {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : value.toString();
  }
  if ('items' in value) return value.items.map(toPlain);
  if ('bytes' in value) return Buffer.from(value.bytes).toString('hex');
  if ('entries' in value && Array.isArray(value.entries)) {
    if (isMapEntries(value.entries)) {
      return Object.fromEntries(value.entries.map(({ key, value: item }) => [keyText(key), toPlain(item)]));
    }
  }
  if ('entries' in value && !Array.isArray(value.entries)) {
    return Object.fromEntries(Object.entries(value.entries).map(([key, item]) => [key, toPlain(item)]));
  }
  if ('micros' in value || 'days' in value) return isoText(String(value));
  return String(value);
}

function keyText(key: DuckDBValue): string {
  const plain = toPlain(key);
  return typeof plain === 'object' ? JSON.stringify(plain) : String(plain);
}

function isMapEntries(entries: unknown[]): entries is { key: DuckDBValue; value: DuckDBValue }[] {
  return entries.every((entry) => typeof entry === 'object' && entry !== null && 'key' in entry);
}

/** `2026-11-02 10:15:00` is DuckDB's way to write `2026-11-02T10:15:00Z`. */
function isoText(text: string): string {
  return /^\d{4}-\d{2}-\d{2} \d/.test(text) ? `${text.replace(' ', 'T').replace(/\+00$/, '')}Z` : text;
}
