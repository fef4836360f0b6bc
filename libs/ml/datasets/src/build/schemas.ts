import type {
  ColumnStatistics,
  ColumnType,
  DatasetColumn,
  DatasetSchema,
  DatasetStatistics,
} from '@modelyard/contracts';
import type { ImagesToBuild, TableToBuild } from './version-to-build';

const NUMBERS: readonly ColumnType[] = ['numeric', 'integer', 'boolean'];

/** The columns that a network can learn from, with their places in the table. */
export function numericFeatures(
  columns: readonly DatasetColumn[],
): { name: string; type: ColumnType; index: number }[] {
  return columns.flatMap(({ name, type, role }, index) =>
    role === 'feature' && NUMBERS.includes(type) ? [{ name, type, index }] : [],
  );
}

/** @param statistics of all columns, in their order */
export function tableSchema(
  { columns, target }: TableToBuild,
  classes: string[],
  statistics: readonly ColumnStatistics[],
): DatasetSchema {
  const features = numericFeatures(columns);
  const bounds = features.flatMap(({ type, index }) => {
    if (type === 'boolean') return [0, 1];
    const { minimum, maximum } = statistics[index]?.numeric ?? {};
    return [minimum, maximum].filter((bound): bound is number => Number.isFinite(bound));
  });
  return {
    kind: 'table',
    shape: [features.length],
    dtype: 'float32',
    columns: features.map(({ name }) => name),
    fields: columns.map(({ name, type, role, nullable }) => ({ name, type, role, nullable })),
    target,
    classes,
    minimum: bounds.reduce((least, bound) => Math.min(least, bound), bounds[0] ?? 0),
    maximum: bounds.reduce((most, bound) => Math.max(most, bound), bounds[0] ?? 0),
  };
}

/** The schema, its columns nullable where these very rows lack values: a filter may have left all such rows out. */
export function withGaps(schema: DatasetSchema, { columns = [] }: DatasetStatistics): DatasetSchema {
  if (schema.fields === undefined) return schema;
  const gaps = new Set(columns.filter(({ missing }) => missing > 0).map(({ name }) => name));
  return { ...schema, fields: schema.fields.map((field) => ({ ...field, nullable: gaps.has(field.name) })) };
}

export function imageSchema({ shape, target, maximum }: ImagesToBuild, classes: string[]): DatasetSchema {
  return { kind: 'image', shape, dtype: 'uint8', target, classes, minimum: 0, maximum: maximum ?? 255 };
}
