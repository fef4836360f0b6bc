import type { DatasetLineage, ModelLineage } from '@modelyard/contracts';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';

const RUN_ID = '0b5c1f0e8a4d4f6b9c7d2e3f4a5b6c7d';

class RelatedVersionDto {
  @ApiProperty({ example: 2 })
  version!: number;

  @ApiProperty({ description: '`append`, `filter`, `relabel` or `split`.', example: 'append' })
  operation!: string;
}

class LineageImportDto {
  @ApiProperty({ example: RUN_ID })
  id!: string;

  @ApiProperty({ description: 'In a few words.', example: 'https://data.example/flowers.csv' })
  source!: string;
}

class LineageRunDto {
  @ApiProperty({ example: RUN_ID })
  id!: string;

  @ApiProperty({ example: 'digits-cnn' })
  name!: string;

  @ApiProperty({ example: 'finished' })
  status!: string;

  @ApiProperty({ example: RUN_ID })
  trainingJobId!: string;
}

class ModelRunDto {
  @ApiProperty({ example: RUN_ID })
  id!: string;

  @ApiProperty({ example: 'digits-cnn' })
  name!: string;

  @ApiProperty({ example: 'finished' })
  status!: string;

  @ApiPropertyOptional({ description: 'Absent where no training job of ours made the run.', example: RUN_ID })
  trainingJobId?: string;
}

class LineageModelVersionDto {
  @ApiProperty({ example: 'digits' })
  model!: string;

  @ApiProperty({ example: 3 })
  version!: number;

  @ApiProperty({ example: 'Production' })
  stage!: string;

  @ApiProperty({ example: RUN_ID })
  runId!: string;
}

class LineageDeploymentDto {
  @ApiProperty({ example: 'digits' })
  name!: string;

  @ApiProperty({ example: 'digits' })
  model!: string;

  @ApiProperty({ example: 3 })
  version!: number;
}

export class DatasetLineageDto implements DatasetLineage {
  @ApiProperty({ example: 'digits' })
  dataset!: string;

  @ApiProperty({ example: 1 })
  version!: number;

  @ApiProperty({ example: 'sha256:9f86d081884c7d659a2feaa0c55ad015…' })
  digest!: string;

  @ApiPropertyOptional({ description: 'The version that this one was made from.', type: RelatedVersionDto })
  parent?: RelatedVersionDto;

  @ApiProperty({ description: 'The versions that were made from this one.', type: [RelatedVersionDto] })
  children!: RelatedVersionDto[];

  @ApiPropertyOptional({ type: LineageImportDto })
  import?: LineageImportDto;

  @ApiProperty({ description: 'Trainings on the version, the newest first.', type: [LineageRunDto] })
  runs!: LineageRunDto[];

  @ApiProperty({ type: [LineageModelVersionDto] })
  modelVersions!: LineageModelVersionDto[];

  @ApiProperty({ description: 'What serves one of the model versions now.', type: [LineageDeploymentDto] })
  deployments!: LineageDeploymentDto[];
}

class TrainedOnDto {
  @ApiProperty({ example: 'digits' })
  name!: string;

  @ApiProperty({ example: 2 })
  version!: number;

  @ApiProperty({ example: 'sha256:9f86d081884c7d659a2feaa0c55ad015…' })
  digest!: string;

  @ApiProperty({ description: 'The version’s content is gone; its record is kept.', example: false })
  deleted!: boolean;

  @ApiProperty({
    description: 'The versions that it was made from, the nearest first.',
    type: [RelatedVersionDto],
  })
  ancestors!: RelatedVersionDto[];
}

class ServedByDto {
  @ApiProperty({ example: 'digits' })
  name!: string;
}

export class ModelLineageDto implements ModelLineage {
  @ApiProperty({ example: 'digits' })
  model!: string;

  @ApiProperty({ example: 3 })
  version!: number;

  @ApiProperty({ example: 'Production' })
  stage!: string;

  @ApiPropertyOptional({ type: ModelRunDto })
  run?: ModelRunDto;

  @ApiPropertyOptional({ type: TrainedOnDto })
  dataset?: TrainedOnDto;

  @ApiProperty({ type: [ServedByDto] })
  deployments!: ServedByDto[];
}
