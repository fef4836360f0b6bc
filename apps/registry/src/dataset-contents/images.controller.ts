import { Requires } from '@modelyard/platform-access';
import { Controller, Get, Headers, Param, Query, Res, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { DatasetRepository } from '../datasets/dataset.repository';
import { Operation } from '../openapi/operation';
import { keepable } from './caching';
import { ImageQueryDto, RowParams } from './dto/image.dto';
import { ReadImage } from './images/read-image';
import { requireContent } from './opening/require-content';

@ApiTags('Dataset contents')
@Controller('api/v1/datasets/:name/versions/:version/rows/:row/image')
export class ImagesController {
  constructor(
    private readonly datasets: DatasetRepository,
    private readonly readImage: ReadImage,
  ) {}

  @Get()
  @Requires('viewer')
  @Operation({
    summary: 'See one image of a version',
    description:
      'As PNG, in the stored size or with `size` pixels on the longer side. It never changes and may be cached.',
    errors: ['NOT_FOUND', 'OVERLOADED', 'DEADLINE_EXCEEDED'],
  })
  @ApiProduces('image/png')
  @ApiOkResponse({ description: 'The picture.', schema: { type: 'string', format: 'binary' } })
  async image(
    @Param() params: RowParams,
    @Query() { size }: ImageQueryDto,
    @Headers('if-none-match') known: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile | undefined> {
    const number = RowParams.number(params);
    const version = await this.datasets.requireVersion(params.name, number);
    requireContent(version);
    const etag = `${version.blob.sha256}-${params.row}-${size ?? ''}`;
    const png = await this.readImage.execute(version, Number(params.row), size);
    if (keepable(reply, { etag, version: number, known })) return undefined;
    return new StreamableFile(png, { type: 'image/png', length: png.length });
  }
}
