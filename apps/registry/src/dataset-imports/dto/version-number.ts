import { CheckedBy } from './checked-by';

/** A version's number, or `latest`. */
export function VersionNumber(): PropertyDecorator {
  return CheckedBy('versionNumber', (value) => {
    const isNumber = Number.isInteger(value) && (value as number) >= 1 && (value as number) <= 999_999_999;
    return isNumber || value === 'latest' ? undefined : 'must be a positive number or `latest`';
  });
}
