import type { ColumnType, ContractViolation, DataContract, DatasetColumn } from '@modelyard/contracts';
import { didYouMean } from '@modelyard/ml-recipes';
import { listed, rulePath } from './wording';

/** A type that satisfies another: whole numbers are numbers, categories are text. */
const NARROWER: Partial<Record<ColumnType, ColumnType[]>> = { numeric: ['integer'], text: ['categorical'] };

/** What the columns themselves break: those that are missing, of another type, or not named by the contract. */
export function schemaViolations(
  contract: DataContract,
  columns: readonly DatasetColumn[],
): ContractViolation[] {
  const rules = Object.entries(contract.columns ?? {});
  const byName = new Map(columns.map((column) => [column.name, column]));
  const names = [...byName.keys()];
  const violations: ContractViolation[] = [];
  for (const [name, rule] of rules) {
    const column = byName.get(name);
    if (column === undefined) {
      if (rule.required === false) continue;
      violations.push(
        ofWhole(
          rulePath('columns', name, 'required'),
          `The column ${name} is missing.${didYouMean(name, names)}`,
          `a column ${name}`,
          listed(names),
        ),
      );
    } else if (rule.type !== undefined && rule.type !== column.type) {
      if (NARROWER[rule.type]?.includes(column.type)) continue;
      violations.push(
        ofWhole(
          rulePath('columns', name, 'type'),
          `${name} is ${column.type}, not ${rule.type}.`,
          rule.type,
          column.type,
        ),
      );
    }
  }
  const known = new Set(rules.map(([name]) => name));
  const others = names.filter((name) => !known.has(name));
  if (contract.closed && others.length > 0) {
    violations.push(
      ofWhole(
        'closed',
        `There are columns that the contract does not name: ${listed(others)}.`,
        'only columns that the contract names',
        listed(others),
      ),
    );
  }
  return violations;
}

/** A violation by the data as a whole. */
export function ofWhole(rule: string, message: string, expected: string, actual: string): ContractViolation {
  return { rule, message, scope: 'dataset', count: 0, expected, actual, examples: [] };
}
