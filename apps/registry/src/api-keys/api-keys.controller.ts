import type { ApiKey, Caller, Page } from '@modelyard/contracts';
import { CallerOf, Requires } from '@modelyard/platform-access';
import { Body, Controller, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { NotKept } from '../idempotency/not-kept';
import { pageOf } from '../listing/page-of';
import { PageQueryDto } from '../listing/page-query.dto';
import { Operation } from '../openapi/operation';
import { ApiKeyRepository } from './api-key.repository';
import { CreateApiKey } from './create-api-key';
import { ApiKeyDto, ApiKeyParams, CreateApiKeyDto, CreatedApiKeyDto } from './dto/api-key.dto';
import { RevokeApiKey } from './revoke-api-key';

@ApiTags('API keys')
@Controller('api/v1/api-keys')
export class ApiKeysController {
  constructor(
    private readonly createKey: CreateApiKey,
    private readonly revokeKey: RevokeApiKey,
    private readonly keys: ApiKeyRepository,
  ) {}

  @Post()
  @Requires('admin')
  @Operation({
    summary: 'Make an API key',
    description:
      'The answer holds the key, for the only time; only its digest is stored. Repeated with the same Idempotency-Key, the answer comes without the key.',
    errors: ['IDEMPOTENCY_KEY_REUSED'],
  })
  @ApiCreatedResponse({ type: CreatedApiKeyDto })
  @NotKept('key')
  create(
    @Body() { name, role, expiresAt }: CreateApiKeyDto,
    @CallerOf() caller: Caller,
  ): Promise<ApiKey & { key: string }> {
    const expiry = expiresAt === undefined ? {} : { expiresAt: Date.parse(expiresAt) };
    return this.createKey.execute({ name, role, ...expiry }, caller);
  }

  @Get()
  @Requires('admin')
  @Operation({
    summary: 'List API keys',
    description: 'Newest first, revoked ones too; never the keys themselves.',
  })
  @ApiOkResponse({ type: pageOf(ApiKeyDto) })
  list(@Query() page: PageQueryDto): Promise<Page<ApiKey>> {
    return this.keys.list(page);
  }

  @Delete(':id')
  @HttpCode(204)
  @Requires('admin')
  @Operation({
    summary: 'Revoke an API key',
    description: 'It stops working within seconds. Revoking it again changes nothing.',
    errors: ['NOT_FOUND', 'IDEMPOTENCY_KEY_REUSED'],
  })
  @ApiNoContentResponse()
  revoke(@Param() { id }: ApiKeyParams, @CallerOf() caller: Caller): Promise<void> {
    return this.revokeKey.execute(id, caller);
  }
}
