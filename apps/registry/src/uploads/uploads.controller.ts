import type { Caller, Page, Upload } from '@modelyard/contracts';
import { AppError, PROBLEM_MEDIA_TYPE, toProblem } from '@modelyard/platform-errors';
import { CallerOf, Public, Requires } from '@modelyard/platform-access';
import {
  Controller,
  Delete,
  Get,
  Head,
  Headers,
  HttpCode,
  Options,
  Param,
  Patch,
  Post,
  Query,
  Req,
  Res,
  UseInterceptors,
} from '@nestjs/common';
import {
  ApiConsumes,
  ApiCreatedResponse,
  ApiExcludeEndpoint,
  ApiHeader,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiTags,
} from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { WithoutIdempotencyKey } from '../idempotency/without-idempotency-key';
import { pageOf } from '../listing/page-of';
import { PageQueryDto } from '../listing/page-query.dto';
import { Operation } from '../openapi/operation';
import { RegistryConfig } from '../registry.config';
import { DeleteUpload } from './delete-upload';
import { UploadDto, UploadParams } from './dto/upload.dto';
import { ReceiveUpload } from './tus/receive-upload';
import { CHECKSUM_ALGORITHMS } from './tus/upload-checksum';
import { CHECKSUM_MISMATCH, TUS_CONTENT, TUS_EXTENSIONS, TUS_VERSION } from './tus/tus-headers';
import { TusInterceptor } from './tus/tus.interceptor';
import { UploadRepository } from './upload.repository';

const UPLOADS = '/api/v1/uploads';

/** Resumable uploads by tus 1.0 (https://tus.io/protocols/resumable-upload). */
@ApiTags('Datasets')
@Controller('api/v1/uploads')
@UseInterceptors(TusInterceptor)
@WithoutIdempotencyKey()
export class UploadsController {
  constructor(
    private readonly uploads: UploadRepository,
    private readonly receive: ReceiveUpload,
    private readonly deleteUpload: DeleteUpload,
    private readonly config: RegistryConfig,
  ) {}

  @Options()
  @Public()
  @ApiExcludeEndpoint()
  @HttpCode(204)
  options(@Res({ passthrough: true }) reply: FastifyReply): void {
    void reply.headers({
      'tus-version': TUS_VERSION,
      'tus-extension': TUS_EXTENSIONS,
      'tus-max-size': String(this.config.uploadMaxBytes),
      'tus-checksum-algorithm': CHECKSUM_ALGORITHMS.join(','),
    });
  }

  @Post()
  @Requires('editor')
  @Operation({
    summary: 'Begin an upload',
    description:
      'tus 1.0, as any tus client speaks it: `Upload-Length` and `Upload-Metadata` (filename) say what is to come, `Location` where it goes. With Content-Type application/offset+octet-stream the first of the content may come along.',
    errors: ['BODY_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE', 'PRECONDITION_FAILED'],
  })
  @ApiHeader({ name: 'Tus-Resumable', required: true, example: TUS_VERSION })
  @ApiHeader({ name: 'Upload-Length', required: true, example: '182000000', description: 'Bytes.' })
  @ApiHeader({
    name: 'Upload-Metadata',
    required: false,
    example: 'filename Zmxvd2Vycy56aXA=',
    description: 'Pairs of a key and base64.',
  })
  @ApiCreatedResponse({ type: UploadDto })
  async create(
    @Req() request: FastifyRequest,
    @CallerOf() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Upload | object> {
    const received = await this.receive.create(request, caller, ({ id }) => {
      // Set before the content is read: a client that breaks off in it finds its upload again.
      void reply.header('location', `${UPLOADS}/${id}`);
    });
    return received === 'mismatch' ? mismatch(request, reply) : told(reply, received);
  }

  @Get()
  @Requires('editor')
  @Operation({ summary: 'List uploads', description: 'Newest first; those that have expired are gone.' })
  @ApiOkResponse({ type: pageOf(UploadDto) })
  list(@Query() page: PageQueryDto): Promise<Page<Upload>> {
    return this.uploads.list(page);
  }

  @Head(':id')
  @Requires('editor')
  @ApiExcludeEndpoint()
  async offset(
    @Param() { id }: UploadParams,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<void> {
    const { metadata, ...upload } = await this.uploads.require(id);
    told(reply, upload);
    void reply.headers({ 'upload-length': String(upload.size), 'cache-control': 'no-store' });
    if (metadata !== '') void reply.header('upload-metadata', metadata);
  }

  @Get(':id')
  @Requires('editor')
  @Operation({
    summary: 'Get an upload',
    description: 'How far it has come. tus clients ask with HEAD.',
    errors: ['NOT_FOUND'],
  })
  @ApiOkResponse({ type: UploadDto })
  async get(@Param() { id }: UploadParams): Promise<Upload> {
    const { metadata: _metadata, ...upload } = await this.uploads.require(id);
    return upload;
  }

  @Patch(':id')
  @HttpCode(204)
  @Requires('editor')
  @Operation({
    summary: 'Go on with an upload',
    description:
      'Content from `Upload-Offset` on. What has arrived is durable in pieces of at most 8 MiB; content with an `Upload-Checksum` counts as a whole or not at all (460 when it is not what the checksum says).',
    errors: ['NOT_FOUND', 'CONFLICT', 'BODY_TOO_LARGE', 'UNSUPPORTED_MEDIA_TYPE', 'PRECONDITION_FAILED'],
  })
  @ApiHeader({ name: 'Tus-Resumable', required: true, example: TUS_VERSION })
  @ApiHeader({ name: 'Upload-Offset', required: true, example: '8388608' })
  @ApiHeader({ name: 'Upload-Checksum', required: false, description: '`sha256`, a space, and base64.' })
  @ApiConsumes(TUS_CONTENT)
  @ApiNoContentResponse()
  async append(
    @Param() { id }: UploadParams,
    @Req() request: FastifyRequest,
    @Headers('upload-offset') offset: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<object | undefined> {
    const received = await this.receive.append(request, id, offset);
    if (received === 'mismatch') return mismatch(request, reply);
    told(reply, received);
    return undefined;
  }

  @Delete(':id')
  @HttpCode(204)
  @Requires('editor')
  @Operation({
    summary: 'Delete an upload',
    description: 'Also one that has not arrived as a whole.',
    errors: ['NOT_FOUND', 'CONFLICT', 'PRECONDITION_FAILED'],
  })
  @ApiHeader({ name: 'Tus-Resumable', required: false, example: TUS_VERSION })
  @ApiNoContentResponse()
  delete(@Param() { id }: UploadParams): Promise<void> {
    return this.deleteUpload.execute(id);
  }
}

/** What tus clients read of an upload. */
function told(reply: FastifyReply, upload: Upload): Upload {
  void reply.headers({
    'upload-offset': String(upload.offset),
    'upload-expires': new Date(upload.expiresAt).toUTCString(),
  });
  return upload;
}

function mismatch(request: FastifyRequest, reply: FastifyReply): object {
  const problem = toProblem(
    new AppError('VALIDATION_FAILED', 'The content is not what Upload-Checksum says. Send it once more.', {
      fields: [{ path: 'Upload-Checksum', message: 'is of other content' }],
    }),
    { requestId: request.id, instance: request.url },
  );
  void reply.status(CHECKSUM_MISMATCH).type(PROBLEM_MEDIA_TYPE);
  return Buffer.from(JSON.stringify({ ...problem, status: CHECKSUM_MISMATCH }));
}
