import type { SucceedImport } from '@modelyard/contracts';
import { DATASET_KINDS, SPLIT_METHODS } from '@modelyard/contracts';
import { AppError } from '@modelyard/platform-errors';

type Check = (value: unknown) => boolean;

const isObject: Check = (value) => typeof value === 'object' && value !== null && !Array.isArray(value);
const isText: Check = (value) => typeof value === 'string';
const isCount: Check = (value) => Number.isSafeInteger(value) && (value as number) >= 0;
const isList: Check = (value) => Array.isArray(value);
const isBlob: Check = (value) => {
  const { sha256, size } = (value ?? {}) as Record<string, unknown>;
  return typeof sha256 === 'string' && /^[0-9a-f]{64}$/.test(sha256) && isCount(size);
};
const oneOf =
  (values: readonly string[]): Check =>
  (value) =>
    values.some((one) => one === value);

const CHECKS: [path: string, says: string, check: Check][] = [
  [
    'version.digest',
    'must be `sha256:` and hex digits',
    (value) => /^sha256:[0-9a-f]{64}$/.test(String(value)),
  ],
  ['version.schema.kind', `must be one of ${DATASET_KINDS.join(', ')}`, oneOf(DATASET_KINDS)],
  ['version.schema.shape', 'must be a list', isList],
  ['version.schema.classes', 'must be a list', isList],
  ['version.schema.target', 'must be a string', isText],
  ['version.rows', 'must be a count', isCount],
  ['version.classCounts', 'must be an object', isObject],
  ['version.split.method', `must be one of ${SPLIT_METHODS.join(', ')}`, oneOf(SPLIT_METHODS)],
  ['version.split.fractions', 'must be an object', isObject],
  ['version.split.counts', 'must be an object', isObject],
  ['version.blob', 'must be a SHA-256 and a size', isBlob],
  ['version.storedBytes', 'must be a count', isCount],
  ['version.source', 'must be an object', isObject],
  ['version.warnings', 'must be a list', isList],
  ['version.quarantinedRows', 'must be a count', isCount],
  ['blobs', 'must be a list of SHA-256 and size', (value) => Array.isArray(value) && value.every(isBlob)],
];

/**
 * Reads what a worker built. It may have more classes and blobs than a DTO is checked for, and comes from a service
 * only, so that just its form is looked at.
 * @throws AppError VALIDATION_FAILED
 */
export function readSuccess(body: unknown): SucceedImport {
  const fields = CHECKS.filter(([path, , check]) => !check(at(body, path))).map(([path, message]) => ({
    path,
    message,
  }));
  const [first] = fields;
  if (first !== undefined)
    throw new AppError('VALIDATION_FAILED', `${first.path} ${first.message}`, { fields });
  const { version, blobs } = body as SucceedImport;
  return {
    version: {
      digest: version.digest,
      schema: version.schema,
      rows: version.rows,
      classCounts: version.classCounts,
      split: version.split,
      blob: version.blob,
      storedBytes: version.storedBytes,
      source: version.source,
      warnings: version.warnings,
      quarantinedRows: version.quarantinedRows,
      ...(version.contract === undefined ? {} : { contract: version.contract }),
    },
    blobs,
  };
}

function at(value: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((found, key) => (found as Record<string, unknown> | null | undefined)?.[key], value);
}
