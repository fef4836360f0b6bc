import type { DataContract, FieldError } from '@modelyard/contracts';
import { ContractError, parseContract } from '@modelyard/ml-data-contracts';
import { AppError } from '@modelyard/platform-errors';

/**
 * Reads a contract that came in a request.
 * @param parent where it stands in the body
 * @throws AppError VALIDATION_FAILED with every wrong rule, by its path in the body
 */
export function readContract(value: unknown, parent = ''): DataContract {
  try {
    return parseContract(value);
  } catch (error) {
    throw error instanceof ContractError ? refuseContract(error, parent) : error;
  }
}

/** What is wrong with a contract, by the paths of the body that it stands in. */
export function refuseContract({ fields }: ContractError, parent: string): AppError {
  return refused(fields.map(({ path, message }) => ({ path: join(parent, path), message })));
}

/** @throws AppError VALIDATION_FAILED when the contract is for datasets of another kind */
export function requireKind(contract: DataContract, kind: DataContract['kind'], parent = ''): void {
  if (contract.kind === kind) return;
  const message = `must be '${kind}', as the dataset is, and not '${contract.kind}'`;
  throw refused([{ path: join(parent, 'kind'), message }]);
}

function join(parent: string, path: string): string {
  if (parent === '' || path === '') return parent || path;
  return path.startsWith('[') ? `${parent}${path}` : `${parent}.${path}`;
}

function refused(fields: FieldError[]): AppError {
  const [first] = fields;
  const more = fields.length > 1 ? ` (and ${fields.length - 1} more)` : '';
  return new AppError('VALIDATION_FAILED', `${first?.path} ${first?.message}${more}`.trim(), { fields });
}
