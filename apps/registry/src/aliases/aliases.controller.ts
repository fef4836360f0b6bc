import type { Caller } from '@modelyard/contracts';
import { CallerOf, Requires } from '@modelyard/platform-access';
import { Body, Controller, Delete, Get, HttpCode, Param, Put } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { Operation } from '../openapi/operation';
import { AliasRepository } from './alias.repository';
import { AliasDto, AliasParams, SetAliasDto } from './dto/alias.dto';
import { RemoveAlias } from './remove-alias';
import { SetAlias } from './set-alias';

@ApiTags('Aliases')
@Controller('api/v1/models/:name/aliases')
export class AliasesController {
  constructor(
    private readonly setAlias: SetAlias,
    private readonly removeAlias: RemoveAlias,
    private readonly aliases: AliasRepository,
  ) {}

  @Put(':alias')
  @Requires('editor')
  @Operation({
    summary: 'Point an alias at a version',
    description:
      'Makes the alias or moves it. Deployments that follow the alias get a new revision in the same transaction.',
    errors: ['NOT_FOUND', 'IDEMPOTENCY_KEY_REUSED'],
  })
  @ApiOkResponse({ type: AliasDto })
  async set(
    @Param() { name, alias }: AliasParams,
    @Body() { version }: SetAliasDto,
    @CallerOf() caller: Caller,
  ): Promise<AliasDto> {
    await this.setAlias.execute({ model: name, alias }, version, caller);
    return { model: name, alias, version };
  }

  @Get(':alias')
  @Requires('viewer')
  @Operation({
    summary: 'Get an alias',
    description: 'The version that it points at.',
    errors: ['NOT_FOUND'],
  })
  @ApiOkResponse({ type: AliasDto })
  async get(@Param() { name, alias }: AliasParams): Promise<AliasDto> {
    return { model: name, alias, version: await this.aliases.resolve(name, alias) };
  }

  @Delete(':alias')
  @HttpCode(204)
  @Requires('editor')
  @Operation({
    summary: 'Remove an alias',
    description: 'Deployments that follow it go on serving the version that it pointed at.',
    errors: ['NOT_FOUND', 'IDEMPOTENCY_KEY_REUSED'],
  })
  @ApiNoContentResponse()
  remove(@Param() { name, alias }: AliasParams, @CallerOf() caller: Caller): Promise<void> {
    return this.removeAlias.execute({ model: name, alias }, caller);
  }
}
