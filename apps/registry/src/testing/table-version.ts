import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type {
  DatasetColumn,
  DatasetVersion,
  DerivationChanges,
  DerivationOperation,
} from '@modelyard/contracts';
import type { BuildOptions } from '@modelyard/ml-datasets';
import { buildVersion, deriveVersion, openVersion } from '@modelyard/ml-datasets';
import { TableEngine } from '@modelyard/ml-tables';
import { BlobStore, toStoredContent } from '@modelyard/platform-blobs';
import { UnitOfWork } from '../database/unit-of-work';
import type { VersionToAdd } from '../datasets/add-version';
import { AddVersion } from '../datasets/add-version';
import type { RegistryUnderTest } from './registry-under-test';

const TYPES = {
  numeric: 'double',
  integer: 'bigint',
  categorical: 'varchar',
  boolean: 'boolean',
  date: 'timestamp',
  text: 'varchar',
  image: 'blob',
};

export interface TableContent {
  columns: { name: string; type: DatasetColumn['type']; role?: DatasetColumn['role'] }[];
  /** By column, as JSON holds them. */
  rows: unknown[][];
  /** CSV of rows that were kept aside. */
  quarantined?: string;
  options?: Pick<BuildOptions, 'split' | 'origin' | 'contractReport' | 'original'>;
}

/** Adds a table as a version, as an import does in the end. */
export async function addTableVersion(
  registry: RegistryUnderTest,
  dataset: string,
  content: TableContent,
): Promise<DatasetVersion> {
  const folder = await mkdtemp(join(registry.environment.folder, 'build-'));
  const engine = await TableEngine.open({ folder, folders: [registry.environment.folder] });
  try {
    const built = await buildVersion({
      engine,
      folder,
      store: toStoredContent(registry.service.app.get(BlobStore, { strict: false })),
      kind: 'table',
      staged: await stage(engine, content),
      ...(content.quarantined === undefined
        ? {}
        : { quarantine: await setAside(engine, folder, content.quarantined) }),
      ...content.options,
    });
    return await add(registry, dataset, built, {});
  } finally {
    engine.close();
    await rm(folder, { recursive: true });
  }
}

/** Adds a version that was made from another one, as an import does in the end. */
export async function addDerivedVersion(
  registry: RegistryUnderTest,
  version: DatasetVersion,
  changes: DerivationChanges,
  operation: DerivationOperation = 'filter',
): Promise<DatasetVersion> {
  const folder = await mkdtemp(join(registry.environment.folder, 'build-'));
  const engine = await TableEngine.open({ folder, folders: [registry.environment.folder] });
  try {
    const store = toStoredContent(registry.service.app.get(BlobStore, { strict: false }));
    const parent = await openVersion(store, version.blob);
    await parent.attach(engine, 'p_');
    const built = await deriveVersion({ engine, folder, store, parent, changes });
    return await add(registry, version.dataset, built, { parent: { version: version.version, operation } });
  } finally {
    engine.close();
    await rm(folder, { recursive: true });
  }
}

async function stage(
  engine: TableEngine,
  { columns, rows }: TableContent,
): Promise<{ columns: DatasetColumn[]; target: string }> {
  const types = columns.map(({ type }, index) => `c${index} ${TYPES[type]}`);
  await engine.run(`create table staged(row bigint, split varchar, ${types.join(', ')})`);
  const values = columns.map(({ type }, index) => `(o->>'$[${index}]')::${TYPES[type]}`);
  await engine.run(
    `insert into staged select row_number() over () - 1, null, ${values.join(', ')}
     from (select unnest(from_json($1, '["JSON"]')) as o)`,
    [JSON.stringify(rows)],
  );
  const described = columns.map((column) => ({ role: 'feature' as const, nullable: true, ...column }));
  return { columns: described, target: described.find(({ role }) => role === 'target')?.name ?? '' };
}

async function setAside(
  engine: TableEngine,
  folder: string,
  csv: string,
): Promise<{ path: string; rows: number }> {
  const lines = csv.trim().split('\n').slice(1);
  const path = join(folder, 'quarantine.parquet');
  await engine.run('create table bad(row bigint, name varchar, reason varchar)');
  for (const line of lines)
    await engine.run(`insert into bad values (nullif($1, '')::bigint, $2, $3)`, line.split(','));
  await engine.run(`copy bad to '${path}' (format parquet)`);
  return { path, rows: lines.length };
}

async function add(
  registry: RegistryUnderTest,
  dataset: string,
  { version, blobs }: Awaited<ReturnType<typeof buildVersion>>,
  from: VersionToAdd['from'],
): Promise<DatasetVersion> {
  const { app } = registry.service;
  const caller = { id: 'test', name: 'admin', role: 'admin', kind: 'api-key' } as const;
  const added = await app
    .get(UnitOfWork, { strict: false })
    .transaction(() =>
      app
        .get(AddVersion, { strict: false })
        .execute({ dataset, description: '', createdBy: 'admin', from, version, blobs }, caller, {}),
    );
  return added.version;
}
