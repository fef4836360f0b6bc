import type { ModelVersion, ModelVersionStatus, Stage } from '@modelyard/contracts';
import { STAGES } from '@modelyard/contracts';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { PackageFileDto, SignatureDto } from './signature.dto';

export class DatasetReferenceDto {
  @ApiProperty({ example: 'digits' })
  name!: string;

  @ApiProperty({ example: 1 })
  version!: number;

  @ApiProperty({ example: 'sha256:9f86d081884c7d659a2feaa0c55ad015…' })
  digest!: string;
}

export class ModelVersionDto implements ModelVersion {
  @ApiProperty({ example: 'digits' })
  model!: string;

  @ApiProperty({ example: 1 })
  version!: number;

  @ApiProperty({ enum: STAGES, example: 'Production' })
  stage!: Stage;

  @ApiProperty({ enum: ['pending', 'ready', 'failed'], example: 'ready' })
  status!: ModelVersionStatus;

  @ApiProperty({ example: '' })
  description!: string;

  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' }, example: { team: 'vision' } })
  tags!: Record<string, string>;

  @ApiProperty({ example: ['champion'] })
  aliases!: string[];

  @ApiPropertyOptional({ description: 'The run that made it.', example: '0b5c1f0e8a4d4f6b9c7d2e3f4a5b6c7d' })
  runId?: string;

  @ApiPropertyOptional({ type: DatasetReferenceDto })
  dataset?: DatasetReferenceDto;

  @ApiProperty({
    description: 'Measured on the held-out split.',
    type: 'object',
    additionalProperties: { type: 'number' },
    example: { accuracy: 0.986, log_loss: 0.05 },
  })
  metrics!: Record<string, number>;

  @ApiProperty({ type: SignatureDto })
  signature!: SignatureDto;

  @ApiProperty({ type: [PackageFileDto] })
  package!: PackageFileDto[];

  @ApiProperty({ format: 'date-time', example: '2026-11-02T10:15:00.000Z' })
  createdAt!: string;

  @ApiProperty({ format: 'date-time', example: '2026-11-02T10:15:00.000Z' })
  updatedAt!: string;

  @ApiProperty({ example: 'service:training' })
  createdBy!: string;
}
