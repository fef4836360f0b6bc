import { ApiProperty } from '@nestjs/swagger';
import { IsInt, Max, Min } from 'class-validator';
import { ModelParams } from '../../models/dto/model.dto';
import { Alias } from '../../naming/names';

export class AliasParams extends ModelParams {
  @ApiProperty({ example: 'champion' })
  @Alias()
  alias!: string;
}

export class SetAliasDto {
  @ApiProperty({ description: 'The version that the alias shall point at.', example: 2 })
  @IsInt()
  @Min(1)
  @Max(2_147_483_647)
  version!: number;
}

export class AliasDto {
  @ApiProperty({ example: 'digits' })
  model!: string;

  @ApiProperty({ example: 'champion' })
  alias!: string;

  @ApiProperty({ example: 2 })
  version!: number;
}
