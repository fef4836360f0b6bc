import type { ColumnType, DatasetKind } from './dataset';

/** What happens when a version breaks its contract: no version, a version without the bad rows, or a version with a warning. */
export const CONTRACT_POLICIES = ['reject', 'quarantine', 'warn'] as const;
export type ContractPolicy = (typeof CONTRACT_POLICIES)[number];

/** What every version of a dataset must be like. What is absent is not checked. */
export interface DataContract {
  kind: DatasetKind;
  policy: ContractPolicy;
  rows?: { minimum?: number; maximum?: number };
  /** By the column's name. */
  columns?: Record<string, ColumnRule>;
  /** Columns that no rule names are a violation. */
  closed?: boolean;
  classes?: ClassRule;
  image?: ImageRule;
  duplicates?: { maximumShare: number };
  freshness?: { column: string; maximumAgeHours: number };
  /** Against the version before, by the statistics of both. */
  drift?: { maximumPsi?: number; maximumJensenShannon?: number; columns?: string[]; classes?: boolean };
}

export interface ColumnRule {
  type?: ColumnType;
  required?: boolean;
  maximumNullShare?: number;
  unique?: boolean;
  minimum?: number | string;
  maximum?: number | string;
  allowed?: (string | number | boolean)[];
  /** RE2 syntax; the whole value must match. */
  pattern?: string;
  minimumLength?: number;
  maximumLength?: number;
  /** Against the version before; replaces the contract's own. */
  drift?: { maximumPsi?: number; maximumJensenShannon?: number };
}

export interface ClassRule {
  allowed?: string[];
  required?: string[];
  minimumRows?: number;
  minimumShare?: number;
  maximumShare?: number;
}

/** Of the files, before they are fitted to the version's shape. */
export interface ImageRule {
  minimumWidth?: number;
  maximumWidth?: number;
  minimumHeight?: number;
  maximumHeight?: number;
  channels?: number[];
  formats?: string[];
}

/** A contract as it is kept: every change is a new revision. */
export interface DatasetContract {
  dataset: string;
  revision: number;
  contract: DataContract;
  updatedAt: string;
  updatedBy: string;
}

export interface ContractReport {
  outcome: 'passed' | 'warned' | 'quarantined' | 'rejected';
  policy: ContractPolicy;
  revision?: number;
  rows: number;
  quarantinedRows: number;
  violations: ContractViolation[];
}

export interface ContractViolation {
  /** Where in the contract: `columns.age.minimum`. */
  rule: string;
  message: string;
  /** `row`: single rows break it, and can be kept aside. `dataset`: the whole does. */
  scope: 'row' | 'dataset';
  /** Rows that break it; of scope `dataset` 0. */
  count: number;
  expected: string;
  /** What was found instead, of scope `dataset`. */
  actual?: string;
  /** At most 10. */
  examples: { row: number; value: string }[];
}
