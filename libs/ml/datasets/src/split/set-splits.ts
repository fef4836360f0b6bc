import { SPLIT_NAMES } from '@modelyard/contracts';
import type { SplitName } from '@modelyard/contracts';
import type { TableEngine } from '@modelyard/ml-tables';
import { SAMPLES } from '../build/names';

const TABLE = 'version_split';

/**
 * Writes down which split samples are in.
 * @param keys what is divided: a sample's `row`, or a number that a relation of `key` and `row` gives to many rows
 * @param splitOf the split of the key at each position
 */
export async function setSplits(
  engine: TableEngine,
  keys: ArrayLike<number>,
  splitOf: (position: number) => SplitName,
  relation?: string,
): Promise<void> {
  await engine.run(`create or replace temp table ${TABLE}(key integer, code integer)`);
  const appender = await engine.appender(TABLE);
  for (let position = 0; position < keys.length; position++) {
    appender.appendInteger(keys[position] as number);
    appender.appendInteger(SPLIT_NAMES.indexOf(splitOf(position)));
    appender.endRow();
  }
  appender.closeSync();
  const names = SPLIT_NAMES.map((name) => `'${name}'`).join(', ');
  await engine.run(
    relation === undefined
      ? `update ${SAMPLES} set split = list_extract([${names}], t.code + 1) from ${TABLE} t
         where t.key = ${SAMPLES}."row"`
      : `update ${SAMPLES} set split = list_extract([${names}], t.code + 1)
         from ${TABLE} t join ${relation} r on r.key = t.key where r."row" = ${SAMPLES}."row"`,
  );
  await engine.run(`drop table ${TABLE}`);
}
