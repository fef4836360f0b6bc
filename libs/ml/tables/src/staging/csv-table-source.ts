import { UnreadableData } from '@modelyard/contracts';
import type { TableEngine } from '../engine/table-engine';
import { csvLayoutOf } from './csv-layout';
import { recordLines } from './csv-record-lines';
import { csvTextRelation, loadCsv, loadSuitingCsv, readType } from './csv-source';
import type { CsvFile } from './csv-source';
import { prepareText } from './prepare-text';
import type { SourceFile } from './source-file';
import type { StageOptions } from './stage-options';
import type { TableSource, TellLines } from './table-source';

/** CSV files of the same columns, whose order may differ. @throws UnreadableData */
export async function csvTableSource(
  engine: TableEngine,
  sources: SourceFile[],
  options: StageOptions,
): Promise<TableSource> {
  const files: CsvFile[] = [];
  for (const [number, source] of sources.entries()) {
    const text = await prepareText(source, number, options);
    const layout = await csvLayoutOf(text, options.csv);
    const table = files[0]?.layout ?? layout;
    files.push({ text, layout, order: orderOf(source.name, layout.names, table.names, layout.header) });
  }
  const names = files[0]?.layout.names ?? [];
  return {
    names,
    text: csvTextRelation(files, options.csv),
    totalBytes: files.reduce((sum, file) => sum + file.text.bytes, 0),
    bytes: (number) => files[number]?.text.bytes ?? 0,
    loadedType: readType,
    load: async (number, plan, first) => {
      const file = files[number] as CsvFile;
      await loadCsv(engine, file, number, plan, first, options.csv);
      return linesIn(engine, file);
    },
    loadSuiting: async (number, plan, first) => {
      const file = files[number] as CsvFile;
      await loadSuitingCsv(engine, file, plan, first, options.csv);
      return linesIn(engine, file);
    },
  };
}

function linesIn(engine: TableEngine, file: CsvFile): TellLines {
  return async (rows, from) => {
    const refused = await engine.rows<{ line: number }>(
      'select line from rejects where file = $1 and line is not null',
      [file.text.source.name],
    );
    const records = await recordLines(
      file.text.path,
      file.layout,
      rows.map((row) => row - from),
      new Set(refused.map(({ line }) => line)),
    );
    return new Map([...records].map(([record, line]) => [record + from, line]));
  };
}

/** For each column of the table, its number in a file. @throws UnreadableData when they are not the same */
export function orderOf(file: string, names: string[], table: string[], named: boolean): number[] {
  if (!named && names.length === table.length) return table.map((_, i) => i);
  const missing = table.filter((name) => !names.includes(name));
  const extra = names.filter((name) => !table.includes(name));
  if (missing.length > 0 || extra.length > 0)
    throw new UnreadableData(`${file} has other columns than the files before it.`, [
      ...missing.map((column) => ({ file, line: 1, column, message: 'The file lacks the column.' })),
      ...extra.map((column) => ({ file, line: 1, column, message: 'The files before it lack the column.' })),
    ]);
  return table.map((name) => names.indexOf(name));
}
