import type {
  ColumnType,
  ContractViolation,
  DataContract,
  DatasetSchema,
  DatasetStatistics,
} from '@modelyard/contracts';
import { didYouMean } from '@modelyard/ml-recipes';
import type { CheckedColumn, CheckedRelation } from '../check/checked-columns';
import { ofWhole } from './schema-rules';
import { listed, rulePath } from './wording';

/** The version before. */
export interface PreviousVersion {
  schema: DatasetSchema;
  statistics: DatasetStatistics;
}

export interface DriftLimits {
  maximumPsi?: number;
  maximumJensenShannon?: number;
}

/** Columns that the rule names and the rows do not have. What is new in them has nothing to be compared with. */
export function missingColumns(
  { drift, columns }: DataContract,
  relation: CheckedRelation,
  previous: PreviousVersion,
): ContractViolation[] {
  const names = relation.columns.map(({ name }) => name);
  return (drift?.columns ?? []).flatMap((name) => {
    // Of images there is but one, and a missing column that has rules is a violation anyway.
    if (previous.schema.kind === 'image' || names.includes(name)) return [];
    if (columns && Object.hasOwn(columns, name)) return [];
    const message = `The rule cannot be checked: the column ${name} is missing.${didYouMean(name, names)}`;
    return [ofWhole(rulePath('drift', 'columns'), message, `a column ${name}`, listed(names))];
  });
}

/** The classes are compared as such; what is only kept may change, unless a rule names it. */
export function limitsOf(
  { columns, drift }: DataContract,
  { name, role }: CheckedColumn,
): { limits?: DriftLimits | undefined; own: boolean; named: boolean } {
  const own = columns && Object.hasOwn(columns, name) ? columns[name]?.drift : undefined;
  if (own) return { limits: own, own: true, named: true };
  const named = drift?.columns?.includes(name) ?? false;
  const meant = named || (!drift?.columns && role !== 'target' && role !== 'ignore');
  return { limits: meant ? drift : undefined, own: false, named };
}

export function comparable(before: ColumnType, now: ColumnType): boolean {
  return before === now || [before, now].every((type) => type === 'numeric' || type === 'integer');
}

export function unmeasurable(
  contract: DataContract,
  { name, type }: CheckedColumn,
  own: boolean,
): ContractViolation {
  const path = own ? rulePath('columns', name, 'drift') : rulePath('drift', 'columns');
  return ofWhole(
    path,
    `The rule cannot be checked: ${name} is ${type}, and only numbers, categories and booleans are compared. ${own || contract.drift?.columns ? 'Take the column out of the rule.' : ''}`.trim(),
    'numbers, categories or booleans',
    type,
  );
}
