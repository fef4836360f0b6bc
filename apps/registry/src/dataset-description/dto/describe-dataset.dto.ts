import { ApiProperty } from '@nestjs/swagger';
import { Text } from '../../naming/text';

export class DescribeDatasetDto {
  @ApiProperty({ example: 'Handwritten digits, 8×8 grey levels' })
  @Text(5_000)
  description!: string;
}
