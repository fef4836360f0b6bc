import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import { IsInt, Matches, Max, Min } from 'class-validator';
import { DatasetVersionParams } from '../../datasets/dto/dataset-params.dto';
import { Optional } from '../../naming/optional';

export class RowParams extends DatasetVersionParams {
  @ApiProperty({ description: 'The row’s number in the version, from 0.', example: '17' })
  @Matches(/^(0|[1-9]\d{0,15})$/, { message: 'row must be a number of 0 or more' })
  row!: string;
}

export class ImageQueryDto {
  @ApiPropertyOptional({
    description: 'Pixels of the longer side; as it is stored when absent.',
    minimum: 1,
    maximum: 512,
    type: 'integer',
  })
  @Optional()
  @Type(() => Number)
  @IsInt()
  @Min(1)
  @Max(512)
  size?: number;
}
