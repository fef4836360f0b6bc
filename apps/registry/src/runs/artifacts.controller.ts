import { basename } from 'node:path/posix';
import type { Page, RunArtifact } from '@modelyard/contracts';
import { Requires } from '@modelyard/platform-access';
import { BlobStore } from '@modelyard/platform-blobs';
import { Controller, Get, Headers, Param, Query, Res, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { pageOf } from '../listing/page-of';
import { Operation } from '../openapi/operation';
import { ArtifactRepository } from './artifact.repository';
import { ArtifactContentQueryDto, ArtifactsQueryDto, RunArtifactDto } from './dto/artifact.dto';
import { RunParams } from './dto/run-requests.dto';
import { readRange } from './read-range';

@ApiTags('Runs')
@Controller('api/v1/runs/:id/artifacts')
export class ArtifactsController {
  constructor(
    private readonly artifacts: ArtifactRepository,
    private readonly blobs: BlobStore,
  ) {}

  @Get()
  @Requires('viewer')
  @Operation({
    summary: 'List the artifacts of a run',
    description: 'All files by path; with `path`, those in that folder.',
    errors: ['NOT_FOUND'],
  })
  @ApiOkResponse({ type: pageOf(RunArtifactDto) })
  list(
    @Param() { id }: RunParams,
    @Query() { path, ...page }: ArtifactsQueryDto,
  ): Promise<Page<RunArtifact>> {
    return this.artifacts.list(id, path, page);
  }

  @Get('content')
  @Requires('viewer')
  @Operation({
    summary: 'Download an artifact',
    description:
      'The content, streamed. `Range` asks for a part, `If-None-Match` with the ETag for changes only.',
    errors: ['NOT_FOUND'],
  })
  @ApiProduces('application/octet-stream')
  @ApiOkResponse({ description: 'The content.', schema: { type: 'string', format: 'binary' } })
  async content(
    @Param() { id }: RunParams,
    @Query() { path }: ArtifactContentQueryDto,
    @Headers('range') range: string | undefined,
    @Headers('if-none-match') known: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile | undefined> {
    const artifact = await this.artifacts.require(id, path);
    const etag = `"${artifact.sha256}"`;
    void reply.headers({ etag, 'accept-ranges': 'bytes', 'cache-control': 'private, no-cache' });
    if (known === etag) {
      void reply.status(304);
      return undefined;
    }
    const wanted = readRange(range, artifact.size);
    if (wanted === 'unsatisfiable') {
      void reply.status(416).header('content-range', `bytes */${artifact.size}`);
      return undefined;
    }
    const content = await this.blobs.get(artifact.sha256, wanted === 'all' ? undefined : wanted);
    if (wanted !== 'all') {
      void reply.status(206).header('content-range', `bytes ${wanted.start}-${wanted.end}/${artifact.size}`);
    }
    return new StreamableFile(content, {
      type: artifact.mediaType,
      length: wanted === 'all' ? artifact.size : wanted.end - wanted.start + 1,
      // A browser must never run what a run has logged.
      disposition: `attachment; filename*=UTF-8''${encodeURIComponent(basename(path))}`,
    });
  }
}
