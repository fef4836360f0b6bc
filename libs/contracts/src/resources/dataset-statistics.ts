import type { ColumnType, SplitName } from './dataset';

/** Something about a version that people should know, and that does not keep it from being used. */
export interface DatasetWarning {
  code:
    | 'duplicates'
    | 'duplicates-across-splits'
    | 'conflicting-labels'
    | 'near-constant-column'
    | 'label-leak'
    | 'missing-values'
    | 'small-class'
    | 'resized-images'
    | 'dropped-rows'
    | 'contract-violation'
    | 'other';
  message: string;
  /** Rows or columns that it concerns. */
  count?: number;
  columns?: string[];
}

/** What is known of a version's content: `GET …/versions/{version}/statistics`. */
export interface DatasetStatistics {
  rows: number;
  classes: ClassStatistics[];
  splits: Record<SplitName, number>;
  /** Tables only. */
  columns?: ColumnStatistics[];
  /** Images only. */
  images?: ImageStatistics;
  duplicates: DuplicateStatistics;
}

export interface ClassStatistics {
  name: string;
  rows: number;
  share: number;
  splits: Record<SplitName, number>;
}

export interface DuplicateStatistics {
  /** Rows beyond the first of each group of equal rows. */
  rows: number;
  /** Contents that appear in more than one split. */
  acrossSplits: number;
  /** Contents (values without label) that appear under more than one label. */
  conflictingLabels: number;
  /** Some of the groups: row numbers of equal samples. */
  examples: { rows: number[]; labels: string[]; splits: string[] }[];
}

export interface ColumnStatistics {
  name: string;
  type: ColumnType;
  /** Rows without a value. */
  missing: number;
  missingShare: number;
  /** Exact up to 10,000, an estimate above (`distinctExact` says which). */
  distinct: number;
  distinctExact: boolean;
  /** One value has at least 99.5 % of the rows. */
  nearConstant: boolean;
  /** The share of rows whose class is right when guessed from this column alone, and by how much that beats guessing. */
  leak?: { accuracy: number; baseline: number; suspected: boolean };
  numeric?: NumericStatistics;
  /** The most frequent values, at most 50. */
  top?: { value: string; rows: number }[];
  text?: { minimumLength: number; maximumLength: number; meanLength: number };
  date?: { minimum: string; maximum: string };
  /** Per class, of numeric columns: mean and standard deviation. */
  perClass?: Record<string, { mean: number | null; standardDeviation: number | null; missing: number }>;
}

export interface NumericStatistics {
  minimum: number;
  maximum: number;
  mean: number;
  /** Of the sample: n − 1. Null for a single value. */
  standardDeviation: number | null;
  zeros: number;
  negatives: number;
  /** At 0.01, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99. */
  quantiles: { probability: number; value: number }[];
  histogram: Histogram;
}

/** Bins of equal width: bin i holds values from edges[i] to below edges[i + 1]; the last holds its upper edge too. */
export interface Histogram {
  edges: number[];
  counts: number[];
}

export interface ImageStatistics {
  /** Of the files, before they were fitted to the version's shape. */
  widths: { minimum: number; maximum: number; mean: number };
  heights: { minimum: number; maximum: number; mean: number };
  formats: Record<string, number>;
  channels: Record<string, number>;
  sizes: { width: number; height: number; rows: number }[];
  /** Of the stored values, by channel. */
  channelStatistics: {
    mean: number;
    standardDeviation: number;
    minimum: number;
    maximum: number;
    histogram: Histogram;
  }[];
  /** Mean brightness by class, 0 to 255. */
  classBrightness: Record<string, number>;
}
