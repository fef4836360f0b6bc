import type { ContractViolation, DataContract } from '@modelyard/contracts';
import type { TableEngine } from '@modelyard/ml-tables';
import type { CheckedColumn, CheckedRelation } from '../check/checked-columns';
import { ofWhole } from './schema-rules';
import { percent, rulePath } from './wording';

const HOUR = 3_600_000;
/** DuckDB knows earlier moments than JavaScript. */
const EARLIEST = -8.64e15;

/**
 * What the rows break as a whole: their number, shares of missing values and of duplicates, age.
 * @param rows SQL for the rows: a relation's name, or a query in parentheses
 */
export async function datasetViolations(
  engine: TableEngine,
  { columns, content }: CheckedRelation,
  rows: string,
  contract: DataContract,
  now: Date,
): Promise<{ rows: number; violations: ContractViolation[] }> {
  const limited = columns.filter(({ name }) => (nullLimit(contract, name) ?? 0) > 0);
  const freshness = contract.freshness && columns.find(({ name }) => name === contract.freshness?.column);
  const duplicates = contract.duplicates !== undefined && contract.duplicates.maximumShare > 0;
  const measured = await engine.row<Record<string, number>>(
    `select count(*) as n, ${limited.map(({ value }, index) => `count(${value}) as present${index}, `).join('')}
      ${duplicates ? `count(distinct ${content})` : 'null'} as contents,
      ${freshness?.type === 'date' ? `epoch_ms(max(${freshness.value}))` : 'null'} as latest
     from ${rows}`,
  );
  const total = Number(measured.n);
  const violations = rowsViolations(contract, total);
  limited.forEach((column, index) => {
    violations.push(...nullViolation(contract, column, Number(measured[`present${index}`]), total));
  });
  if (duplicates && total > 0) {
    const limit = contract.duplicates?.maximumShare ?? 0;
    const share = (total - Number(measured.contents)) / total;
    if (share > limit) {
      violations.push(
        ofWhole(
          'duplicates.maximumShare',
          `${percent(share)} of the rows repeat another; at most ${percent(limit)} may.`,
          `at most ${percent(limit)}`,
          percent(share),
        ),
      );
    }
  }
  violations.push(...freshnessViolation(contract, freshness, measured.latest, now));
  return { rows: total, violations };
}

function nullLimit(contract: DataContract, name: string): number | undefined {
  const rules = contract.columns ?? {};
  return Object.hasOwn(rules, name) ? rules[name]?.maximumNullShare : undefined;
}

function rowsViolations({ rows }: DataContract, total: number): ContractViolation[] {
  const violations: ContractViolation[] = [];
  if (rows?.minimum !== undefined && total < rows.minimum) {
    const expected = `at least ${rows.minimum} rows`;
    violations.push(
      ofWhole('rows.minimum', `There are ${total} rows, not ${expected}.`, expected, `${total}`),
    );
  }
  if (rows?.maximum !== undefined && total > rows.maximum) {
    const expected = `at most ${rows.maximum} rows`;
    violations.push(
      ofWhole('rows.maximum', `There are ${total} rows, not ${expected}.`, expected, `${total}`),
    );
  }
  return violations;
}

function nullViolation(
  contract: DataContract,
  { name }: CheckedColumn,
  present: number,
  total: number,
): ContractViolation[] {
  const limit = nullLimit(contract, name) ?? 0;
  const share = total === 0 ? 0 : (total - present) / total;
  if (share <= limit) return [];
  return [
    ofWhole(
      rulePath('columns', name, 'maximumNullShare'),
      `${name} has no value in ${percent(share)} of the rows; at most ${percent(limit)} may have none.`,
      `at most ${percent(limit)}`,
      `${percent(share)} (${total - present} rows)`,
    ),
  ];
}

function freshnessViolation(
  { freshness }: DataContract,
  column: CheckedColumn | undefined,
  latest: number | null | undefined,
  now: Date,
): ContractViolation[] {
  if (!freshness) return [];
  const expected = `a row of the last ${freshness.maximumAgeHours} hours`;
  if (column?.type !== 'date') {
    const actual = column === undefined ? 'missing' : column.type;
    const message = `The age of the data is unknown: the column ${freshness.column} is ${column === undefined ? 'missing' : `${actual}, not a date`}.`;
    return [ofWhole('freshness.column', message, 'a column of dates', actual)];
  }
  if (latest === null || latest === undefined) {
    const message = `The age of the data is unknown: ${freshness.column} has no value in any row.`;
    return [ofWhole('freshness.maximumAgeHours', message, expected, 'no value')];
  }
  const hours = (now.getTime() - Number(latest)) / HOUR;
  if (hours <= freshness.maximumAgeHours) return [];
  return [
    ofWhole(
      'freshness.maximumAgeHours',
      `The latest ${freshness.column} is ${Math.round(hours * 10) / 10} hours old; at most ${freshness.maximumAgeHours} are allowed.`,
      expected,
      new Date(Math.max(Number(latest), EARLIEST)).toISOString(),
    ),
  ];
}
