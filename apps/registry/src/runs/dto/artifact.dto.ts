import type { RunArtifact } from '@modelyard/contracts';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { PageQueryDto } from '../../listing/page-query.dto';
import { Optional } from '../../naming/optional';
import { Text } from '../../naming/text';

export class ArtifactsQueryDto extends PageQueryDto {
  @ApiPropertyOptional({ description: 'Only files in this folder.', example: 'model' })
  @Optional()
  @Text(1_000)
  path?: string;
}

export class ArtifactContentQueryDto {
  @ApiProperty({ description: 'The path of the file.', example: 'model/model.onnx' })
  @Text(1_000, 1)
  path!: string;
}

export class RunArtifactDto implements RunArtifact {
  @ApiProperty({ example: 'model/model.onnx' })
  path!: string;

  @ApiProperty({ description: 'Bytes.', example: 162_211 })
  size!: number;

  @ApiProperty({ example: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08' })
  sha256!: string;

  @ApiProperty({ example: 'application/octet-stream' })
  mediaType!: string;
}
