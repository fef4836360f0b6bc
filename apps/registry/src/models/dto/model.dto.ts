import type { RegisteredModel, Stage } from '@modelyard/contracts';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { PageQueryDto } from '../../listing/page-query.dto';
import { ModelName } from '../../naming/names';
import { TAG_RULES, TextMap } from '../../naming/tags';
import { Text } from '../../naming/text';
import { Optional } from '../../naming/optional';

export class ModelParams {
  @ApiProperty({ example: 'digits' })
  @ModelName()
  name!: string;
}

export class ModelsQueryDto extends PageQueryDto {
  @ApiPropertyOptional({ description: 'Only models whose name holds this, in any case.', example: 'digit' })
  @Optional()
  @Text(255)
  search?: string;
}

export class UpdateModelDto {
  @ApiPropertyOptional({ example: 'Reads handwritten digits' })
  @Optional()
  @Text(100_000)
  description?: string;

  @ApiPropertyOptional({
    description: 'All tags of the model; what was there is replaced.',
    type: 'object',
    additionalProperties: { type: 'string' },
    example: { team: 'vision' },
  })
  @Optional()
  @TextMap(TAG_RULES.registry)
  tags?: Record<string, string>;
}

export class CreateModelDto extends UpdateModelDto {
  @ApiProperty({ example: 'digits' })
  @ModelName()
  name!: string;
}

export class RegisteredModelDto implements RegisteredModel {
  @ApiProperty({ example: 'digits' })
  name!: string;

  @ApiProperty({ example: 'Reads handwritten digits' })
  description!: string;

  @ApiProperty({ type: 'object', additionalProperties: { type: 'string' }, example: { team: 'vision' } })
  tags!: Record<string, string>;

  @ApiProperty({
    description: 'The version that each alias points at.',
    type: 'object',
    additionalProperties: { type: 'integer' },
    example: { champion: 2 },
  })
  aliases!: Record<string, number>;

  @ApiProperty({
    description: 'The newest version in each stage that has one.',
    type: 'object',
    additionalProperties: { type: 'integer' },
    example: { Production: 2, Archived: 1 },
  })
  latestVersions!: Partial<Record<Stage, number>>;

  @ApiProperty({ format: 'date-time', example: '2026-11-02T10:15:00.000Z' })
  createdAt!: string;

  @ApiProperty({ format: 'date-time', example: '2026-11-02T10:15:00.000Z' })
  updatedAt!: string;
}
