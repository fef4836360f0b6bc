import { Requires } from '@modelyard/platform-access';
import { Controller, Get, Headers, Param, Res, StreamableFile } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiProduces, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { FollowEvents } from '../events/follow-events';
import { readEventId } from '../events/read-event-id';
import { toEventStream } from '../events/to-event-stream';
import { Operation } from '../openapi/operation';
import { TrainingJobParams } from './dto/training-job.dto';
import { TrainingJobRepository } from './training-job.repository';

@ApiTags('Training jobs')
@Controller('api/v1/training-jobs/:id/events')
export class TrainingJobEventsController {
  constructor(
    private readonly follow: FollowEvents,
    private readonly jobs: TrainingJobRepository,
  ) {}

  @Get()
  @Requires('viewer')
  @Operation({
    summary: 'Follow a training job',
    description:
      'Server-sent events: all that happened, then what happens, until the job has ended. `event` is `status`, `progress` or `log`, `id` the number to go on from with `Last-Event-ID`.',
    errors: ['NOT_FOUND'],
  })
  @ApiHeader({ name: 'Last-Event-ID', required: false, description: 'Only events after this one.' })
  @ApiProduces('text/event-stream')
  @ApiOkResponse({
    description: 'The stream.',
    schema: {
      type: 'string',
      example:
        'id: 3\nevent: progress\ndata: {"seq":3,"type":"progress","at":"2026-11-02T10:15:00.000Z","data":{"epoch":1,"epochs":30}}\n\n',
    },
  })
  async stream(
    @Param() { id }: TrainingJobParams,
    @Headers('last-event-id') lastEventId: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<StreamableFile> {
    const after = readEventId(lastEventId);
    await this.jobs.require(id);
    // Buffering proxies would hold events back.
    void reply.headers({ 'cache-control': 'no-cache, no-transform', 'x-accel-buffering': 'no' });
    return new StreamableFile(toEventStream(this.follow.execute(this.jobs, id, after)), {
      type: 'text/event-stream; charset=utf-8',
    });
  }
}
