import { SPLIT_NAMES } from '@modelyard/contracts';
import { CheckedBy } from './checked-by';

/** So far may the sum be from 1: people write 0.33 three times. */
const TOLERANCE = 0.011;

/** The shares of train, validation and test, which are 1 together. */
export function Fractions(): PropertyDecorator {
  return CheckedBy('fractions', problemOf);
}

function problemOf(value: unknown): string | undefined {
  const form = `must be an object with ${SPLIT_NAMES.join(', ')}, each from 0 to 1`;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return form;
  if (Object.keys(value).sort().join() !== [...SPLIT_NAMES].sort().join()) return form;
  const shares = Object.values(value) as unknown[];
  if (!shares.every((share) => typeof share === 'number' && share >= 0 && share <= 1)) return form;
  const sum = (shares as number[]).reduce((total, share) => total + share, 0);
  if (Math.abs(sum - 1) > TOLERANCE) return `must be 1 together, not ${sum}`;
  return (value as { train: number }).train > 0 ? undefined : 'must leave something to train on';
}
