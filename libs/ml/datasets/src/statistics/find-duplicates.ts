import type { DuplicateStatistics } from '@modelyard/contracts';
import type { TableEngine } from '@modelyard/ml-tables';
import { SAMPLES } from '../build/names';

const EXAMPLES = 10;
const ROWS_OF_EXAMPLE = 5;

/** Equal samples of the version: by their digests, and by those of their values alone where only the classes differ. */
export async function findDuplicates(engine: TableEngine): Promise<DuplicateStatistics> {
  const repeated = 'version_repeated';
  // Nearly all contents appear once, so what is grouped further is small.
  await engine.run(
    `create or replace temp table ${repeated} as
     select s."row", s.label, s.split, s.content, s.digest from ${SAMPLES} s
     join (select content from ${SAMPLES} group by content having count(*) > 1) using (content)`,
  );
  const counts = await engine.row<Record<'rows' | 'acrossSplits' | 'conflictingLabels', number>>(
    `select (select coalesce(sum(copies - 1), 0)
         from (select count(*) as copies from ${repeated} group by digest))::bigint as "rows",
       (select count(*) from (select 1 from ${repeated} group by content having count(distinct split) > 1)) as "acrossSplits",
       (select count(*) from (select 1 from ${repeated} group by content having count(distinct label) > 1)) as "conflictingLabels"`,
  );
  const examples = await engine.rows<{ rows: number[]; labels: string[]; splits: string[] }>(
    `select list("row" order by "row")[1:${ROWS_OF_EXAMPLE}] as "rows",
       list(label order by "row")[1:${ROWS_OF_EXAMPLE}] as labels, list(split order by "row")[1:${ROWS_OF_EXAMPLE}] as splits
     from ${repeated} group by content
     order by count(distinct label) > 1 desc, count(distinct split) > 1 desc, min("row") limit ${EXAMPLES}`,
  );
  await engine.run(`drop table ${repeated}`);
  return { ...counts, examples };
}
