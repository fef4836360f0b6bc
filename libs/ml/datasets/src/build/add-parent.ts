import type { DatasetManifest } from '@modelyard/contracts';
import type { TableEngine } from '@modelyard/ml-tables';
import type { StoredVersion } from '../read/stored-version';
import { targetOf } from './collect-samples';
import { IMAGE_COLUMNS, INDEX_COLUMNS, SAMPLES, VALUES } from './names';
import { labelOf } from './row-digests';
import type { TableToBuild } from './version-to-build';

/** Puts the samples of the version that others were added to in front of them, as they are: parts, places, splits. */
export async function addParent(engine: TableEngine, parent: StoredVersion): Promise<void> {
  const { kind } = parent.manifest.schema;
  const columns = kind === 'image' ? [...INDEX_COLUMNS, ...IMAGE_COLUMNS] : INDEX_COLUMNS;
  await engine.run(
    `insert into ${SAMPLES} by name select ${columns.join(', ')}, null::bigint as source from ${parent.index}`,
  );
}

/** Makes the relation of all values that the version is going to have: of the staged rows alone, or of the parent's and them. */
export async function collectValues(
  engine: TableEngine,
  { columns, target }: TableToBuild,
  parent?: StoredVersion,
): Promise<void> {
  const { column, index } = targetOf(columns, target);
  const values = columns.map((_, i) => (i === index ? `${labelOf(`c${i}`, column.type)} as c${i}` : `c${i}`));
  if (parent === undefined) {
    await dropValues(engine);
    await engine.run(`create view ${VALUES} as select "row", ${values.join(', ')} from staged`);
    return;
  }
  // Read once: a profile goes over its relation many times.
  await dropValues(engine);
  await engine.run(
    `create table ${VALUES} as
     select "row", ${columns.map((_, i) => `c${i}`).join(', ')} from ${parent.samples}
     union all
     select s."row", ${values.join(', ')} from staged join ${SAMPLES} s on s.source = staged."row"`,
  );
}

/** The values of a parent's rows that stay; the class comes from the new index. */
export async function keepValues(
  engine: TableEngine,
  parent: StoredVersion,
  { fields = [], target }: DatasetManifest['schema'],
): Promise<void> {
  const values = fields.map(({ name }, i) => (name === target ? `s.label as c${i}` : `p.c${i}`));
  await dropValues(engine);
  await engine.run(
    `create table ${VALUES} as select s."row", ${values.join(', ')}
     from ${SAMPLES} s join ${parent.samples} p on p."row" = s.former`,
  );
}

async function dropValues(engine: TableEngine): Promise<void> {
  const found = await engine.rows<{ type: string }>(
    `select table_type as type from information_schema.tables where table_name = $1`,
    [VALUES],
  );
  if (found[0] !== undefined) {
    await engine.run(`drop ${found[0].type === 'VIEW' ? 'view' : 'table'} ${VALUES}`);
  }
}
