import type { DatasetVersion } from '@modelyard/contracts';

/** Where the picture of a row is, in the public API. */
export function imagePath(
  { dataset, version }: Pick<DatasetVersion, 'dataset' | 'version'>,
  row: number,
  size?: number,
): string {
  const path = `/api/v1/datasets/${dataset}/versions/${version}/rows/${row}/image`;
  return size === undefined ? path : `${path}?size=${size}`;
}
