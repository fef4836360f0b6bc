import type { Caller, DatasetContract, Page } from '@modelyard/contracts';
import { CallerOf, Requires } from '@modelyard/platform-access';
import { Body, Controller, Delete, Get, HttpCode, Param, Put, Query, Res } from '@nestjs/common';
import { ApiBody, ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { DatasetParams } from '../datasets/dto/dataset-params.dto';
import { pageOf } from '../listing/page-of';
import { PageQueryDto } from '../listing/page-query.dto';
import { notFound } from '../naming/not-found';
import { Operation } from '../openapi/operation';
import type { Precondition } from '../preconditions/if-match';
import { IfMatch } from '../preconditions/if-match';
import { Tagged } from '../preconditions/tagged';
import type { ContractRevision } from './contract.repository';
import { ContractRepository } from './contract.repository';
import { CONTRACT_BODY, ContractRevisionDto, DatasetContractDto } from './dto/contract.dto';
import { readContract } from './read-contract';
import { ReviseContract } from './revise-contract';

@ApiTags('Dataset contracts')
@Controller('api/v1/datasets/:name/contract')
export class DatasetContractsController {
  constructor(
    private readonly revise: ReviseContract,
    private readonly contracts: ContractRepository,
  ) {}

  @Get()
  @Requires('viewer')
  @Operation({
    summary: 'Get the contract of a dataset',
    description:
      'The rules that new versions are checked against at their import. The `ETag` header serves `If-Match`.',
    errors: ['NOT_FOUND'],
  })
  @ApiOkResponse({ type: DatasetContractDto })
  async get(@Param() { name }: DatasetParams): Promise<Tagged<DatasetContract>> {
    const contract = await this.contracts.current(name);
    if (contract === undefined) throw notFound(`a contract of dataset '${name}'`);
    return new Tagged(contract, contract.revision);
  }

  @Get('revisions')
  @Requires('viewer')
  @Operation({
    summary: 'List the revisions of a contract',
    description: 'Newest first. A revision without a contract says that it was deleted.',
    errors: ['NOT_FOUND'],
  })
  @ApiOkResponse({ type: pageOf(ContractRevisionDto) })
  revisions(@Param() { name }: DatasetParams, @Query() page: PageQueryDto): Promise<Page<ContractRevision>> {
    return this.contracts.list(name, page);
  }

  @Put()
  @Requires('editor')
  @Operation({
    summary: 'Set the contract of a dataset',
    description:
      'Replaces the whole contract by a new revision. Versions that are there already are not checked again: `check` does that. With `If-Match`, only if the contract is as it was when it was read.',
    errors: ['NOT_FOUND', 'PRECONDITION_FAILED', 'IDEMPOTENCY_KEY_REUSED'],
  })
  @ApiBody(CONTRACT_BODY)
  @ApiCreatedResponse({ type: DatasetContractDto, description: 'The dataset had no contract before.' })
  @ApiOkResponse({ type: DatasetContractDto })
  async replace(
    @Param() { name }: DatasetParams,
    @Body() body: unknown,
    @IfMatch() precondition: Precondition,
    @CallerOf() caller: Caller,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Tagged<DatasetContract>> {
    const { saved, created } = await this.revise.replace(name, readContract(body), precondition, caller);
    void reply.status(created ? 201 : 200);
    return saved;
  }

  @Delete()
  @HttpCode(204)
  @Requires('editor')
  @Operation({
    summary: 'Delete the contract of a dataset',
    description: 'New versions are not checked any more. Earlier revisions stay on record.',
    errors: ['NOT_FOUND', 'PRECONDITION_FAILED', 'IDEMPOTENCY_KEY_REUSED'],
  })
  @ApiNoContentResponse()
  remove(
    @Param() { name }: DatasetParams,
    @IfMatch() precondition: Precondition,
    @CallerOf() caller: Caller,
  ): Promise<void> {
    return this.revise.remove(name, precondition, caller);
  }
}
