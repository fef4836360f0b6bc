import { Requires } from '@modelyard/platform-access';
import { Controller, Get, Headers, Param, Query, Res, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { DatasetRepository } from '../datasets/dataset.repository';
import { DatasetVersionParams } from '../datasets/dto/dataset-params.dto';
import { Operation } from '../openapi/operation';
import { abortWhenGone } from './abort-when-gone';
import type { Attachment } from './download/attachment';
import { toStreamableFile } from './download/attachment';
import { DownloadQuarantine } from './download/download-quarantine';
import { DownloadVersion } from './download/download-version';
import { DownloadQueryDto, QuarantineQueryDto } from './dto/download.dto';

@ApiTags('Dataset contents')
@Controller('api/v1/datasets/:name/versions/:version')
export class DownloadsController {
  constructor(
    private readonly datasets: DatasetRepository,
    private readonly download: DownloadVersion,
    private readonly quarantined: DownloadQuarantine,
  ) {}

  @Get('download')
  @Requires('viewer')
  @Operation({
    summary: 'Download a version',
    description:
      'Streamed. `Range` asks for a part of an original file. Values of a CSV are as they are: a spreadsheet may take a text that begins with `=` for a formula.',
    errors: ['NOT_FOUND', 'OVERLOADED', 'DEADLINE_EXCEEDED'],
  })
  @ApiProduces('application/octet-stream')
  @ApiOkResponse({ description: 'The file.', schema: { type: 'string', format: 'binary' } })
  async version(
    @Param() params: DatasetVersionParams,
    @Query() query: DownloadQueryDto,
    @Headers('range') range: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile | undefined> {
    const version = await this.datasets.requireVersion(params.name, DatasetVersionParams.number(params));
    const signal = abortWhenGone(reply);
    const found = await this.download.execute(version, {
      ...query,
      signal,
      ...(range === undefined ? {} : { range }),
    });
    if (found.kind === 'outside') {
      void reply.status(416).header('content-range', `bytes */${found.size}`);
      return undefined;
    }
    if (found.contentRange !== undefined) void reply.status(206).header('content-range', found.contentRange);
    return send(found.attachment, signal);
  }

  @Get('quarantine')
  @Requires('viewer')
  @Operation({
    summary: 'Download the rows that were kept aside',
    description: 'What the import or the contract kept out of the version, each row with its reason.',
    errors: ['NOT_FOUND', 'OVERLOADED', 'DEADLINE_EXCEEDED'],
  })
  @ApiProduces('application/octet-stream')
  @ApiOkResponse({ description: 'The file.', schema: { type: 'string', format: 'binary' } })
  async quarantine(
    @Param() params: DatasetVersionParams,
    @Query() { format }: QuarantineQueryDto,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const version = await this.datasets.requireVersion(params.name, DatasetVersionParams.number(params));
    const signal = abortWhenGone(reply);
    return send(await this.quarantined.execute(version, format, signal), signal);
  }
}

/** Once the client has gone nobody would read the stream, nor close it. */
function send(attachment: Attachment, signal: AbortSignal): StreamableFile {
  if (signal.aborted) attachment.stream.destroy();
  else signal.addEventListener('abort', () => attachment.stream.destroy(), { once: true });
  return toStreamableFile(attachment);
}
