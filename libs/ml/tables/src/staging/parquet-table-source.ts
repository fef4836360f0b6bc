import { open, stat } from 'node:fs/promises';
import { UnreadableData } from '@modelyard/contracts';
import type { ColumnType, DataProblem } from '@modelyard/contracts';
import type { Parameter, TableEngine } from '../engine/table-engine';
import { namesThatRepeat } from './csv-layout';
import { orderOf } from './csv-table-source';
import { loadChecked } from './load-checked';
import { STORED_TYPES } from './load-plan';
import { parquetTypeOf, widestType } from './parquet-types';
import type { ParquetType } from './parquet-types';
import type { SourceFile } from './source-file';
import { MOST_COLUMNS } from './stage-options';
import type { StageOptions } from './stage-options';
import type { TableSource } from './table-source';

interface ParquetFile {
  source: SourceFile;
  bytes: number;
  names: string[];
  types: string[];
}

/** Parquet files of the same columns. Their types decide; texts are looked at. @throws UnreadableData */
export async function parquetTableSource(
  engine: TableEngine,
  sources: SourceFile[],
  options: StageOptions,
): Promise<TableSource> {
  const files: ParquetFile[] = [];
  for (const source of sources) files.push(await openParquet(engine, source));
  const names = files[0]?.names ?? [];
  const orders = files.map((file) => orderOf(file.source.name, file.names, names, true));
  const types = typesOf(files, orders, names, options);
  const overridden = (i: number): boolean => {
    const type = options.columns?.[names[i] ?? '']?.type;
    return type !== undefined && type !== types[i];
  };
  const typed = (i: number): boolean => !overridden(i) && types[i] !== 'string';
  const parameters: Parameter[] = sources.map(({ path }) => path);
  const parts = files.map((file, number) => {
    const columns = names.map((_, i) => {
      const column = `f${orders[number]?.[i]}`;
      return `${typed(i) ? column : `nullif(${column}::varchar, '')`} as c${i}`;
    });
    return `select ${columns.join(', ')} from read_parquet($${number + 1}) as t(${listed(file.names.length)})`;
  });
  return {
    names,
    types,
    text: { sql: `(${parts.join(' union all ')})`, parameters, typed },
    totalBytes: files.reduce((sum, file) => sum + file.bytes, 0),
    bytes: (number) => files[number]?.bytes ?? 0,
    loadedType: ({ type }) => STORED_TYPES[type],
    load: async (number, plan, first) => {
      const file = files[number] as ParquetFile;
      const columns = names.map((_, i) => {
        const column = `f${orders[number]?.[i]}`;
        return `${typed(i) ? column : `nullif(${column}::varchar, '')`} as f${i}`;
      });
      const sql = `(select n + 1 as line, null::varchar as raw, ${columns.join(', ')}
        from read_parquet($1, file_row_number = true) as t(${listed(file.names.length)}, n))`;
      await loadChecked(engine, { sql, parameters: [file.source.path], typed }, file.source, plan, first);
      return (rows, from) => Promise.resolve(new Map(rows.map((row) => [row, row - from + 1])));
    },
  };
}

/** Columns by their places: a file's names are never written into a statement. */
function listed(columns: number): string {
  return Array.from({ length: columns }, (_, i) => `f${i}`).join(', ');
}

async function openParquet(engine: TableEngine, source: SourceFile): Promise<ParquetFile> {
  const file = source.name;
  const { size } = await stat(source.path);
  await checkMarks(source, size);
  const { columns } = await engine.row<{ columns: number }>(
    'select num_children as columns from parquet_schema($1) limit 1',
    [source.path],
  );
  if (columns > MOST_COLUMNS)
    throw new UnreadableData(`${file} has ${columns} columns; ${MOST_COLUMNS} are allowed.`, [
      { file, message: `A table has at most ${MOST_COLUMNS} columns.` },
    ]);
  const described = await engine.rows<{ column_name: string; column_type: string }>(
    'select column_name, column_type from (describe select * from read_parquet($1))',
    [source.path],
  );
  const names = await namesIn(
    engine,
    source.path,
    described.map(({ column_name }) => column_name),
  );
  const twice = namesThatRepeat(names);
  if (twice.length > 0)
    throw new UnreadableData(
      `${file}: column names stand more than once.`,
      twice.map((column) => ({
        file,
        column,
        message: 'The name stands more than once. Rename all but one.',
      })),
    );
  return { source, bytes: size, names, types: described.map(({ column_type }) => column_type) };
}

/** DuckDB renames columns of the same name; the file's own schema says what they are called. Only flat ones are looked at. */
async function namesIn(engine: TableEngine, path: string, described: string[]): Promise<string[]> {
  const schema = await engine.rows<{ name: string }>('select name from parquet_schema($1)', [path]);
  return schema.length === described.length + 1 ? schema.slice(1).map(({ name }) => name) : described;
}

async function checkMarks({ path, name }: SourceFile, size: number): Promise<void> {
  const handle = await open(path);
  try {
    const begin = (await handle.read(Buffer.alloc(4), 0, 4, 0)).buffer.toString('latin1');
    const end = (await handle.read(Buffer.alloc(4), 0, 4, Math.max(0, size - 4))).buffer.toString('latin1');
    if (begin === 'PAR1' && end === 'PAR1' && size > 12) return;
    const message =
      begin === 'PAR1'
        ? 'The file is cut off: a Parquet file ends with PAR1. Upload it again.'
        : 'The file is not Parquet.';
    throw new UnreadableData(`${name}: ${message}`, [{ file: name, message }]);
  } finally {
    await handle.close();
  }
}

function typesOf(
  files: ParquetFile[],
  orders: number[][],
  names: string[],
  options: StageOptions,
): (ColumnType | 'string')[] {
  const problems: DataProblem[] = [];
  const types = names.map((column, i): ColumnType | 'string' => {
    const wanted = Object.hasOwn(options.columns ?? {}, column) ? options.columns?.[column]?.type : undefined;
    const found = files.map((file, number): ParquetType => {
      const stored = file.types[orders[number]?.[i] ?? 0] ?? '';
      const type = parquetTypeOf(stored);
      if (type === undefined && wanted !== 'text' && wanted !== 'categorical')
        problems.push({
          file: file.source.name,
          column,
          message: `Columns of type ${stored.slice(0, 100)} cannot be used. Leave the column out, or give it the type text.`,
        });
      return type ?? 'string';
    });
    const type = widestType(found);
    if (type === undefined)
      problems.push({
        column,
        message: `The files have the column in different types: ${[...new Set(found)].join(', ')}.`,
      });
    return type ?? 'string';
  });
  if (problems.length > 0)
    throw new UnreadableData(
      `${files[0]?.source.name ?? 'The file'} has columns that cannot be used.`,
      problems,
    );
  return types;
}
