import type { ColumnStatistics, DatasetStatistics, DatasetWarning } from '@modelyard/contracts';
import { SPLIT_NAMES } from '@modelyard/contracts';

/** A class with fewer samples is hardly learnt, and its measurements mean little. */
const SMALL_CLASS = 10;
const NAMED = 10;

/** What people should know of a version, by its statistics. */
export function warningsOf({
  duplicates,
  classes,
  splits,
  columns = [],
  rows,
}: DatasetStatistics): DatasetWarning[] {
  const warnings: DatasetWarning[] = [];
  if (duplicates.rows > 0) {
    warnings.push({
      code: 'duplicates',
      count: duplicates.rows,
      message: `${counted(duplicates.rows, 'sample')} of ${rows} ${duplicates.rows === 1 ? 'is a copy' : 'are copies'} of others.`,
    });
  }
  if (duplicates.acrossSplits > 0) {
    warnings.push({
      code: 'duplicates-across-splits',
      count: duplicates.acrossSplits,
      message: `${counted(duplicates.acrossSplits, 'content')} ${duplicates.acrossSplits === 1 ? 'is' : 'are'} in more than one split: measurements on samples that were learnt are too good.`,
    });
  }
  if (duplicates.conflictingLabels > 0) {
    warnings.push({
      code: 'conflicting-labels',
      count: duplicates.conflictingLabels,
      message: `${counted(duplicates.conflictingLabels, 'content')} ${duplicates.conflictingLabels === 1 ? 'appears' : 'appear'} under more than one class.`,
    });
  }
  const small = classes.filter(
    (one) => one.rows < SMALL_CLASS || SPLIT_NAMES.some((name) => splits[name] > 0 && one.splits[name] === 0),
  );
  if (small.length > 0) {
    warnings.push({
      code: 'small-class',
      count: small.length,
      message: `${listed(small.map(({ name, rows: count }) => `${name} (${count})`))}: fewer than ${SMALL_CLASS} samples, or none in one of the splits.`,
    });
  }
  return [...warnings, ...columnWarnings(columns)];
}

function columnWarnings(columns: ColumnStatistics[]): DatasetWarning[] {
  const about = (
    code: DatasetWarning['code'],
    concerned: ColumnStatistics[],
    message: (names: string) => string,
    describe: (column: ColumnStatistics) => string = ({ name }) => name,
  ): DatasetWarning[] =>
    concerned.length === 0
      ? []
      : [
          {
            code,
            count: concerned.length,
            columns: concerned.map(({ name }) => name),
            message: message(listed(concerned.map(describe))),
          },
        ];
  return [
    ...about(
      'near-constant-column',
      columns.filter(({ nearConstant }) => nearConstant),
      (names) => `${names}: one value has nearly all rows.`,
    ),
    ...about(
      'label-leak',
      columns.filter(({ leak }) => leak?.suspected),
      (names) =>
        `${names}: the column alone gives the class away. Would it be known when a prediction is asked for?`,
      ({ name, leak }) => `${name} (${percent(leak?.accuracy ?? 0)} right)`,
    ),
    ...about(
      'missing-values',
      columns.filter(({ missing }) => missing > 0),
      (names) => `${names}: rows without a value. A network needs every value of its features.`,
      ({ name, missingShare }) => `${name} (${percent(missingShare)})`,
    ),
  ];
}

function counted(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`;
}

function percent(share: number): string {
  const value = share * 100;
  return `${value < 10 ? value.toFixed(1) : value.toFixed(0)} %`;
}

function listed(names: string[]): string {
  const more = names.length - NAMED;
  return names.slice(0, NAMED).join(', ') + (more > 0 ? ` and ${more} more` : '');
}
