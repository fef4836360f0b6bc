import type { ColumnType, DataProblem } from '@modelyard/contracts';
import type { TableEngine } from '../engine/table-engine';

/** A row that cannot be taken. */
export interface Reject {
  file: string;
  line?: number;
  column?: string;
  value?: string;
  reason: string;
  /** The row as the file has it, cut to 500 characters. */
  raw?: string;
}

const SHOWN = 100;

export async function createRejects(engine: TableEngine): Promise<void> {
  await engine.run(
    'create table rejects (file varchar, line bigint, column_name varchar, value varchar, reason varchar, raw varchar)',
  );
}

export async function addRejects(engine: TableEngine, rejects: Reject[]): Promise<void> {
  const appender = await engine.appender('rejects');
  try {
    for (const reject of rejects) {
      appender.appendVarchar(reject.file);
      if (reject.line === undefined) appender.appendNull();
      else appender.appendBigInt(BigInt(reject.line));
      for (const text of [reject.column, reject.value, reject.reason, reject.raw]) {
        if (text === undefined) appender.appendNull();
        else appender.appendVarchar(text);
      }
      appender.endRow();
    }
  } finally {
    appender.closeSync();
  }
}

/** The first of the rejected rows, as people are told of them. */
export async function firstProblems(engine: TableEngine): Promise<DataProblem[]> {
  const rows = await engine.rows<
    Record<'file' | 'column' | 'value' | 'reason', string | null> & { line: number | null }
  >(
    `select file, line, column_name as "column", left(value, 200) as value, reason
      from rejects order by rowid limit ${SHOWN}`,
  );
  return rows.map(({ file, line, column, value, reason }) => ({
    ...(file === null ? {} : { file }),
    ...(line === null ? {} : { line }),
    ...(column === null ? {} : { column }),
    ...(value === null ? {} : { value }),
    message: reason ?? '',
  }));
}

const WANTED: Record<ColumnType, string> = {
  integer: 'a whole number',
  numeric: 'a number',
  boolean: 'true or false',
  date: 'a date such as 2026-11-02 or 2026-11-02 10:15:00',
  categorical: 'a text',
  text: 'a text',
  image: 'an image',
};

/** Why a value cannot stand in a column, and what to do. */
export function reasonOf(type: ColumnType, value: string | undefined): string {
  const shown = value === undefined ? 'The value' : JSON.stringify(value.slice(0, 60));
  return `${shown} is not ${WANTED[type]}. Correct it, name it in csv.nullValues if it stands for no value, or give the column another type.`;
}
