import { UnreadableData } from '@modelyard/contracts';
import type { TableSource } from './table-source';
export async function parquetTableSource(): Promise<TableSource> {
  throw new UnreadableData('Parquet cannot be read yet.');
}
