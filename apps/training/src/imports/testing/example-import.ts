import type { DatasetImport, StartImportResponse, SucceedImport } from '@modelyard/contracts';

export const IMPORT: DatasetImport = {
  id: 'import-1',
  dataset: 'flowers',
  status: 'running',
  source: { type: 'upload', uploads: [{ id: 'upload-1' }] },
  options: {},
  attempt: 1,
  cancelRequested: false,
  createdAt: '2026-01-01T00:00:00.000Z',
  createdBy: 'test',
};

export function importStart(
  change: Partial<DatasetImport> = {},
  rest: Partial<StartImportResponse> = {},
): StartImportResponse {
  return { decision: 'run', import: { ...IMPORT, ...change }, files: [], ...rest };
}

export const IMPORTED: SucceedImport = {
  version: {
    digest: 'sha256:00',
    schema: {
      kind: 'table',
      shape: [1],
      dtype: 'float32',
      columns: ['a'],
      target: 'b',
      classes: ['x', 'y'],
      minimum: 0,
      maximum: 1,
    },
    rows: 2,
    classCounts: { x: 1, y: 1 },
    split: {
      method: 'stratified',
      seed: 0,
      fractions: { train: 1, validation: 0, test: 0 },
      counts: { train: 2, validation: 0, test: 0 },
    },
    blob: { sha256: '00', size: 1 },
    storedBytes: 1,
    source: { description: '', licence: '' },
    warnings: [],
    quarantinedRows: 0,
  },
  blobs: [{ sha256: '00', size: 1 }],
};
