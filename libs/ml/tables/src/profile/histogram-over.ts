import type { Histogram } from '@modelyard/contracts';
import type { TableEngine } from '../engine/table-engine';

/** Edges of `bins` bins of equal width from minimum to maximum; a single bin where they are equal. As numpy.linspace. */
export function equalEdges(minimum: number, maximum: number, bins: number): number[] {
  if (minimum === maximum) return [minimum, maximum];
  const range = maximum - minimum;
  const edges = Array.from({ length: bins + 1 }, (_, i) =>
    // The first is exact where values lie on an edge; the range, or a part of it, may be more than a number can hold.
    Number.isFinite(range * bins)
      ? minimum + (range * i) / bins
      : minimum * (1 - i / bins) + maximum * (i / bins),
  );
  edges[0] = minimum;
  edges[bins] = maximum;
  return edges.filter((edge, i) => i === 0 || edge > (edges[i - 1] as number));
}

/**
 * Counts a numeric column's values by bins: bin i holds those from edges[i] to below edges[i + 1]. What lies below the
 * first edge is counted in the first bin, what lies at or above the last in the last. Missing values are not counted.
 * @param column SQL of the caller's own, such as `c3`
 * @param edges ascending, at least two
 */
export async function histogramOver(
  engine: TableEngine,
  relation: string,
  column: string,
  edges: number[],
): Promise<Histogram> {
  const [histogram] = await histogramsOver(engine, relation, [{ column, edges }]);
  return histogram as Histogram;
}

/** As `histogramOver`, for many columns in one scan. */
export async function histogramsOver(
  engine: TableEngine,
  relation: string,
  wanted: { column: string; edges: number[] }[],
): Promise<Histogram[]> {
  if (wanted.length === 0) return [];
  // DuckDB's bins hold their upper edge. Turned about zero, they hold the lower one, as everyone else's do.
  const parts = wanted.map(({ column, edges }, i) => {
    const inner = edges
      .slice(1, -1)
      .map((edge) => `${literal(-edge)}::double`)
      .reverse();
    const value = `-(${column})::double`;
    return inner.length === 0
      ? `map {${literal(0)}::double: count(${column})} as h${i}`
      : `histogram(${value}, [${inner.join(', ')}]) as h${i}`;
  });
  const row = await engine.row<Record<string, Record<string, number>>>(
    `select ${parts.map((part, i) => part.replace(/ as h\d+$/, ` as h${i}`)).join(', ')} from ${relation}`,
  );
  return wanted.map(({ edges }, i) => {
    const counts = new Array<number>(edges.length - 1).fill(0);
    for (const [key, count] of Object.entries(row[`h${i}`] ?? {})) {
      const bin = edges.length === 2 || key === 'Infinity' ? 0 : edges.indexOf(-Number(key), 1);
      counts[bin === -1 ? 0 : bin] = (counts[bin === -1 ? 0 : bin] ?? 0) + count;
    }
    return { edges, counts };
  });
}

function literal(value: number): string {
  return `'${value}'`;
}
