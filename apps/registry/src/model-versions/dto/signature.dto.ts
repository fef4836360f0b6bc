import type { DType, PackageFile, Signature, TensorSpec } from '@modelyard/contracts';
import { DTYPES } from '@modelyard/contracts';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import { Type } from 'class-transformer';
import {
  ArrayMaxSize,
  IsArray,
  IsIn,
  IsInt,
  IsNumber,
  IsString,
  Matches,
  Max,
  Min,
  ValidateNested,
} from 'class-validator';
import { Text } from '../../naming/text';
import { Optional } from '../../naming/optional';

export class TensorSpecDto implements TensorSpec {
  @ApiProperty({ example: 'input' })
  @Text(255, 1)
  name!: string;

  @ApiProperty({ enum: DTYPES, example: 'float32' })
  @IsIn(DTYPES)
  dtype!: DType;

  @ApiProperty({ description: 'The first is −1, the batch.', example: [-1, 8, 8, 1] })
  @IsArray()
  @ArrayMaxSize(16)
  @IsInt({ each: true })
  shape!: number[];

  @ApiPropertyOptional({ example: 0 })
  @Optional()
  @IsNumber()
  minimum?: number;

  @ApiPropertyOptional({ example: 16 })
  @Optional()
  @IsNumber()
  maximum?: number;

  @ApiPropertyOptional({ description: 'Tables only: the columns in order.', type: [String] })
  @Optional()
  @IsString({ each: true })
  columns?: string[];
}

export class SignatureDto implements Signature {
  @ApiProperty({ type: [TensorSpecDto] })
  @ValidateNested({ each: true })
  @IsArray()
  @Type(() => TensorSpecDto)
  inputs!: TensorSpecDto[];

  @ApiProperty({
    type: [TensorSpecDto],
    example: [{ name: 'probabilities', dtype: 'float32', shape: [-1, 10] }],
  })
  @ValidateNested({ each: true })
  @IsArray()
  @Type(() => TensorSpecDto)
  outputs!: TensorSpecDto[];

  @ApiProperty({ enum: ['image-classification', 'tabular-classification'], example: 'image-classification' })
  @IsIn(['image-classification', 'tabular-classification'])
  task!: Signature['task'];

  @ApiProperty({ description: 'In the order of the probabilities.', example: ['0', '1', '2'] })
  @IsArray()
  @IsString({ each: true })
  classes!: string[];
}

export class PackageFileDto implements PackageFile {
  @ApiProperty({ example: 'model.onnx' })
  @Text(1_000, 1)
  path!: string;

  @ApiProperty({ example: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08' })
  @Matches(/^[0-9a-f]{64}$/)
  sha256!: string;

  @ApiProperty({ description: 'Bytes.', example: 162_211 })
  @IsInt()
  @Min(0)
  @Max(Number.MAX_SAFE_INTEGER)
  size!: number;
}
