import type { ColumnRule, DataContract } from '@modelyard/contracts';
import { didYouMean } from '@modelyard/ml-recipes';
import type { Place } from '@modelyard/ml-recipes';
import { utcText } from './moments';

const OF_TABLES = ['columns', 'closed', 'freshness'] as const;
const NUMBERS = ['numeric', 'integer'];

/** Reports rules that contradict each other, and rules that no dataset of this kind can be checked by. */
export function checkCoherence(contract: DataContract, place: Place): void {
  if (contract.kind === 'image') {
    for (const name of OF_TABLES) {
      if (contract[name] !== undefined) place.key(name).report('is a rule of tables; images have no columns');
    }
  } else if (contract.image !== undefined) {
    place.key('image').report('is a rule of images; this contract is about a table');
  }
  ordered(contract.rows, 'minimum', 'maximum', place.key('rows'));
  ordered(contract.classes, 'minimumShare', 'maximumShare', place.key('classes'));
  ordered(contract.image, 'minimumWidth', 'maximumWidth', place.key('image'));
  ordered(contract.image, 'minimumHeight', 'maximumHeight', place.key('image'));
  const { allowed, required } = contract.classes ?? {};
  for (const name of allowed ? (required ?? []) : []) {
    if (allowed?.includes(name)) continue;
    place.key('classes').key('required').report(`names "${name}", which \`allowed\` does not`);
  }
  checkDrift(contract, place.key('drift'));
  for (const [name, rule] of Object.entries(contract.columns ?? {})) {
    checkColumn(rule, place.key('columns').key(name));
  }
  if (contract.closed && contract.freshness && contract.columns) {
    const known = Object.keys(contract.columns);
    if (!known.includes(contract.freshness.column)) {
      place
        .key('freshness')
        .key('column')
        .report(
          `is "${contract.freshness.column}", which \`columns\` does not name.${didYouMean(contract.freshness.column, known)}`,
        );
    }
  }
}

function checkDrift({ kind, drift }: DataContract, place: Place): void {
  if (!drift) return;
  if (drift.maximumPsi === undefined && drift.maximumJensenShannon === undefined) {
    place.report('has no limit; set maximumPsi or maximumJensenShannon');
  }
  if (kind === 'image' && drift.columns?.some((name) => name !== 'pixels')) {
    place.key('columns').report('names columns; of images only "pixels" can be compared');
  }
}

function checkColumn(rule: ColumnRule, place: Place): void {
  ordered(rule, 'minimum', 'maximum', place);
  ordered(rule, 'minimumLength', 'maximumLength', place);
  if (rule.drift && rule.drift.maximumPsi === undefined && rule.drift.maximumJensenShannon === undefined) {
    place.key('drift').report('has no limit; set maximumPsi or maximumJensenShannon');
  }
  const { type } = rule;
  for (const key of ['minimum', 'maximum'] as const) {
    const value = rule[key];
    if (value === undefined) continue;
    if (type !== undefined && type !== 'date' && !NUMBERS.includes(type)) {
      place.key(key).report(`is a rule of numbers and dates; the column is ${type}`);
    } else if (type === 'date' && typeof value === 'number') {
      place.key(key).report(`is ${value}, expected a date such as "2026-01-31"; the column is of dates`);
    } else if (type !== undefined && type !== 'date' && typeof value === 'string') {
      place.key(key).report(`is the date "${value}", expected a number; the column is ${type}`);
    }
  }
  for (const key of ['pattern', 'minimumLength', 'maximumLength'] as const) {
    if (rule[key] === undefined || type === undefined || ['text', 'categorical', 'integer'].includes(type))
      continue;
    place.key(key).report(`is a rule of text; the column is ${type}`);
  }
  for (const [index, value] of (rule.allowed ?? []).entries()) {
    if (type === undefined || fits(value, type)) continue;
    place
      .key('allowed')
      .index(index)
      .report(`is ${JSON.stringify(value)}; the column is ${type}`);
  }
}

function fits(value: string | number | boolean, type: string): boolean {
  if (NUMBERS.includes(type)) return typeof value === 'number';
  if (type === 'boolean') return typeof value === 'boolean';
  return type !== 'date' || (typeof value === 'string' && utcText(value) !== undefined);
}

function ordered<K extends string>(
  rule: Partial<Record<K, unknown>> | undefined,
  low: K,
  high: K,
  place: Place,
): void {
  const [from, to] = [rule?.[low], rule?.[high]];
  if (from === undefined || to === undefined) return;
  if (typeof from !== typeof to) {
    place
      .key(low)
      .report(`is ${JSON.stringify(from)} and ${high} ${JSON.stringify(to)}; both must be numbers, or dates`);
    return;
  }
  // Texts of moments are in their order.
  const [a, b] = [from, to].map((end) => (typeof end === 'string' ? (utcText(end) ?? end) : end)) as [
    number | string,
    number | string,
  ];
  if (a > b) {
    place.key(low).report(`is ${JSON.stringify(from)}, above ${high}, which is ${JSON.stringify(to)}`);
  }
}
