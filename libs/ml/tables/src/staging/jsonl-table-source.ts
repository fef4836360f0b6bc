import { UnreadableData } from '@modelyard/contracts';
import type { TableSource } from './table-source';
export async function jsonlTableSource(): Promise<TableSource> {
  throw new UnreadableData('JSON Lines cannot be read yet.');
}
