import type {
  ClassStatistics,
  ColumnStatistics,
  DatasetKind,
  ImageStatistics,
  SplitName,
} from '@modelyard/contracts';
import type { DatasetRow } from '../rows/dataset-rows';

export interface PreviewedClass extends ClassStatistics {
  samples: DatasetRow[];
}

/** What one wants to see of a version first. */
export interface DatasetPreview {
  dataset: string;
  version: number;
  kind: DatasetKind;
  rows: number;
  splits: Record<SplitName, number>;
  /** The first of them, with some samples each. */
  classes: PreviewedClass[];
  /** How many there are. */
  classCount: number;
  /** Tables: the first of them. */
  columns?: PreviewedColumn[];
  columnCount?: number;
  images?: Pick<ImageStatistics, 'widths' | 'heights' | 'formats' | 'classBrightness'>;
}

export type PreviewedColumn = Pick<
  ColumnStatistics,
  'name' | 'type' | 'missing' | 'missingShare' | 'distinct' | 'nearConstant' | 'top'
> & { histogram?: NonNullable<ColumnStatistics['numeric']>['histogram'] };
