import { open } from 'node:fs/promises';
import { product } from '@modelyard/ml-tensors';
import type { DatasetPart } from '@modelyard/contracts';
import type { TableEngine } from '@modelyard/ml-tables';
import type { StoredVersion } from './stored-version';

/** The pixels of some images of an attached version, in the order of `rows`. */
export async function readPixels(
  engine: TableEngine,
  version: StoredVersion,
  rows: number[],
): Promise<Buffer[]> {
  const { schema, parts } = version.manifest;
  if (schema.kind !== 'image') throw new RangeError('Rows of a table have no pixels');
  const places = await engine.rows<{ row: number; part: number; pos: number }>(
    `select "row", part, pos from ${version.samples}
     where "row" in (select unnest(from_json($1, '["BIGINT"]'))) order by part, pos`,
    [JSON.stringify(rows)],
  );
  const size = product(schema.shape);
  const found = new Map<number, Buffer>();
  for (let from = 0; from < places.length;) {
    const part = (places[from] as { part: number }).part;
    const end = places.findIndex((place, at) => at > from && place.part !== part);
    const inPart = places.slice(from, end < 0 ? places.length : end);
    const file = await open(await version.store.file(parts[part] as DatasetPart));
    try {
      for (const { row, pos } of inPart) {
        const pixels = Buffer.alloc(size);
        await file.read(pixels, 0, size, pos * size);
        found.set(row, pixels);
      }
    } finally {
      await file.close();
    }
    from += inPart.length;
  }
  return rows.map((row) => {
    const pixels = found.get(row);
    if (pixels === undefined) throw new RangeError(`There is no row ${row}`);
    return pixels;
  });
}
