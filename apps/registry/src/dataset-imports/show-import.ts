import type { DatasetImport, ImportSource } from '@modelyard/contracts';
import type { datasetImports } from '../database/schema';
import { toIso } from '../sources/clock';

type Row = typeof datasetImports.$inferSelect;

/** An import as services see it, with the whole URL. */
export function toImport(row: Row): DatasetImport {
  return {
    id: row.id,
    dataset: row.datasetName,
    status: row.status,
    source: row.source,
    options: row.options,
    ...(row.parentVersion === null ? {} : { parentVersion: row.parentVersion }),
    attempt: row.attempt,
    cancelRequested: row.cancelRequested,
    ...(row.progress === null ? {} : { progress: row.progress }),
    ...(row.error === null ? {} : { error: row.error }),
    ...(row.result === null ? {} : { result: row.result }),
    createdAt: toIso(row.createdAt),
    createdBy: row.createdBy,
    ...(row.startedAt === null ? {} : { startedAt: toIso(row.startedAt) }),
    ...(row.endedAt === null ? {} : { endedAt: toIso(row.endedAt) }),
  };
}

/** An import as people see it. */
export function showImport(known: DatasetImport): DatasetImport {
  return { ...known, source: showSource(known.source) };
}

/** A URL's query may be a key: links that are signed for a while hold theirs there. */
export function showSource(source: ImportSource): ImportSource {
  if (source.type !== 'url') return source;
  const url = URL.parse(source.url);
  return { ...source, url: url === null ? '' : `${url.origin}${url.pathname}` };
}
