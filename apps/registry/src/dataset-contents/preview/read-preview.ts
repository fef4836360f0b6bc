import type { ColumnStatistics, DatasetStatistics, DatasetVersion } from '@modelyard/contracts';
import type { PlainValue, Queryable, TableEngine } from '@modelyard/ml-tables';
import { Injectable } from '@nestjs/common';
import { DatasetRepository } from '../../datasets/dataset.repository';
import { imagePath } from '../images/image-path';
import { OpenVersions } from '../opening/open-versions';
import { QUERY_MS } from '../opening/query-limits';
import type { DatasetRow } from '../rows/dataset-rows';
import { readColumns, toItems } from '../rows/dataset-rows';
import { valueColumns } from '../rows/value-columns';
import type { DatasetPreview, PreviewedColumn } from './preview';

export interface PreviewOptions {
  perClass: number;
  seed: number;
  /** Of thumbnails: pixels of the longer side. */
  size: number;
}

const CLASSES = 100;
const COLUMNS = 200;
const TOP = 10;

@Injectable()
export class ReadPreview {
  constructor(
    private readonly datasets: DatasetRepository,
    private readonly versions: OpenVersions,
  ) {}

  /** @throws AppError NOT_FOUND, DEADLINE_EXCEEDED, OVERLOADED */
  async execute(name: string, number: number | 'latest', options: PreviewOptions): Promise<DatasetPreview> {
    const version = await this.datasets.requireVersion(name, number);
    const columns = valueColumns(version.schema).slice(0, COLUMNS);
    return this.versions.use(version, async (opened) => {
      const statistics = await opened.stored.statistics();
      const classes = statistics.classes.slice(0, CLASSES);
      const samples = await opened.ask({ milliseconds: QUERY_MS }, (engine) =>
        chooseSamples(engine, version, { relation: opened.stored.samples, columns, ...options }),
      );
      return {
        dataset: version.dataset,
        version: version.version,
        kind: version.schema.kind,
        rows: statistics.rows,
        splits: statistics.splits,
        classes: classes.map((of) => ({ ...of, samples: samples.filter(({ label }) => label === of.name) })),
        classCount: statistics.classes.length,
        ...describeValues(statistics),
      };
    });
  }
}

/** Some rows of each of the first classes: a random choice, the same for the same seed. */
async function chooseSamples(
  engine: TableEngine,
  version: DatasetVersion,
  { relation, columns, perClass, seed, size }: PreviewOptions & { relation: string; columns: Queryable[] },
): Promise<DatasetRow[]> {
  const shown = readColumns(columns).map(({ expression }, index) => `${expression} as v${index}`);
  const rows = await engine.rows<Record<string, PlainValue> & { row: number }>(
    `select ${['"row"', ...shown].join(', ')} from ${relation} where "row" in (
       select "row" from (
         select "row", row_number() over (partition by label order by hash("row", ${seed}::bigint), "row") as place
         from ${relation} where label in (select unnest(from_json($1, '["VARCHAR"]')))
       ) where place <= ${perClass}
     ) order by "row"`,
    [JSON.stringify(version.schema.classes.slice(0, CLASSES))],
  );
  const page = rows.map(({ row, ...values }) => ({
    row,
    values: Array.from({ length: shown.length }, (_, index) => values[`v${index}`] ?? null),
  }));
  return toItems(version, columns, { rows: page }).map((item) =>
    item.image === undefined ? item : { ...item, image: imagePath(version, item.row, size) },
  );
}

function describeValues({ columns, images }: DatasetStatistics): Partial<DatasetPreview> {
  if (images !== undefined) {
    const { widths, heights, formats, classBrightness } = images;
    return { images: { widths, heights, formats, classBrightness } };
  }
  if (columns === undefined) return {};
  return { columns: columns.slice(0, COLUMNS).map(describeColumn), columnCount: columns.length };
}

function describeColumn(column: ColumnStatistics): PreviewedColumn {
  const { name, type, missing, missingShare, distinct, nearConstant, numeric, top } = column;
  return {
    name,
    type,
    missing,
    missingShare,
    distinct,
    nearConstant,
    ...(numeric === undefined ? {} : { histogram: numeric.histogram }),
    ...(top === undefined ? {} : { top: top.slice(0, TOP) }),
  };
}
