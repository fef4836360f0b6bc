import { hash } from 'node:crypto';
import type { DerivationChanges } from '@modelyard/contracts';
import type { TableEngine } from '@modelyard/ml-tables';
import { UnreadableData } from '@modelyard/contracts';
import { SAMPLES } from '../build/names';
import { labelledDigest } from '../build/row-digests';
import type { StoredVersion } from '../read/stored-version';
import { requireRows } from './require-rows';

const TABLE = 'version_relabelled';
const AT_ONCE = 1_000;
const DIGEST_HEX = 32;

/**
 * Gives single samples another class. Their digests change, their values stay where they are.
 * @throws UnreadableData when a row is not in the version, gets two classes, or an empty one
 */
export async function relabel(
  engine: TableEngine,
  parent: StoredVersion,
  changes: NonNullable<DerivationChanges['relabel']>,
): Promise<void> {
  requireRows(
    parent,
    changes.map(({ row }) => row),
    'relabel',
  );
  const labels = new Map<number, string>();
  for (const { row, label } of changes) {
    if (label === '') throw new UnreadableData(`relabel: row ${row} gets an empty class.`);
    if ((labels.get(row) ?? label) !== label)
      throw new UnreadableData(`relabel: row ${row} gets two classes.`);
    labels.set(row, label);
  }
  await engine.run(`create or replace temp table ${TABLE}(former bigint, label varchar, digest varchar)`);
  const entries = [...labels];
  const { kind } = parent.manifest.schema;
  for (let from = 0; from < entries.length; from += AT_ONCE) {
    const some = entries.slice(from, from + AT_ONCE);
    const digests = kind === 'image' ? await imageDigests(engine, parent, some) : [];
    const appender = await engine.appender(TABLE);
    some.forEach(([row, label], index) => {
      appender.appendBigInt(BigInt(row));
      appender.appendVarchar(label);
      appender.appendVarchar(digests[index] ?? '');
      appender.endRow();
    });
    appender.closeSync();
  }
  const digest = kind === 'image' ? 'unhex(t.digest)' : labelledDigest('t.label', `${SAMPLES}.content`);
  await engine.run(
    `update ${SAMPLES} set label = t.label, digest = ${digest} from ${TABLE} t where t.former = ${SAMPLES}.former`,
  );
  await engine.run(`drop table ${TABLE}`);
}

async function imageDigests(
  engine: TableEngine,
  parent: StoredVersion,
  changes: [number, string][],
): Promise<string[]> {
  const pixels = await parent.pixels(
    engine,
    changes.map(([row]) => row),
  );
  return changes.map(([, label], index) =>
    hash('sha256', Buffer.concat([Buffer.from(`${label}\0`), pixels[index] as Buffer])).slice(0, DIGEST_HEX),
  );
}
