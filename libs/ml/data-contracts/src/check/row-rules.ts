import type { ContractViolation, DataContract } from '@modelyard/contracts';
import { classRowRules, imageRowRules } from '../rules/class-and-image-rules';
import { columnRowRules } from '../rules/column-rules';
import type { RowRule } from '../rules/row-rule';
import type { CheckedRelation } from './checked-columns';

/** All rules of a contract that single rows keep or break, and violations by those that do not fit their columns. */
export function rowRules(
  contract: DataContract,
  relation: CheckedRelation,
): { rules: RowRule[]; unfit: ContractViolation[] } {
  const rules: RowRule[] = [];
  const unfit: ContractViolation[] = [];
  for (const [name, rule] of Object.entries(contract.columns ?? {})) {
    const column = relation.columns.find((candidate) => candidate.name === name);
    if (!column) continue;
    const found = columnRowRules(column, rule);
    rules.push(...found.rules);
    unfit.push(...found.unfit);
  }
  if (contract.classes) rules.push(...classRowRules(contract.classes, relation.label));
  if (contract.image) rules.push(...imageRowRules(contract.image));
  if (contract.duplicates?.maximumShare === 0) {
    rules.push({
      path: 'duplicates.maximumShare',
      message: 'the row repeats an earlier one',
      expected: 'no row twice',
      shown: 'null',
      breaks: { repeated: relation.content },
    });
  }
  return { rules, unfit };
}
