import type { ColumnType, DatasetColumn, DatasetSchema } from '@modelyard/contracts';
import type { TableEngine } from '@modelyard/ml-tables';
import { VALUES } from './names';
import type { ImagesToBuild, TableToBuild } from './version-to-build';

const NUMBERS: readonly ColumnType[] = ['numeric', 'integer', 'boolean'];

/** The columns that a network can learn from, with their places in the table. */
export function numericFeatures(columns: readonly DatasetColumn[]): { name: string; index: number }[] {
  return columns.flatMap(({ name, type, role }, index) =>
    role === 'feature' && NUMBERS.includes(type) ? [{ name, index }] : [],
  );
}

export async function tableSchema(
  engine: TableEngine,
  { columns, target }: TableToBuild,
  classes: string[],
): Promise<DatasetSchema> {
  const features = numericFeatures(columns);
  const { minimum, maximum } = await boundsOf(
    engine,
    features.map(({ index }) => index),
  );
  return {
    kind: 'table',
    shape: [features.length],
    dtype: 'float32',
    columns: features.map(({ name }) => name),
    fields: columns.map(({ name, type, role, nullable }) => ({ name, type, role, nullable })),
    target,
    classes,
    minimum,
    maximum,
  };
}

export function imageSchema({ shape, target, maximum }: ImagesToBuild, classes: string[]): DatasetSchema {
  return { kind: 'image', shape, dtype: 'uint8', target, classes, minimum: 0, maximum: maximum ?? 255 };
}

async function boundsOf(
  engine: TableEngine,
  indices: number[],
): Promise<{ minimum: number; maximum: number }> {
  if (indices.length === 0) return { minimum: 0, maximum: 0 };
  const finite = (index: number): string => `c${index}::double`;
  const of = (aggregate: string): string =>
    indices
      .map((index) => `${aggregate}(${finite(index)}) filter (where isfinite(${finite(index)}))`)
      .join(', ');
  const bounds = await engine.row<{ minimum: number | null; maximum: number | null }>(
    `select least(${of('min')}) as minimum, greatest(${of('max')}) as maximum from ${VALUES}`,
  );
  return { minimum: bounds.minimum ?? 0, maximum: bounds.maximum ?? 0 };
}
