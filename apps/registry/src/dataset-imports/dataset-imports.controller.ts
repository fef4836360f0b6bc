import type { Caller, DatasetImport, Page } from '@modelyard/contracts';
import { CallerOf, Requires } from '@modelyard/platform-access';
import { Controller, Get, Headers, HttpCode, Param, Post, Query, Res, StreamableFile } from '@nestjs/common';
import { ApiAcceptedResponse, ApiHeader, ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { FollowEvents } from '../events/follow-events';
import { readEventId } from '../events/read-event-id';
import { toEventStream } from '../events/to-event-stream';
import { pageOf } from '../listing/page-of';
import { present } from '../listing/present';
import { Operation } from '../openapi/operation';
import { CancelImport } from './cancel-import';
import { DatasetImportRepository } from './dataset-import.repository';
import { DatasetImportDto, ImportParams, ImportsQueryDto } from './dto/dataset-import.dto';
import { RetryImport } from './retry-import';

@ApiTags('Datasets')
@Controller('api/v1/dataset-imports')
export class DatasetImportsController {
  constructor(
    private readonly imports: DatasetImportRepository,
    private readonly cancelImport: CancelImport,
    private readonly retryImport: RetryImport,
    private readonly follow: FollowEvents,
  ) {}

  @Get()
  @Requires('viewer')
  @Operation({
    summary: 'List dataset imports',
    description: 'Newest first; `status` and `dataset` choose some of them.',
  })
  @ApiOkResponse({ type: pageOf(DatasetImportDto) })
  list(@Query() { status, dataset, ...page }: ImportsQueryDto): Promise<Page<DatasetImport>> {
    return this.imports.list(present({ status, dataset }), page);
  }

  @Get(':id')
  @Requires('viewer')
  @Operation({
    summary: 'Get a dataset import',
    description: 'Its status, its progress, and the version that came of it or what is wrong with the data.',
    errors: ['NOT_FOUND'],
  })
  @ApiOkResponse({ type: DatasetImportDto })
  get(@Param() { id }: ImportParams): Promise<DatasetImport> {
    return this.imports.require(id);
  }

  @Get(':id/events')
  @Requires('viewer')
  @Operation({
    summary: 'Follow a dataset import',
    description:
      'Server-sent events: all that happened, then what happens, until the import has ended. `event` is `status`, `progress` or `log`, `id` the number to go on from with `Last-Event-ID`.',
    errors: ['NOT_FOUND'],
  })
  @ApiHeader({ name: 'Last-Event-ID', required: false, description: 'Only events after this one.' })
  @ApiProduces('text/event-stream')
  @ApiOkResponse({
    description: 'The stream.',
    schema: {
      type: 'string',
      example:
        'id: 3\nevent: progress\ndata: {"seq":3,"type":"progress","at":"2026-11-02T10:15:00.000Z","data":{"phase":"reading","done":12000,"total":60000,"unit":"files"}}\n\n',
    },
  })
  async events(
    @Param() { id }: ImportParams,
    @Headers('last-event-id') lastEventId: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const after = readEventId(lastEventId);
    await this.imports.require(id);
    // Buffering proxies would hold events back.
    void reply.headers({ 'cache-control': 'no-cache, no-transform', 'x-accel-buffering': 'no' });
    return new StreamableFile(toEventStream(this.follow.execute(this.imports, id, after)), {
      type: 'text/event-stream; charset=utf-8',
    });
  }

  @Post(':id/cancel')
  @HttpCode(202)
  @Requires('editor')
  @Operation({
    summary: 'Cancel a dataset import',
    description: 'A queued import is cancelled at once; a running one as soon as its worker has stopped.',
    errors: ['NOT_FOUND', 'CONFLICT', 'IDEMPOTENCY_KEY_REUSED'],
  })
  @ApiAcceptedResponse({ type: DatasetImportDto })
  cancel(@Param() { id }: ImportParams, @CallerOf() caller: Caller): Promise<DatasetImport> {
    return this.cancelImport.execute(id, caller);
  }

  @Post(':id/retry')
  @HttpCode(202)
  @Requires('editor')
  @Operation({
    summary: 'Try a dataset import again',
    description:
      'One that failed or was cancelled; it goes on from where it was, as far as that is still there.',
    errors: ['NOT_FOUND', 'CONFLICT', 'IDEMPOTENCY_KEY_REUSED'],
  })
  @ApiAcceptedResponse({ type: DatasetImportDto })
  retry(@Param() { id }: ImportParams, @CallerOf() caller: Caller): Promise<DatasetImport> {
    return this.retryImport.execute(id, caller);
  }
}
