import type { ColumnComparison, DatasetStatistics, ImageStatistics } from '@modelyard/contracts';
import { measureShift } from '@modelyard/ml-statistics';
import { sharesOf } from './compare-columns';

/** The values of the pixels of two versions, all channels together, from their statistics. */
export function comparePixels(before: DatasetStatistics, after: DatasetStatistics): ColumnComparison {
  const [from, to] = [pixelCounts(before.images), pixelCounts(after.images)];
  const comparable = from.edges.join() === to.edges.join();
  const shift = comparable
    ? measureShift(from.counts, to.counts, { from: before.rows, to: after.rows })
    : null;
  const labels = from.edges.slice(1).map((edge, index) => `${from.edges[index]} – ${edge}`);
  return {
    name: 'pixels',
    type: 'pixels',
    psi: shift?.psi ?? null,
    jensenShannon: shift?.jensenShannon ?? null,
    bins: comparable ? sharesOf(labels, from.counts, to.counts) : [],
    mean: { from: from.mean, to: to.mean },
  };
}

function pixelCounts(images: ImageStatistics | undefined): {
  edges: number[];
  counts: number[];
  mean: number;
} {
  const channels = images?.channelStatistics ?? [];
  const edges = channels[0]?.histogram.edges ?? [];
  const counts = edges
    .slice(1)
    .map((_, bin) => channels.reduce((sum, { histogram }) => sum + (histogram.counts[bin] ?? 0), 0));
  const mean = channels.reduce((sum, channel) => sum + channel.mean, 0) / Math.max(1, channels.length);
  return { edges, counts, mean };
}
