import type { ImageStatistics } from '@modelyard/contracts';
import type { TableEngine } from '@modelyard/ml-tables';
import { channelStatistics, classBrightness } from './pixel-tally';
import type { PixelCounts } from './pixel-tally';

const SIZES = 100;

/** What `staged` and the counts of pixels say of a set of images. */
export async function imageStatistics(engine: TableEngine, counts: PixelCounts): Promise<ImageStatistics> {
  const bounds = await engine.row<Record<string, number | null>>(
    `select min(width) w0, max(width) w1, avg(width) wm, min(height) h0, max(height) h1, avg(height) hm from staged`,
  );
  const of = (key: string) => bounds[key] ?? 0;
  return {
    widths: { minimum: of('w0'), maximum: of('w1'), mean: of('wm') },
    heights: { minimum: of('h0'), maximum: of('h1'), mean: of('hm') },
    formats: await countsBy(engine, 'format'),
    channels: await countsBy(engine, 'channels'),
    sizes: await engine.rows<{ width: number; height: number; rows: number }>(
      `select width, height, count(*) as rows from staged group by all order by 3 desc, 1, 2 limit $1`,
      [SIZES],
    ),
    channelStatistics: counts.values.map(channelStatistics),
    classBrightness: classBrightness(counts),
  };
}

async function countsBy(engine: TableEngine, column: 'format' | 'channels'): Promise<Record<string, number>> {
  const rows = await engine.rows<{ value: string; rows: number }>(
    `select ${column}::varchar as value, count(*) as rows from staged group by 1 order by 1`,
  );
  return Object.fromEntries(rows.map(({ value, rows: count }) => [value, count]));
}
