import type { ContractViolation, DataContract, DatasetStatistics } from '@modelyard/contracts';
import { measureShift } from '@modelyard/ml-statistics';
import type { Shift } from '@modelyard/ml-statistics';
import { countBins, referenceBins } from '@modelyard/ml-tables';
import type { BinnedColumn, TableEngine } from '@modelyard/ml-tables';
import type { CheckedColumn, CheckedRelation } from '../check/checked-columns';
import { comparable, limitsOf, missingColumns, unmeasurable } from './drift-limits';
import type { DriftLimits, PreviousVersion } from './drift-limits';
import { pixelShift } from './pixel-shift';
import { ofWhole } from './schema-rules';
import { rulePath } from './wording';

/** The rows that are compared with the version before. */
export interface ComparedRows {
  relation: CheckedRelation;
  /** SQL for the rows: a relation's name, or a query in parentheses. */
  rows: string;
  classes: ReadonlyMap<string, number>;
  /** Of images, whose pixels are not in the relation. */
  statistics?: Partial<DatasetStatistics>;
}

/**
 * What has moved away from the version before by more than a limit. A distance that two samples of these sizes have by
 * chance breaks no limit: small versions would alarm for nothing.
 */
export async function driftViolations(
  engine: TableEngine,
  compared: ComparedRows,
  contract: DataContract,
  previous: PreviousVersion,
): Promise<ContractViolation[]> {
  const violations = missingColumns(contract, compared.relation, previous);
  const measured: { column: CheckedColumn; limits: DriftLimits; own: boolean; reference: BinnedColumn }[] =
    [];
  for (const column of compared.relation.columns) {
    const { limits, own, named } = limitsOf(contract, column);
    if (!limits) continue;
    const before = previous.statistics.columns?.find(({ name }) => name === column.name);
    const reference =
      before && comparable(before.type, column.type) && referenceBins(before, previous.statistics.rows);
    if (reference) measured.push({ column, limits, own, reference });
    else if (named && (column.type === 'date' || column.type === 'text')) {
      violations.push(unmeasurable(contract, column, own));
    }
  }
  const counts = await countBins(
    engine,
    compared.rows,
    measured.map(({ column, reference: { bins } }) => ({
      expression: bins.type === 'ranges' ? column.value : column.text,
      bins,
    })),
  );
  measured.forEach(({ column, limits, own, reference }, index) => {
    const shift = measureShift(reference.counts, counts[index] ?? []);
    const path = own ? ['columns', column.name, 'drift'] : ['drift'];
    violations.push(...tooFar(`The distribution of ${column.name}`, path, limits, shift));
  });
  if (contract.drift && contract.drift.classes !== false) {
    const names = [
      ...new Set([...previous.statistics.classes.map(({ name }) => name), ...compared.classes.keys()]),
    ];
    const rowsBefore = new Map(previous.statistics.classes.map(({ name, rows }) => [name, rows]));
    const shift = measureShift(
      names.map((name) => rowsBefore.get(name) ?? 0),
      names.map((name) => compared.classes.get(name) ?? 0),
    );
    violations.push(...tooFar('The share of the classes', ['drift'], contract.drift, shift));
  }
  const { images, rows } = compared.statistics ?? {};
  if (contract.drift && images && previous.statistics.images) {
    const before = { images: previous.statistics.images, rows: previous.statistics.rows };
    const now = { images, rows: rows ?? [...compared.classes.values()].reduce((sum, n) => sum + n, 0) };
    violations.push(
      ...tooFar('The distribution of the pixels', ['drift'], contract.drift, pixelShift(before, now)),
    );
  }
  return violations;
}

function tooFar(what: string, path: string[], limits: DriftLimits, shift: Shift | null): ContractViolation[] {
  if (!shift) return [];
  const violations: ContractViolation[] = [];
  const judge = (key: keyof DriftLimits, name: string, distance: number, chance: number): void => {
    const limit = limits[key];
    if (limit === undefined || distance <= limit || distance <= chance) return;
    violations.push(
      ofWhole(
        rulePath(...path, key),
        `${what} is not that of the version before: ${name} ${written(distance)}, at most ${limit}.`,
        `at most ${limit}`,
        written(distance),
      ),
    );
  };
  judge('maximumPsi', 'PSI', shift.psi, shift.chance.psi);
  judge('maximumJensenShannon', 'Jensen–Shannon distance', shift.jensenShannon, shift.chance.jensenShannon);
  return violations;
}

function written(distance: number): string {
  return String(Number(distance.toPrecision(3)));
}
