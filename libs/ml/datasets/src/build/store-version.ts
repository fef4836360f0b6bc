import type {
  BlobReference,
  ColumnStatistics,
  DatasetManifest,
  DatasetPart,
  DatasetSchema,
  DatasetSplit,
  ImageStatistics,
  SplitName,
} from '@modelyard/contracts';
import type { TableEngine } from '@modelyard/ml-tables';
import { describeSamples } from '../statistics/describe-samples';
import { warningsOf } from '../statistics/warnings';
import { IMAGE_COLUMNS, INDEX_COLUMNS, SAMPLES } from './names';
import { versionDigest } from './version-digest';
import type { BuildOptions, BuiltVersion } from './version-to-build';
import { withGaps } from './schemas';
import { storeQuery } from './write-parts';

export interface VersionContent {
  schema: DatasetSchema;
  split: Omit<DatasetSplit, 'counts'>;
  parts: DatasetPart[];
  /** Of tables. */
  columns?: ColumnStatistics[];
  /** Of images, where they are known already. */
  images?: ImageStatistics;
}

/** Writes index, statistics and manifest of the samples in the engine, and says what the version is. */
export async function storeVersion(options: BuildOptions, content: VersionContent): Promise<BuiltVersion> {
  const { engine, store, folder } = options;
  const { parts } = content;
  const statistics = await describeSamples(options, content);
  const schema = withGaps(content.schema, statistics);
  const warnings = warningsOf(statistics);
  const columns = schema.kind === 'image' ? [...INDEX_COLUMNS, ...IMAGE_COLUMNS] : INDEX_COLUMNS;
  const index = await storeQuery(
    { engine, folder, store },
    'index.parquet',
    `select ${columns.join(', ')} from ${SAMPLES}${(await isInOrder(engine)) ? '' : ' order by "row"'}`,
  );
  const digest = await versionDigest(engine, schema, content.split.method);
  const manifest: DatasetManifest = {
    format: 'modelyard-dataset/1',
    schema,
    rows: statistics.rows,
    split: content.split,
    parts,
    index,
    statistics: await store.put(json(statistics)),
    ...(options.contractReport && { contractReport: await store.put(json(options.contractReport)) }),
    ...(options.quarantine && { quarantine: await store.put({ path: options.quarantine.path }) }),
    ...(options.original && { original: options.original }),
  };
  const blob = await store.put(json(manifest));
  const blobs = unique([blob, ...blobsOf(manifest)]);
  const report = options.contractReport;
  return {
    manifest,
    blobs,
    version: {
      digest,
      schema,
      rows: statistics.rows,
      classCounts: Object.fromEntries(statistics.classes.map(({ name, rows }) => [name, rows])),
      split: { ...content.split, counts: statistics.splits satisfies Record<SplitName, number> },
      blob,
      storedBytes: blobs.reduce((sum, { size }) => sum + size, 0),
      source: { description: '', licence: '', ...options.origin },
      warnings: [...(options.warnings ?? []), ...warnings],
      quarantinedRows: options.quarantine?.rows ?? 0,
      ...(report &&
        report.revision !== undefined &&
        report.outcome !== 'rejected' && {
          contract: {
            revision: report.revision,
            outcome: report.outcome,
            violations: report.violations.length,
          },
        }),
    },
  };
}

/** Samples that came without a parent's lie in their order already, and sorting them takes as long as writing them. */
async function isInOrder(engine: TableEngine): Promise<boolean> {
  const { sorted } = await engine.row<{ sorted: boolean }>(
    `select bool_and("row" = rowid) as sorted from ${SAMPLES}`,
  );
  return sorted;
}

/** Every blob that a manifest names. */
export function blobsOf(manifest: DatasetManifest): BlobReference[] {
  const { parts, index, statistics, contractReport, quarantine, original } = manifest;
  const pieces = original?.files.flatMap((file) => file.pieces) ?? [];
  const all = [...parts, index, statistics, contractReport, quarantine, ...pieces];
  return all.flatMap((blob) => (blob === undefined ? [] : [{ sha256: blob.sha256, size: blob.size }]));
}

function unique(blobs: BlobReference[]): BlobReference[] {
  return [...new Map(blobs.map((blob) => [blob.sha256, blob])).values()];
}

function json(value: unknown): Buffer {
  return Buffer.from(JSON.stringify(value), 'utf8');
}
