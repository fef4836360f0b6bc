import { ApiProperty } from '@nestjs/swagger';
import { Matches } from 'class-validator';
import { PlainName } from '../../naming/names';

export class DatasetParams {
  @ApiProperty({ example: 'digits' })
  @PlainName()
  name!: string;
}

export class DatasetVersionParams extends DatasetParams {
  @ApiProperty({ description: 'A version number, or `latest`.', example: 'latest' })
  @Matches(/^([1-9]\d{0,8}|latest)$/, { message: 'version must be a positive number or `latest`' })
  version!: string;

  static number({ version }: DatasetVersionParams): number | 'latest' {
    return version === 'latest' ? 'latest' : Number(version);
  }
}
