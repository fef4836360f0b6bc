import type { DatasetColumn } from '@modelyard/contracts';
import type { TableEngine } from '@modelyard/ml-tables';
import { SAMPLES, STAGED_ROWS } from './names';
import { digestOf, labelledDigest, labelOf, rowKeyOf } from './row-digests';
import type { TableToBuild } from './version-to-build';

/** Where the samples of a build begin in a version that has others already. */
export interface Offset {
  rows: number;
  parts: number;
}

/**
 * Makes the table of the version's samples from the staged rows of a table: numbered in the order in which they came,
 * laid out in parts, with their digests. `source` is the row's number in `staged`.
 */
export async function collectTableRows(
  engine: TableEngine,
  { columns, target }: TableToBuild,
  rowsPerPart: number,
  offset: Offset,
): Promise<void> {
  const { column, index } = targetOf(columns, target);
  await numberRows(engine);
  await engine.run(
    `create or replace table ${SAMPLES} as
     with valued as (
       select place, st."row" as source, ${labelOf(`c${index}`, column.type)} as label, split,
         ${digestOf(rowKeyOf(columns, target))} as content
       from ${STAGED_ROWS} st
     )
     select source, (place + $1)::bigint as "row", (place // $2 + $3)::integer as part, (place % $2)::integer as pos,
       label, split, ${labelledDigest('label', 'content')} as digest, content
     from valued`,
    [offset.rows, rowsPerPart, offset.parts],
  );
}

/** The same for staged images, whose pixels lie in parts already. `content` is found by `hashPixels`. */
export async function collectImages(engine: TableEngine, offset: Offset): Promise<void> {
  await engine.run(
    `create or replace table ${SAMPLES} as
     select "row" as source, (row_number() over (order by part, pos) - 1 + $1)::bigint as "row",
       (part + $2)::integer as part, pos::integer as pos, label, split, digest, null::blob as content,
       name, width, height, channels, format
     from staged`,
    [offset.rows, offset.parts],
  );
}

export function targetOf(columns: DatasetColumn[], target: string): { column: DatasetColumn; index: number } {
  const index = columns.findIndex(({ name }) => name === target);
  const column = columns[index];
  if (column === undefined) throw new RangeError(`There is no column ${target}`);
  return { column, index };
}

/** `staged` with each row's place among the others, from 0: where rows were taken out, it is not their number. */
async function numberRows(engine: TableEngine): Promise<void> {
  const { gaps } = await engine.row<{ gaps: boolean }>(
    `select coalesce(min("row") <> 0 or max("row") + 1 <> count(*), false) as gaps from staged`,
  );
  await engine.run(
    gaps
      ? `create or replace view ${STAGED_ROWS} as select staged.*, n.place from staged join
           (select "row", row_number() over (order by "row") - 1 as place from staged) n using ("row")`
      : `create or replace view ${STAGED_ROWS} as select *, "row" as place from staged`,
  );
}
