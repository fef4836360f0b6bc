import type { Upload } from '@modelyard/contracts';
import { ApiProperty } from '@nestjs/swagger';
import { RunId } from '../../naming/names';

const WHEN = { format: 'date-time', example: '2026-11-02T10:15:00.000Z' } as const;

export class UploadParams {
  @ApiProperty({ example: '0b5c1f0e8a4d4f6b9c7d2e3f4a5b6c7d' })
  @RunId()
  id!: string;
}

export class UploadDto implements Upload {
  @ApiProperty({ example: '0b5c1f0e8a4d4f6b9c7d2e3f4a5b6c7d' })
  id!: string;

  @ApiProperty({ example: 'flowers.zip' })
  name!: string;

  @ApiProperty({ description: 'Bytes of the whole file.', example: 182_000_000 })
  size!: number;

  @ApiProperty({ description: 'Bytes that have arrived and are durable.', example: 8_388_608 })
  offset!: number;

  @ApiProperty({ example: false })
  complete!: boolean;

  @ApiProperty(WHEN)
  createdAt!: string;

  @ApiProperty({ ...WHEN, description: 'Then it is removed, unless an import needs it.' })
  expiresAt!: string;

  @ApiProperty({ example: 'admin' })
  createdBy!: string;
}
