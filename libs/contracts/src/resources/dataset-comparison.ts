import type { ColumnType } from './dataset';

/** What became of version `from` in version `to`: `GET …/versions/{from}/compare/{to}`. */
export interface DatasetComparison {
  dataset: string;
  from: number;
  to: number;
  sameContent: boolean;
  schema: {
    columnsAdded: string[];
    columnsRemoved: string[];
    typesChanged: { column: string; from: ColumnType; to: ColumnType }[];
    classesAdded: string[];
    classesRemoved: string[];
    shape?: { from: number[]; to: number[] };
  };
  /** By content: a row that is in both, with another label, is relabelled. Equal rows count as often as they appear. */
  rows: { from: number; to: number; unchanged: number; added: number; removed: number; relabelled: number };
  /** Some of the relabelled rows, by their numbers in both. */
  relabelledExamples: { fromRow: number; toRow: number; from: string; to: string }[];
  classes: { name: string; from: number; to: number }[];
  columns: ColumnComparison[];
}

export interface ColumnComparison {
  name: string;
  type: ColumnType | 'pixels';
  /** Population stability index over the bins of `from`. */
  psi: number | null;
  /** Jensen–Shannon distance (base 2), 0 to 1. */
  jensenShannon: number | null;
  /** The same bins (or values) for both, so that they can be drawn side by side. Shares, 0 to 1. */
  bins: { label: string; from: number; to: number }[];
  mean?: { from: number; to: number };
  missingShare?: { from: number; to: number };
}

/** Both ways from a version: what it came from, and what came of it. */
export interface DatasetLineage {
  dataset: string;
  version: number;
  digest: string;
  parent?: { version: number; operation: string };
  children: { version: number; operation: string }[];
  import?: { id: string; source: string };
  runs: { id: string; name: string; status: string; trainingJobId: string }[];
  modelVersions: { model: string; version: number; stage: string; runId: string }[];
  deployments: { name: string; model: string; version: number }[];
}

/** What a model version came from and where it serves: `GET /api/v1/models/{model}/versions/{version}/lineage`. */
export interface ModelLineage {
  model: string;
  version: number;
  stage: string;
  run?: { id: string; name: string; status: string; trainingJobId?: string };
  dataset?: {
    name: string;
    version: number;
    digest: string;
    /** The version's content is gone; its record is kept. */
    deleted: boolean;
    /** The versions that it was made from, the nearest first. */
    ancestors: { version: number; operation: string }[];
  };
  deployments: { name: string }[];
}
