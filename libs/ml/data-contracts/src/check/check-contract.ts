import type {
  ContractReport,
  ContractViolation,
  DataContract,
  DatasetColumn,
  DatasetKind,
  DatasetStatistics,
} from '@modelyard/contracts';
import type { TableEngine } from '@modelyard/ml-tables';
import { classViolations } from '../rules/class-shares';
import { datasetViolations } from '../rules/dataset-rules';
import type { PreviousVersion } from '../rules/drift-limits';
import { driftViolations } from '../rules/drift-rules';
import { ofWhole, schemaViolations } from '../rules/schema-rules';
import { describeRelation } from './checked-columns';
import type { CheckedRelation } from './checked-columns';
import { requirePatterns } from './require-patterns';
import { rowRules } from './row-rules';
import { countBreaches, findExamples, keepBreaches } from './scan-rows';

export interface ContractCheck {
  /** `staged`, or `<prefix>samples` of a stored version. */
  relation: string;
  /**
   * Rows of the same columns that make a version together with those of `relation`: the samples that these are added
   * to. Rules of the whole are about all of them, rules of single rows about `relation` alone.
   */
  besides?: string;
  kind: DatasetKind;
  /** All columns of a table, in the order of `c0`, `c1` …; of images none. */
  columns?: readonly DatasetColumn[];
  contract: DataContract;
  revision?: number;
  /** What is already known of the rows. Of images it has what drift rules need. */
  statistics?: Partial<DatasetStatistics>;
  /** The version before; without it, drift rules are not checked. */
  previous?: PreviousVersion;
  now: Date;
  /** The table of rows that break a rule. Default `violations`; concurrent checks in one engine need different ones. */
  table?: string;
}

/**
 * Checks rows against a contract, and leaves a table `violations(row, reason)` behind with the rows that break a rule.
 *
 * All rules of single rows take one scan together. Where bad rows are kept aside (`quarantine`), the rules of the whole
 * are about the rows that remain; when one of those is broken the outcome is `rejected`, for nothing could be kept aside
 * that would mend it.
 *
 * @throws ContractError when a pattern is no regular expression of RE2
 */
export async function checkContract(engine: TableEngine, check: ContractCheck): Promise<ContractReport> {
  const { contract, revision, kind, columns = [], table = 'violations' } = check;
  await requirePatterns(engine, contract);
  const relation = await describeRelation(engine, check.relation, columns);
  if (contract.kind !== kind) {
    await keepBreaches(engine, relation.name, [], table);
    return report(contract, revision, await countRows(engine, relation), 0, [wrongKind(contract, kind)]);
  }

  const { rules, unfit } = rowRules(contract, relation);
  const counts = await countBreaches(engine, relation.name, rules);
  const broken = rules.filter((_, index) => (counts[index] ?? 0) > 0);
  const examples = await findExamples(engine, relation.name, broken);
  await keepBreaches(engine, relation.name, broken, table);
  const ofRows = broken.map((rule, index): ContractViolation => {
    const count = counts[rules.indexOf(rule)] ?? 0;
    return {
      rule: rule.path,
      message: `${count === 1 ? 'One row' : `${count} rows`}: ${rule.message}.`,
      scope: 'row',
      count,
      expected: rule.expected,
      examples: examples[index] ?? [],
    };
  });

  const aside = contract.policy === 'quarantine' && broken.length > 0;
  const kept = aside
    ? `(select * from ${relation.name} where "row" not in (select "row" from ${table}))`
    : relation.name;
  const besides =
    check.besides === undefined ? undefined : await describeRelation(engine, check.besides, columns);
  const rest = besides ? `(select * from ${kept} union all by name select * from ${besides.name})` : kept;
  const whole = await datasetViolations(engine, relation, rest, contract, check.now);
  const violations = [...schemaViolations(contract, columns), ...unfit, ...ofRows, ...whole.violations];
  const needsClasses = contract.classes !== undefined || (contract.drift && check.previous);
  const classes = needsClasses ? await countClasses(engine, relation, rest) : new Map<string, number>();
  if (contract.classes) violations.push(...classViolations(contract.classes, classes));
  if (check.previous && whole.rows > 0) {
    const compared = {
      relation,
      rows: rest,
      classes,
      ...(check.statistics && { statistics: check.statistics }),
    };
    violations.push(...(await driftViolations(engine, compared, contract, check.previous)));
  }
  const total = aside
    ? (await countRows(engine, relation)) + (besides ? await countRows(engine, besides) : 0)
    : whole.rows;
  if (aside && whole.rows === 0) violations.push(nothingLeft(total));
  return report(contract, revision, total, total - whole.rows, violations);
}

function report(
  { policy }: DataContract,
  revision: number | undefined,
  rows: number,
  quarantined: number,
  violations: ContractViolation[],
): ContractReport {
  const outcome =
    violations.length === 0
      ? 'passed'
      : policy === 'warn'
        ? 'warned'
        : policy === 'quarantine' && violations.every(({ scope }) => scope === 'row')
          ? 'quarantined'
          : 'rejected';
  return {
    outcome,
    policy,
    ...(revision !== undefined && { revision }),
    rows,
    quarantinedRows: outcome === 'quarantined' ? quarantined : 0,
    violations,
  };
}

function wrongKind(contract: DataContract, kind: DatasetKind): ContractViolation {
  const message = `The contract is about ${contract.kind} data; these are ${kind} data.`;
  return ofWhole('kind', message, contract.kind, kind);
}

function nothingLeft(total: number): ContractViolation {
  const message =
    'Each row breaks a rule of the contract; with all of them kept aside, nothing would be left.';
  return ofWhole('policy', message, 'a row that keeps all rules', `none of ${total}`);
}

async function countRows(engine: TableEngine, { name }: CheckedRelation): Promise<number> {
  return (await engine.row<{ n: number }>(`select count(*) as n from ${name}`)).n;
}

async function countClasses(
  engine: TableEngine,
  { label }: CheckedRelation,
  rows: string,
): Promise<Map<string, number>> {
  const found = await engine.rows<{ label: string; n: number }>(
    `select ${label} as label, count(*) as n from ${rows} where ${label} is not null group by 1 order by 2 desc, 1`,
  );
  return new Map(found.map((row) => [row.label, row.n]));
}
