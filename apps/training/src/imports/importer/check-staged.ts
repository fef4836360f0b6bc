import { join } from 'node:path';
import { UnreadableData } from '@modelyard/contracts';
import type { ContractReport, DataProblem, DatasetWarning } from '@modelyard/contracts';
import { checkContract, quarantineRows } from '@modelyard/ml-data-contracts';
import { openVersion } from '@modelyard/ml-datasets';
import type { StoredVersion } from '@modelyard/ml-datasets';
import type { ImportWork } from './import-work';
import type { StagedSamples } from './stage-samples';

export interface CheckedSamples {
  report?: ContractReport;
  quarantine?: { path: string; rows: number };
  warnings: DatasetWarning[];
}

/**
 * Checks the staged samples against the dataset's contract, and takes those out that are to be kept aside.
 * @throws UnreadableData when the contract rejects them
 */
export async function checkStaged(work: ImportWork, samples: StagedSamples): Promise<CheckedSamples> {
  const report = await checked(work, samples);
  if (report?.outcome === 'rejected') throw rejection(report);
  const { rejected } = samples.staged;
  const { badRows } = work.start.import.options;
  const warnings = [...contractWarnings(report), ...rejectWarnings(rejected, badRows)];
  const aside = report?.outcome === 'quarantined' || (badRows === 'quarantine' && rejected > 0);
  if (!aside) return { ...(report === undefined ? {} : { report }), warnings };
  // Rows that only gave rise to a warning stay.
  if (report?.outcome !== 'quarantined') await work.engine.run('drop table if exists violations');
  if (badRows !== 'quarantine') await work.engine.run('delete from rejects');
  const path = join(work.folder, 'quarantine.parquet');
  const columns = samples.kind === 'table' ? samples.staged.columns : undefined;
  const { rows } = await quarantineRows(work.engine, { path, ...(columns === undefined ? {} : { columns }) });
  return {
    ...(report === undefined ? {} : { report }),
    ...(rows === 0 ? {} : { quarantine: { path, rows } }),
    warnings,
  };
}

async function checked(work: ImportWork, samples: StagedSamples): Promise<ContractReport | undefined> {
  const { contract, previous } = work.start;
  if (contract === undefined) return undefined;
  work.tell('checking', { done: 0, total: samples.staged.rows, unit: 'rows' });
  const before = previous && (await openVersion(work.store, previous.blob));
  return checkContract(work.engine, {
    relation: 'staged',
    ...(work.parent === undefined ? {} : { besides: await alignParent(work, work.parent, samples) }),
    contract: contract.contract,
    revision: contract.revision,
    kind: samples.kind,
    now: work.now(),
    ...(samples.kind === 'table'
      ? { columns: samples.staged.columns }
      : { statistics: { images: samples.staged.images } }),
    ...(before === undefined
      ? {}
      : { previous: { schema: before.manifest.schema, statistics: await before.statistics() } }),
  });
}

/**
 * The samples that these are added to, with their columns in the order of the staged ones: files may have another.
 * @returns the relation's name
 */
async function alignParent(
  { engine }: ImportWork,
  parent: StoredVersion,
  samples: StagedSamples,
): Promise<string> {
  if (samples.kind === 'image') return parent.samples;
  const fields = parent.manifest.schema.fields ?? [];
  const aligned = samples.staged.columns.map(({ name }, index) => {
    const from = fields.findIndex((field) => field.name === name);
    return `${from < 0 ? 'null' : `c${from}`} as c${index}`;
  });
  await engine.run(
    `create or replace temp view parent_aligned as select "row", ${aligned.join(', ')} from ${parent.samples}`,
  );
  return 'parent_aligned';
}

function rejection(report: ContractReport): UnreadableData {
  const problems = report.violations.map((violation): DataProblem => {
    const { rule, message, expected, actual, examples } = violation;
    const rows = examples.map(({ row, value }) => `row ${row}: ${value}`).join('; ');
    const column = /^columns\.(.+)\.[^.]+$/.exec(rule)?.[1];
    return {
      ...(column === undefined ? {} : { column }),
      ...(rows === '' ? {} : { value: rows.slice(0, 200) }),
      message: `${rule}: ${message} Expected: ${expected}.${actual === undefined ? '' : ` Found: ${actual}.`}`,
    };
  });
  const count = problems.length;
  return new UnreadableData(
    `The data break ${count === 1 ? 'a rule' : `${count} rules`} of the dataset's contract${report.revision === undefined ? '' : ` (revision ${report.revision})`}.`,
    problems,
  );
}

function contractWarnings(report: ContractReport | undefined): DatasetWarning[] {
  if (report === undefined || report.violations.length === 0) return [];
  const rules = report.violations.map(({ rule }) => rule).join(', ');
  const rows = report.quarantinedRows;
  const message =
    report.outcome === 'quarantined'
      ? `${rows} rows break the contract (${rules}) and were kept aside.`
      : `The version breaks its contract: ${rules}.`;
  return [{ code: 'contract-violation', message: message.slice(0, 1_000), count: report.violations.length }];
}

function rejectWarnings(
  rejected: number,
  badRows: 'reject' | 'quarantine' | 'warn' | undefined,
): DatasetWarning[] {
  if (rejected === 0) return [];
  const fate = badRows === 'quarantine' ? 'kept aside' : 'left out';
  const message = `${rejected} ${rejected === 1 ? 'sample' : 'samples'} could not be read and ${rejected === 1 ? 'was' : 'were'} ${fate}.`;
  return [{ code: 'dropped-rows', message, count: rejected }];
}
