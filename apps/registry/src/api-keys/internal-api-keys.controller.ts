import type { ApiKeyDigests } from '@modelyard/contracts';
import { InternalOnly } from '@modelyard/platform-access';
import { Controller, Get, Headers, Res } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { ReadKeyDigests } from './read-key-digests';

/** For the gateway. */
@ApiExcludeController()
@InternalOnly()
@Controller('internal/api-keys')
export class InternalApiKeysController {
  constructor(private readonly readDigests: ReadKeyDigests) {}

  @Get()
  async digests(
    @Headers('if-none-match') known: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ApiKeyDigests | undefined> {
    const digests = await this.readDigests.execute();
    const etag = `"${digests.etag}"`;
    void reply.header('etag', etag);
    if (known !== etag) return digests;
    void reply.status(304);
    return undefined;
  }
}
