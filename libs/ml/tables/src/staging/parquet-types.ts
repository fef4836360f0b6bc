import type { ColumnType } from '@modelyard/contracts';

/** A type as the file says it; `string` may be text, categories, or anything else written as text. */
export type ParquetType = Extract<ColumnType, 'integer' | 'numeric' | 'boolean' | 'date'> | 'string';

/** @returns undefined for types that no column of a table can have */
export function parquetTypeOf(stored: string): ParquetType | undefined {
  if (/^U?(TINYINT|SMALLINT|INTEGER)$|^BIGINT$/.test(stored)) return 'integer';
  // Whole numbers beyond 64 bits with a sign are kept as near as a number comes.
  if (/^(FLOAT|DOUBLE|UBIGINT|U?HUGEINT|DECIMAL\(\d+,\s?\d+\))$/.test(stored)) return 'numeric';
  if (stored === 'BOOLEAN') return 'boolean';
  if (/^(DATE|TIMESTAMP(_S|_MS|_NS| WITH TIME ZONE)?)$/.test(stored)) return 'date';
  if (/^(VARCHAR|UUID|JSON)$|^ENUM\([^)]*\)$/.test(stored)) return 'string';
  return undefined;
}

/** The type that values of all these types fit into. */
export function widestType(types: ParquetType[]): ParquetType | undefined {
  const different = [...new Set(types)];
  if (different.length === 1) return different[0];
  return different.every((type) => type === 'integer' || type === 'numeric') ? 'numeric' : undefined;
}
