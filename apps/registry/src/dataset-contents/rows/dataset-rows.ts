import type { ColumnType, DatasetVersion } from '@modelyard/contracts';
import type { PlainValue, Queryable, RowsPage } from '@modelyard/ml-tables';
import { imagePath } from '../images/image-path';

export interface DatasetRow {
  row: number;
  split: string;
  label: string;
  values: Record<string, PlainValue>;
  /** Of images: where the picture is. */
  image?: string;
}

export interface DatasetRows {
  columns: { name: string; type: ColumnType }[];
  items: DatasetRow[];
  nextPageToken?: string;
  /** Of all rows that the filter lets through, when it was asked for. */
  total?: number;
}

/** Longer texts are cut. */
export const MOST_CHARACTERS = 10_000;

const OWN: Queryable[] = [
  { name: 'split', expression: 'split', type: 'categorical' },
  { name: 'label', expression: 'label', type: 'categorical' },
];

/** What to read of each row so that `toItems` can show it. */
export function readColumns(chosen: Queryable[]): Queryable[] {
  return [
    ...OWN,
    ...chosen.map((column) =>
      column.type === 'text' || column.type === 'categorical'
        ? { ...column, expression: `left(${column.expression}, ${MOST_CHARACTERS})` }
        : column,
    ),
  ];
}

/** The rows of a page, whose values are those of `readColumns`. */
export function toItems(version: DatasetVersion, chosen: Queryable[], { rows }: RowsPage): DatasetRow[] {
  const hasImages = version.schema.kind === 'image';
  return rows.map(({ row, values: [split, label, ...values] }) => ({
    row,
    split: split as string,
    label: label as string,
    values: Object.fromEntries(chosen.map(({ name }, index) => [name, values[index] ?? null])),
    ...(hasImages ? { image: imagePath(version, row) } : {}),
  }));
}
