import { AppError } from '@modelyard/platform-errors';
import { ApiPropertyOptional } from '@nestjs/swagger';
import type { ApiBodyOptions } from '@nestjs/swagger';
import type { DataContract } from '@modelyard/contracts';
import { Optional } from '../../naming/optional';
import { QueryFlag } from '../../naming/query-flag';
import { readContract } from '../read-contract';
import { CONTRACT_EXAMPLE, CONTRACT_SCHEMA } from './contract.dto';

export class DeriveContractQueryDto {
  @ApiPropertyOptional({ description: 'Makes it the dataset’s contract, too.', default: false })
  @Optional()
  @QueryFlag()
  save: boolean = false;
}

/** How the body of a check is documented. */
export const CHECK_BODY = {
  required: false,
  schema: { type: 'object', properties: { contract: CONTRACT_SCHEMA } },
  examples: {
    own: { summary: 'Against the dataset’s own contract', value: {} },
    given: { summary: 'Against a given one', value: { contract: CONTRACT_EXAMPLE } },
  },
} as ApiBodyOptions;

/**
 * The contract in the body of a check, if there is one.
 * @throws AppError VALIDATION_FAILED
 */
export function contractOf(body: unknown): DataContract | undefined {
  if (body === undefined || body === null) return undefined;
  if (typeof body !== 'object' || Array.isArray(body)) throw refused('', 'must be a JSON object');
  const [unknown] = Object.keys(body).filter((key) => key !== 'contract');
  if (unknown !== undefined) throw refused(unknown, 'is not a known field; `contract` is the only one');
  return 'contract' in body ? readContract(body.contract, 'contract') : undefined;
}

function refused(path: string, message: string): AppError {
  return new AppError('VALIDATION_FAILED', `${path} ${message}`.trim(), { fields: [{ path, message }] });
}
