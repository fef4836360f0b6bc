import { UnreadableData } from '@modelyard/contracts';
import type { TableEngine } from '../engine/table-engine';
import { checkRejects } from './load-checked';
import type { PreparedText } from './prepare-text';

/** It stands in no JSON text, where control characters are escaped. */
const NO_DELIMITER = '\u0001\u0002\u0003';

/** Reads lines into `json_lines(file, line, raw, fault)`: what is wrong with a line, or null. Empty lines are left out. */
export async function readJsonLines(engine: TableEngine, texts: PreparedText[]): Promise<void> {
  await engine.run('create table json_lines (file integer, line bigint, raw varchar, fault varchar)');
  for (const [number, text] of texts.entries()) {
    await engine.run(
      `insert into json_lines select ${number}, null, raw, ${FAULT} from read_csv($1, auto_detect = false, header = false,
        delim = $2, quote = '', escape = '', strict_mode = false, columns = {raw: 'varchar'}, store_rejects = true,
        rejects_table = 'line_errors_${number}', rejects_scan = 'line_scans_${number}')`,
      [text.path, NO_DELIMITER],
    );
    await engine.run(
      'update json_lines set line = 1 + rowid - (select min(rowid) from json_lines where line is null) where line is null',
    );
    await refuseUnreadLines(engine, number, text.source.name);
    await engine.run(`drop table line_errors_${number}`);
    await engine.run(`drop table line_scans_${number}`);
  }
  await engine.run(`delete from json_lines where raw is null or trim(raw) = ''`);
}

const FAULT = `case
  when raw is null then null
  when not json_valid(raw) then 'The line is not valid JSON. Every line holds one whole object, such as {"age": 30, "label": "a"}.'
  when json_type(raw) != 'OBJECT' then 'The line holds no JSON object. Every line holds one, such as {"age": 30, "label": "a"}.'
  when len(json_keys(raw)) != len(list_distinct(json_keys(raw))) then 'A key stands twice in the object. Rename or remove one.'
  end`;

/** A line that could not even be taken as a text would shift the numbers of all behind it. */
async function refuseUnreadLines(engine: TableEngine, number: number, file: string): Promise<void> {
  const errors = await engine.rows<{ line: number; kind: string }>(
    `select line, error_type::varchar as kind from line_errors_${number} order by line limit 100`,
  );
  const [first] = errors;
  if (first === undefined) return;
  throw new UnreadableData(
    `${file}: line ${first.line} cannot be read.`,
    errors.map(({ line, kind }) => ({
      file,
      line,
      message:
        kind === 'INVALID ENCODING'
          ? 'The line is not UTF-8. JSON Lines are UTF-8 or UTF-16.'
          : 'The line is longer than 2 MB, or holds control characters.',
    })),
  );
}

export async function noteBrokenLines(engine: TableEngine, number: number, file: string): Promise<void> {
  await engine.run(
    `insert into rejects select $1, line, null, null, fault, left(raw, 500) from json_lines
      where file = ${number} and fault is not null order by line`,
    [file],
  );
  await checkRejects(engine, file);
}
