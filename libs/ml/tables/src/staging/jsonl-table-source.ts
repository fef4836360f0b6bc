import { UnreadableData } from '@modelyard/contracts';
import type { Parameter, TableEngine } from '../engine/table-engine';
import { namesThatRepeat } from './csv-layout';
import { loadChecked } from './load-checked';
import { noteBrokenLines, readJsonLines } from './json-lines';
import { prepareText } from './prepare-text';
import type { PreparedText } from './prepare-text';
import type { SourceFile } from './source-file';
import { MOST_COLUMNS } from './stage-options';
import type { StageOptions } from './stage-options';
import type { TableSource } from './table-source';
import { STORED_TYPES } from './load-plan';

/**
 * JSON Lines: an object in each line, whose keys are the columns, in the order in which they first appear. A key that an
 * object lacks, null and the empty text are no value; nested values are kept as JSON texts. @throws UnreadableData
 */
export async function jsonlTableSource(
  engine: TableEngine,
  sources: SourceFile[],
  options: StageOptions,
): Promise<TableSource> {
  const texts: PreparedText[] = [];
  for (const [number, source] of sources.entries())
    texts.push(await prepareText(source, number, { ...options, csv: {} }));
  await readJsonLines(engine, texts);
  const names = await keysOf(engine, sources);
  const parameters: Parameter[] = names.map(pointerTo);
  const paths = names.map((_, i) => `$${i + 1}`).join(', ');
  const parsed = `(select line, file, raw, json_extract_string(raw, [${paths}]) as v from json_lines where fault is null)`;
  const values = (prefix: string): string =>
    names.map((_, i) => `nullif(v[${i + 1}], '') as ${prefix}${i}`).join(', ');
  return {
    names,
    text: { sql: `(select ${values('c')} from ${parsed})`, parameters },
    totalBytes: texts.reduce((sum, text) => sum + text.bytes, 0),
    bytes: (number) => texts[number]?.bytes ?? 0,
    loadedType: ({ type }) => STORED_TYPES[type],
    load: async (number, plan, first) => {
      const file = sources[number] as SourceFile;
      await noteBrokenLines(engine, number, file.name);
      const sql = `(select line, raw, ${values('f')} from ${parsed} where file = ${number})`;
      await loadChecked(engine, { sql, parameters, typed: () => false }, file, plan, first);
      if (number === sources.length - 1) await engine.run('drop table json_lines');
      return (rows, from) => Promise.resolve(new Map(rows.map((row) => [row, row - from + 1])));
    },
  };
}

async function keysOf(engine: TableEngine, sources: SourceFile[]): Promise<string[]> {
  const keys = await engine.rows<{ key: string }>(
    `with shapes as (select json_keys(raw) as keys, min((file, line)) as seen from json_lines where fault is null group by 1)
      select key from (select unnest(keys) as key, unnest(range(len(keys))) as place, seen from shapes)
      group by key order by min((seen, place)) limit ${MOST_COLUMNS + 1}`,
  );
  const names = keys.map(({ key }) => key);
  const file = sources.length === 1 ? sources[0]?.name : undefined;
  const where = file === undefined ? {} : { file };
  if (names.length === 0) {
    const [broken] = await engine.rows<{ file: number; line: number; fault: string }>(
      'select file, line, fault from json_lines order by file, line limit 1',
    );
    const name = sources[broken?.file ?? 0]?.name ?? 'The file';
    throw new UnreadableData(`${name} holds no JSON objects.`, [
      {
        file: name,
        ...(broken === undefined ? {} : { line: broken.line }),
        message: broken?.fault ?? 'The file holds no lines.',
      },
    ]);
  }
  if (names.length > MOST_COLUMNS)
    throw new UnreadableData(`The objects have more than ${MOST_COLUMNS} different keys.`, [
      {
        ...where,
        message: `A table has at most ${MOST_COLUMNS} columns. Put values into rows rather than keys.`,
      },
    ]);
  const twice = namesThatRepeat(names);
  if (twice.length > 0)
    throw new UnreadableData(
      'Keys differ in nothing but capital letters.',
      twice.map((column) => ({
        ...where,
        column,
        message: 'Another key is the same but for capital letters. Rename one.',
      })),
    );
  return names;
}

/** RFC 6901. */
function pointerTo(key: string): string {
  return `/${key.replaceAll('~', '~0').replaceAll('/', '~1')}`;
}
