import type { DataContract, DatasetContract } from '@modelyard/contracts';
import { CONTRACT_JSON_SCHEMA } from '@modelyard/ml-data-contracts';
import type { ApiBodyOptions, ApiResponseSchemaHost } from '@nestjs/swagger';
import { ApiProperty, ApiPropertyOptional, getSchemaPath } from '@nestjs/swagger';
import type { ContractRevision } from '../contract.repository';

const { $schema: _dialect, ...schema } = CONTRACT_JSON_SCHEMA as Record<string, unknown>;

/** The contract's own JSON schema, as a part of the OpenAPI document. */
export const CONTRACT_SCHEMA = { type: 'object', ...schema };

export const CONTRACT_EXAMPLE: DataContract = {
  kind: 'table',
  policy: 'quarantine',
  rows: { minimum: 100 },
  columns: {
    age: { type: 'integer', required: true, maximumNullShare: 0.05, minimum: 0, maximum: 120 },
    country: { allowed: ['DE', 'FR', 'IT'] },
  },
  classes: { required: ['yes', 'no'], minimumShare: 0.1 },
  drift: { maximumPsi: 0.25 },
};

/** How a contract is documented: its own JSON schema, and an example. */
export const CONTRACT_BODY = {
  required: true,
  schema: CONTRACT_SCHEMA,
  examples: { table: { summary: 'A table of people', value: CONTRACT_EXAMPLE } },
} as ApiBodyOptions;

export class ContractRevisionDto implements ContractRevision {
  @ApiProperty({ example: 'people' })
  dataset!: string;

  @ApiProperty({ example: 3 })
  revision!: number;

  @ApiPropertyOptional({
    description: 'Absent where the revision says that there is no contract any more.',
    type: 'object',
    additionalProperties: true,
    example: CONTRACT_EXAMPLE,
  })
  contract?: DataContract;

  @ApiProperty({ format: 'date-time', example: '2026-11-02T10:15:00.000Z' })
  updatedAt!: string;

  @ApiProperty({ example: 'admin' })
  updatedBy!: string;
}

export class DatasetContractDto extends ContractRevisionDto implements DatasetContract {
  @ApiProperty({ type: 'object', additionalProperties: true, example: CONTRACT_EXAMPLE })
  declare contract: DataContract;
}

/** A contract that was derived: alone, so that it can be sent back as it is, or as it was saved. */
export const DERIVED_SCHEMA = {
  oneOf: [CONTRACT_SCHEMA, { $ref: getSchemaPath(DatasetContractDto) }],
} as ApiResponseSchemaHost['schema'];
