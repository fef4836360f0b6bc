import type { ContractReport, ContractViolation } from '@modelyard/contracts';
import { CONTRACT_POLICIES } from '@modelyard/contracts';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

class ViolationExampleDto {
  @ApiProperty({ example: 17 })
  row!: number;

  @ApiProperty({ example: '-3' })
  value!: string;
}

class ContractViolationDto implements ContractViolation {
  @ApiProperty({ description: 'Where in the contract.', example: 'columns.age.minimum' })
  rule!: string;

  @ApiProperty({ example: 'age is below 0 in 3 rows' })
  message!: string;

  @ApiProperty({
    enum: ['row', 'dataset'],
    description: '`row`: single rows break it, and can be kept aside. `dataset`: the whole does.',
    example: 'row',
  })
  scope!: ContractViolation['scope'];

  @ApiProperty({ description: 'Rows that break it; of scope `dataset` 0.', example: 3 })
  count!: number;

  @ApiProperty({ example: 'at least 0' })
  expected!: string;

  @ApiPropertyOptional({ description: 'What was found instead, of scope `dataset`.', example: '0.31' })
  actual?: string;

  @ApiProperty({ description: 'At most 10.', type: [ViolationExampleDto] })
  examples!: ViolationExampleDto[];
}

export class ContractReportDto implements ContractReport {
  @ApiProperty({ enum: ['passed', 'warned', 'quarantined', 'rejected'], example: 'quarantined' })
  outcome!: ContractReport['outcome'];

  @ApiProperty({ enum: CONTRACT_POLICIES, example: 'quarantine' })
  policy!: ContractReport['policy'];

  @ApiPropertyOptional({ description: 'The revision of the contract.', example: 3 })
  revision?: number;

  @ApiProperty({ description: 'Rows that were checked.', example: 1000 })
  rows!: number;

  @ApiProperty({ description: 'Rows that were kept aside.', example: 3 })
  quarantinedRows!: number;

  @ApiProperty({ type: [ContractViolationDto] })
  violations!: ContractViolationDto[];
}
