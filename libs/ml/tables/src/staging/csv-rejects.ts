import { UnreadableData } from '@modelyard/contracts';
import type { ColumnType } from '@modelyard/contracts';
import type { TableEngine } from '../engine/table-engine';
import type { CsvFile } from './csv-source';
import type { LoadPlan } from './load-plan';
import { addRejects, reasonOf } from './rejects';
import type { Reject } from './rejects';
import { MOST_REJECTS } from './stage-options';
import { linesAt } from './text-lines';

type Row = {
  record: number;
  at: number;
  column: string | null;
  kind: string;
  raw: string;
  message: string;
};

/** Takes what DuckDB noted (its bytes count from 1) of a file's bad rows over into `rejects`: one row each, with the line that the value stands in. */
export async function addCsvRejects(
  engine: TableEngine,
  noted: string,
  file: CsvFile,
  plan: LoadPlan,
): Promise<void> {
  const name = file.text.source.name;
  const { count } = await engine.row<{ count: number }>(
    `select count(distinct line_byte_position) as count from ${noted}`,
  );
  if (count === 0) return;
  if (count > MOST_REJECTS)
    throw new UnreadableData(`${name}: more than ${MOST_REJECTS} rows cannot be read.`, [
      {
        file: name,
        message: `More than ${MOST_REJECTS} rows cannot be read. Are delimiter, quote and types right?`,
      },
    ]);
  const rows = await engine.rows<Row>(
    `select line_byte_position as record, coalesce(byte_position, line_byte_position) - 1 as at, column_name as "column",
      error_type::varchar as kind, left(csv_line, 500) as raw, left(error_message, 500) as message
      from ${noted} order by 1, 2`,
  );
  const lines = await linesAt(
    file.text.path,
    rows.map((row) => row.at),
  );
  const found = new Map<number, Reject[]>();
  for (const row of rows) {
    const reject = rejectOf(row, file, plan, lines.get(row.at));
    const before = found.get(row.record);
    if (before === undefined) found.set(row.record, [reject]);
    else before.push(reject);
  }
  await addRejects(engine, [...found.values()].map(joined));
}

const OTHERS_NAMED = 10;

/** A row's first fault; of the others, the columns alone. */
function joined([first, ...others]: Reject[]): Reject {
  const { column, reason } = first as Reject;
  const names = [...new Set(others.flatMap((other) => other.column ?? []))].filter((name) => name !== column);
  if (names.length === 0) return first as Reject;
  const listed = names.slice(0, OTHERS_NAMED).join(', ');
  const more = names.length > OTHERS_NAMED ? ` and ${names.length - OTHERS_NAMED} more` : '';
  const which = names.length === 1 ? 'the column' : 'the columns';
  return {
    ...(first as Reject),
    reason: `${reason} The row has such values in ${which} ${listed}${more} too.`,
  };
}

function rejectOf(row: Row, file: CsvFile, plan: LoadPlan, line: number | undefined): Reject {
  const name = file.text.source.name;
  const reject: Reject = { file: name, raw: row.raw.replace(/^[\r\n]+/, ''), reason: '' };
  if (line !== undefined) reject.line = line;
  const number = /^f(\d+)$/.exec(row.column ?? '')?.[1];
  const column = number === undefined ? undefined : file.layout.names[Number(number)];
  if (column !== undefined && row.kind !== 'MISSING COLUMNS') reject.column = column;
  const expected = file.layout.names.length;
  switch (row.kind) {
    case 'CAST': {
      const value = /Could not convert string "(.*?)" to '/s.exec(row.message)?.[1];
      if (value !== undefined) reject.value = value.slice(0, 200);
      reject.reason = reasonOf(typeNamed(plan, column), value);
      break;
    }
    case 'MISSING COLUMNS':
    case 'TOO MANY COLUMNS': {
      const found = /Found: (\d+)/.exec(row.message)?.[1];
      reject.reason = `The row has ${found ?? 'another number of'} values; the file has ${expected} columns.`;
      break;
    }
    case 'UNQUOTED VALUE':
      reject.reason =
        'A quote is opened and not closed properly. A quote inside of a quoted value is doubled.';
      // Such a quote has swallowed the lines behind it: leaving the row out would leave them out too, unseen.
      if (/[\r\n]./s.test(reject.raw ?? '')) {
        const message = `${name}: a quote that opens in line ${line} is not closed properly.`;
        throw new UnreadableData(message, [
          {
            file: name,
            ...(line === undefined ? {} : { line }),
            ...(column === undefined ? {} : { column }),
            message: reject.reason,
          },
        ]);
      }
      break;
    case 'LINE SIZE OVER MAXIMUM':
      reject.reason = 'The row is longer than 2 MB. Is a quote missing?';
      break;
    case 'INVALID ENCODING':
      reject.reason = 'The value is not UTF-8. Say csv.encoding "latin-1" or "utf-16", or convert the file.';
      break;
    default:
      reject.reason = row.message;
  }
  return reject;
}

function typeNamed(plan: LoadPlan, name: string | undefined): ColumnType {
  return plan.columns.find((column) => column.name === name)?.type ?? 'text';
}
