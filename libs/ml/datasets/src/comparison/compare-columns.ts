import type {
  ColumnComparison,
  ColumnStatistics,
  DatasetColumn,
  DatasetStatistics,
} from '@modelyard/contracts';
import { measureShift } from '@modelyard/ml-statistics';
import { binLabels, countBins, referenceBins } from '@modelyard/ml-tables';
import type { Bins, TableEngine } from '@modelyard/ml-tables';
import type { StoredVersion } from '../read/stored-version';

interface SharedColumn {
  column: DatasetColumn;
  /** Places in both tables. */
  places: [number, number];
  before: ColumnStatistics | undefined;
  after: ColumnStatistics | undefined;
  bins: Bins | undefined;
}

/** The columns that both tables have under one name, in the order of `from`; not the target, whose values are the classes. */
export async function compareColumns(
  engine: TableEngine,
  from: StoredVersion,
  to: StoredVersion,
  before: DatasetStatistics,
  after: DatasetStatistics,
): Promise<ColumnComparison[]> {
  const shared = sharedColumns(from, to, before, after);
  const binned = shared.flatMap((column) => (column.bins ? [{ ...column, bins: column.bins }] : []));
  const countsIn = (version: StoredVersion, side: 0 | 1): Promise<number[][]> =>
    countBins(
      engine,
      version.samples,
      binned.map(({ places, bins }) => ({
        expression: bins.type === 'ranges' ? `c${places[side]}` : `c${places[side]}::varchar`,
        bins,
      })),
    );
  const countsBefore = await countsIn(from, 0);
  const countsAfter = await countsIn(to, 1);
  return shared.map((column): ColumnComparison => {
    const index = binned.findIndex(({ places }) => places[0] === column.places[0]);
    const [a, b] = [countsBefore[index] ?? [], countsAfter[index] ?? []];
    const shift = measureShift(a, b);
    const [means, missing] = [meansOf(column), missingOf(column)];
    return {
      name: column.column.name,
      type: column.column.type,
      psi: shift?.psi ?? null,
      jensenShannon: shift?.jensenShannon ?? null,
      bins: column.bins ? sharesOf(binLabels(column.bins), a, b) : [],
      ...(means && { mean: means }),
      ...(missing && { missingShare: missing }),
    };
  });
}

/** Bins side by side, as shares of all rows; without those that nobody is in. */
export function sharesOf(labels: string[], from: number[], to: number[]): ColumnComparison['bins'] {
  const total = (counts: number[]): number =>
    Math.max(
      1,
      counts.reduce((sum, count) => sum + count, 0),
    );
  const [fromTotal, toTotal] = [total(from), total(to)];
  return labels
    .map((label, index) => ({ label, from: (from[index] ?? 0) / fromTotal, to: (to[index] ?? 0) / toTotal }))
    .filter((bin) => bin.from > 0 || bin.to > 0);
}

function sharedColumns(
  from: StoredVersion,
  to: StoredVersion,
  before: DatasetStatistics,
  after: DatasetStatistics,
): SharedColumn[] {
  const { fields = [], target } = from.manifest.schema;
  const { fields: others = [], target: otherTarget } = to.manifest.schema;
  return fields.flatMap((column, index) => {
    const place = others.findIndex(({ name }) => name === column.name);
    const other = others[place];
    if (other === undefined || column.name === target || other.name === otherTarget) return [];
    const statistics = before.columns?.find(({ name }) => name === column.name);
    // Whole numbers and others are compared as numbers; all else of two types has no bins in common.
    const sameKind = column.type === other.type || (isNumber(column) && isNumber(other));
    const reference = statistics && sameKind ? referenceBins(statistics, before.rows) : undefined;
    return [
      {
        column,
        places: [index, place],
        before: statistics,
        after: after.columns?.find(({ name }) => name === column.name),
        bins: reference?.bins,
      },
    ];
  });
}

function isNumber({ type }: DatasetColumn): boolean {
  return type === 'numeric' || type === 'integer';
}

function meansOf({ before, after }: SharedColumn): ColumnComparison['mean'] {
  return before?.numeric && after?.numeric
    ? { from: before.numeric.mean, to: after.numeric.mean }
    : undefined;
}

function missingOf({ before, after }: SharedColumn): ColumnComparison['missingShare'] {
  return before && after ? { from: before.missingShare, to: after.missingShare } : undefined;
}
