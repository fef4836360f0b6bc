import type { Deployment, DeploymentRevision, DeploymentState, DeploymentStatus } from '@modelyard/contracts';
import { ApiProperty, ApiPropertyOptional, getSchemaPath } from '@nestjs/swagger';
import { DeploymentTargetDto } from './deployment-requests.dto';

export class ServedVersionDto {
  @ApiProperty({ example: 'digits' })
  model!: string;

  @ApiProperty({ example: 1 })
  version!: number;
}

export class DeploymentStatusDto implements DeploymentStatus {
  @ApiProperty({ enum: ['pending', 'loading', 'ready', 'failed'], example: 'ready' })
  state!: DeploymentState;

  @ApiProperty({ description: 'The revision that the state is about.', example: 1 })
  revision!: number;

  @ApiPropertyOptional({ type: ServedVersionDto, description: 'What answers at the moment.' })
  serving?: ServedVersionDto;

  @ApiPropertyOptional({ description: 'Why loading failed.', example: 'model.onnx: checksum mismatch' })
  message?: string;
}

const TARGET = {
  allOf: [{ $ref: getSchemaPath(DeploymentTargetDto) }],
  example: { model: 'digits', stage: 'Production' },
};

export class DeploymentDto implements Deployment {
  @ApiProperty({ example: 'digits' })
  name!: string;

  @ApiProperty(TARGET)
  target!: Deployment['target'];

  @ApiProperty({ description: 'Grows with every change, rollbacks too.', example: 1 })
  revision!: number;

  @ApiProperty({ type: ServedVersionDto, description: 'The version that the revision asks for.' })
  desired!: ServedVersionDto;

  @ApiProperty({ description: 'Whether it answers `POST /predict`.', example: true })
  isDefault!: boolean;

  @ApiProperty({ type: DeploymentStatusDto })
  status!: DeploymentStatusDto;

  @ApiProperty({ format: 'date-time', example: '2026-11-02T10:15:00.000Z' })
  createdAt!: string;

  @ApiProperty({ format: 'date-time', example: '2026-11-02T10:15:00.000Z' })
  updatedAt!: string;
}

export class DeploymentRevisionDto implements DeploymentRevision {
  @ApiProperty({ example: 2 })
  revision!: number;

  @ApiProperty(TARGET)
  target!: Deployment['target'];

  @ApiProperty({ type: ServedVersionDto })
  desired!: ServedVersionDto;

  @ApiProperty({ example: 'version 2 moved to Production' })
  reason!: string;

  @ApiProperty({ example: 'admin' })
  author!: string;

  @ApiProperty({ format: 'date-time', example: '2026-11-02T10:15:00.000Z' })
  createdAt!: string;
}
