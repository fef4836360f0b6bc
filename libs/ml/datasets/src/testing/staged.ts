import { hash } from 'node:crypto';
import type { DatasetColumn, DatasetPart, SplitName } from '@modelyard/contracts';
import type { TableEngine } from '@modelyard/ml-tables';
import type { ImagesToBuild, TableToBuild } from '../build/version-to-build';
import type { ContentStore } from '../store/content-store';

const SQL_TYPES = {
  numeric: 'double',
  integer: 'bigint',
  categorical: 'varchar',
  boolean: 'boolean',
  date: 'timestamp',
  text: 'varchar',
  image: 'blob',
};

export interface StagedRow {
  values: unknown[];
  split?: SplitName;
}

/** Fills `staged` as ml-tables does: rows in this order, values by column. */
export async function stageRows(
  engine: TableEngine,
  columns: DatasetColumn[],
  rows: StagedRow[],
): Promise<{ kind: 'table'; staged: TableToBuild }> {
  const types = columns.map(({ type }, index) => `c${index} ${SQL_TYPES[type]}`).join(', ');
  await engine.run(`create or replace table staged("row" bigint, split varchar, ${types})`);
  if (rows.length > 0) {
    const picked = columns.map(({ type }, index) => `(v->>'$[${index}]')::${SQL_TYPES[type]}`).join(', ');
    await engine.run(
      `insert into staged select (o->>'r')::bigint, o->>'s', ${picked}
       from (select o, o->'v' as v from (select unnest(from_json($1, '["JSON"]')) as o))`,
      [JSON.stringify(rows.map(({ values, split }, row) => ({ r: row, s: split ?? null, v: values })))],
    );
  }
  const target = columns.find(({ role }) => role === 'target')?.name ?? '';
  return { kind: 'table', staged: { columns, target } };
}

export interface StagedImage {
  pixels: number[];
  label: string;
  split?: SplitName;
  name?: string;
}

/** Fills `staged` as ml-images does: pixels in parts of `perPart` images. */
export async function stagePixels(
  engine: TableEngine,
  store: ContentStore,
  shape: number[],
  images: StagedImage[],
  perPart = 3,
): Promise<{ kind: 'image'; staged: ImagesToBuild }> {
  await engine.run(
    `create or replace table staged("row" bigint, label varchar, split varchar, name varchar, width integer, height integer,
       channels integer, format varchar, digest blob, part integer, pos integer)`,
  );
  const parts: DatasetPart[] = [];
  for (let from = 0; from < images.length; from += perPart) {
    const inPart = images.slice(from, from + perPart);
    const bytes = Buffer.concat(inPart.map(({ pixels }) => Buffer.from(pixels)));
    parts.push({ ...(await store.put(bytes)), rows: inPart.length });
  }
  for (const [row, { pixels, label, split, name }] of images.entries()) {
    const content = Buffer.concat([Buffer.from(`${label}\0`), Buffer.from(pixels)]);
    const digest = hash('sha256', content, 'hex').slice(0, 32);
    await engine.run(`insert into staged values ($1, $2, $3, $4, $5, $6, $7, 'png', unhex($8), $9, $10)`, [
      row,
      label,
      split ?? null,
      name ?? `${row}.png`,
      shape[1] as number,
      shape[0] as number,
      shape[2] as number,
      digest,
      Math.floor(row / perPart),
      row % perPart,
    ]);
  }
  return { kind: 'image', staged: { shape, target: 'label', parts } };
}

export function column(
  name: string,
  type: DatasetColumn['type'],
  role: DatasetColumn['role'] = 'feature',
): DatasetColumn {
  return { name, type, role, nullable: true };
}
