import { product } from '@modelyard/ml-tensors';
import type { DatasetPart, DatasetSchema, ImageStatistics } from '@modelyard/contracts';
import {
  addCounts,
  channelStatistics,
  classBrightness,
  countPixels,
  emptyCounts,
} from '@modelyard/ml-images';
import type { TableEngine } from '@modelyard/ml-tables';
import { CLASSES, SAMPLES } from '../build/names';
import { readIntegers } from '../build/read-integers';
import { readPart } from '../read/read-part';
import type { ContentStore } from '../store/content-store';

const MOST_SIZES = 100;

/** What is known of the version's images: of their files by the index, of their pixels by reading all parts once. */
export async function describeImages(
  engine: TableEngine,
  store: ContentStore,
  schema: DatasetSchema,
  parts: DatasetPart[],
): Promise<ImageStatistics> {
  const size = product(schema.shape);
  const channels = schema.shape.at(-1) ?? 1;
  const counts = emptyCounts(channels);
  let buffer: Buffer = Buffer.alloc(0);
  for (const [index, part] of parts.entries()) {
    const { rows } = await engine.row<{ rows: number }>(
      `select count(*) as rows from ${SAMPLES} where part = $1`,
      [index],
    );
    const [pos, place] = (await readIntegers(
      engine,
      rows,
      2,
      `select s.pos, c.place from ${SAMPLES} s join ${CLASSES} c on c.name = s.label where s.part = $1 order by s.pos`,
      [index],
    )) as [Int32Array, Int32Array];
    buffer = await readPart(store, part, part.rows * size, buffer);
    // Samples that are not in this version leave gaps in a part.
    pos.forEach((from, row) => {
      if (from !== row) buffer.copyWithin(row * size, from * size, (from + 1) * size);
    });
    const labels = Array.from(place, (at) => schema.classes[at] as string);
    addCounts(counts, countPixels(buffer.subarray(0, rows * size), labels, channels));
  }
  return {
    ...(await describeFiles(engine)),
    channelStatistics: counts.values.map(channelStatistics),
    classBrightness: classBrightness(counts),
  };
}

type FileStatistics = Pick<ImageStatistics, 'widths' | 'heights' | 'formats' | 'channels' | 'sizes'>;

async function describeFiles(engine: TableEngine): Promise<FileStatistics> {
  const range = (column: string): string =>
    `{'minimum': min(${column}), 'maximum': max(${column}), 'mean': avg(${column})}`;
  const { widths, heights } = await engine.row<{
    widths: FileStatistics['widths'];
    heights: FileStatistics['heights'];
  }>(`select ${range('width')} as widths, ${range('height')} as heights from ${SAMPLES}`);
  const counted = async (column: string): Promise<Record<string, number>> => {
    const rows = await engine.rows<{ value: string; rows: number }>(
      `select ${column}::varchar as value, count(*) as "rows" from ${SAMPLES} group by ${column} order by "rows" desc, value`,
    );
    return Object.fromEntries(rows.map(({ value, rows: count }) => [value, count]));
  };
  return {
    widths,
    heights,
    formats: await counted('format'),
    channels: await counted('channels'),
    sizes: await engine.rows<{ width: number; height: number; rows: number }>(
      `select width, height, count(*) as "rows" from ${SAMPLES} group by width, height
       order by "rows" desc, width, height limit ${MOST_SIZES}`,
    ),
  };
}
