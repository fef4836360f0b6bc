import type { ClassRule, ContractViolation } from '@modelyard/contracts';
import { ofWhole } from './schema-rules';
import { listed, percent } from './wording';

/** What the numbers of rows of the classes break. A class that is required and has no row counts as one of none. */
export function classViolations(rule: ClassRule, rowsOf: ReadonlyMap<string, number>): ContractViolation[] {
  const total = [...rowsOf.values()].reduce((sum, rows) => sum + rows, 0);
  const violations: ContractViolation[] = [];
  const missing = (rule.required ?? []).filter((name) => !rowsOf.has(name));
  if (missing.length > 0) {
    violations.push(
      ofWhole(
        'classes.required',
        `There is no row of the class ${listed(missing)}.`,
        `rows of ${listed(rule.required ?? [])}`,
        `none of ${listed(missing)}`,
      ),
    );
  }
  const judge = (
    key: 'minimumRows' | 'minimumShare' | 'maximumShare',
    limit: number | undefined,
    breaks: (rows: number, limit: number) => boolean,
    written: (rows: number) => string,
    expected: (limit: number) => string,
  ): void => {
    if (limit === undefined) return;
    const found = [...rowsOf].filter(([, rows]) => breaks(rows, limit));
    if (found.length === 0) return;
    const list = listed(found.map(([name, rows]) => `${name} (${written(rows)})`));
    violations.push(
      ofWhole(
        `classes.${key}`,
        `Classes with ${expected(limit)} are needed; not so: ${list}.`,
        expected(limit),
        list,
      ),
    );
  };
  const share = (rows: number): number => (total === 0 ? 0 : rows / total);
  const shareText = (rows: number): string => percent(share(rows));
  judge(
    'minimumRows',
    rule.minimumRows,
    (rows, limit) => rows < limit,
    (rows) => `${rows}`,
    (limit) => `at least ${limit} rows`,
  );
  judge(
    'minimumShare',
    rule.minimumShare,
    (rows, limit) => share(rows) < limit,
    shareText,
    (limit) => `at least ${percent(limit)} of the rows`,
  );
  judge(
    'maximumShare',
    rule.maximumShare,
    (rows, limit) => share(rows) > limit,
    shareText,
    (limit) => `at most ${percent(limit)} of the rows`,
  );
  return violations;
}
