import { createHash } from 'node:crypto';
import type { DatasetVersion, SplitName } from '@modelyard/contracts';
import { countRows, parseSort, readRows } from '@modelyard/ml-tables';
import type { SortKey, TableEngine } from '@modelyard/ml-tables';
import { AppError } from '@modelyard/platform-errors';
import { Injectable } from '@nestjs/common';
import { DatasetRepository } from '../../datasets/dataset.repository';
import type { PageRequest } from '../../listing/keyset';
import { decodePageToken, encodePageToken } from '../../listing/page-token';
import { OpenVersions } from '../opening/open-versions';
import { QUERY_MS } from '../opening/query-limits';
import { chooseColumns } from './choose-columns';
import type { DatasetRows } from './dataset-rows';
import { readColumns, toItems } from './dataset-rows';
import { explain, explained } from './explain-query-errors';
import { valueColumns } from './value-columns';
import type { RowSelection } from './row-selection';
import { selectRows } from './row-selection';

export interface RowsQuery extends PageRequest {
  filter?: string;
  sort?: string;
  split?: SplitName;
  columns?: string;
  /** Counts all rows that the filter lets through, too. */
  total: boolean;
}

/** Cells of a page: wide tables have short pages. */
const MOST_CELLS = 500_000;

@Injectable()
export class ReadRows {
  constructor(
    private readonly datasets: DatasetRepository,
    private readonly versions: OpenVersions,
  ) {}

  /** @throws AppError NOT_FOUND, VALIDATION_FAILED for what cannot be asked, DEADLINE_EXCEEDED, OVERLOADED */
  async execute(name: string, number: number | 'latest', query: RowsQuery): Promise<DatasetRows> {
    const version = await this.datasets.requireVersion(name, number);
    const selection = selectRows(version.schema, query);
    const sort = sortOf(query, selection);
    const chosen = chooseColumns(query.columns, valueColumns(version.schema));
    requireFewCells(query.pageSize, chosen.length);
    const list = nameList(version, query);
    const asked = {
      ...selection,
      columns: readColumns(chosen),
      sort,
      limit: query.pageSize,
      ...(query.pageToken === undefined
        ? {}
        : { after: String(decodePageToken(list, query.pageToken, 1)[0]) }),
    };
    return this.versions.use(version, (opened) =>
      opened.ask({ milliseconds: QUERY_MS }, (engine) =>
        explainFailure(async () => {
          const relation = opened.stored.samples;
          const page = await readRows(engine, { relation, ...asked });
          return {
            columns: chosen.map(({ name: column, type }) => ({ name: column, type })),
            items: toItems(version, chosen, page),
            ...(page.next === undefined ? {} : { nextPageToken: encodePageToken(list, [page.next]) }),
            ...(query.total ? { total: await count(engine, relation, selection) } : {}),
          };
        }),
      ),
    );
  }
}

function count(engine: TableEngine, relation: string, { filter, filterable }: RowSelection): Promise<number> {
  return countRows(engine, { relation, columns: filterable, ...(filter === undefined ? {} : { filter }) });
}

function sortOf({ sort }: RowsQuery, { filterable }: RowSelection): SortKey[] {
  return sort === undefined ? [] : explained('sort', () => parseSort(sort, filterable));
}

/** A token of one list is none of another: the same version, filter and order. */
function nameList({ blob }: DatasetVersion, { filter, sort, split }: RowsQuery): string {
  const asked = JSON.stringify([blob.sha256, filter, sort, split]);
  return `rows ${createHash('sha256').update(asked).digest('hex').slice(0, 16)}`;
}

function requireFewCells(rows: number, columns: number): void {
  if (rows * columns <= MOST_CELLS) return;
  const message = `times ${columns} columns is more than the ${MOST_CELLS} values that a page holds: ask for fewer rows, or for fewer columns`;
  throw new AppError('VALIDATION_FAILED', `pageSize ${message}`, { fields: [{ path: 'pageSize', message }] });
}

async function explainFailure<T>(ask: () => Promise<T>): Promise<T> {
  try {
    return await ask();
  } catch (error) {
    throw explain(error);
  }
}
