import type { Caller, ContractReport, DataContract, DatasetContract } from '@modelyard/contracts';
import { CallerOf, Requires } from '@modelyard/platform-access';
import { Body, Controller, HttpCode, Param, Post, Query, Res } from '@nestjs/common';
import { ApiBody, ApiExtraModels, ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { abortWhenGone } from '../dataset-contents/abort-when-gone';
import { ContractReportDto } from '../dataset-contents/dto/contract-report.dto';
import { DatasetVersionParams } from '../datasets/dto/dataset-params.dto';
import { Operation } from '../openapi/operation';
import type { Precondition } from '../preconditions/if-match';
import { IfMatch } from '../preconditions/if-match';
import type { Tagged } from '../preconditions/tagged';
import { CheckVersion } from './check-version';
import { DeriveVersionContract } from './derive-version-contract';
import { CHECK_BODY, contractOf, DeriveContractQueryDto } from './dto/check.dto';
import { DatasetContractDto, DERIVED_SCHEMA } from './dto/contract.dto';

@ApiTags('Dataset contracts')
@Controller('api/v1/datasets/:name/versions/:version')
export class VersionContractsController {
  constructor(
    private readonly derive: DeriveVersionContract,
    private readonly check: CheckVersion,
  ) {}

  @Post('contract')
  @HttpCode(200)
  @Requires('editor')
  @Operation({
    summary: 'Derive a contract from a version',
    description:
      'Rules that the version keeps, from its schema and statistics, to be edited: types, ranges, missing values, classes, images’ sizes, distances. The answer can be sent as it is to `PUT …/contract`. With `save` it becomes the dataset’s contract, and the answer is that.',
    errors: ['NOT_FOUND', 'PRECONDITION_FAILED', 'IDEMPOTENCY_KEY_REUSED'],
  })
  @ApiExtraModels(DatasetContractDto)
  @ApiOkResponse({ schema: DERIVED_SCHEMA })
  async deriveContract(
    @Param() params: DatasetVersionParams,
    @Query() { save }: DeriveContractQueryDto,
    @IfMatch() precondition: Precondition,
    @CallerOf() caller: Caller,
  ): Promise<DataContract | Tagged<DatasetContract>> {
    const version = DatasetVersionParams.number(params);
    if (save) return this.derive.save(params.name, version, precondition, caller);
    return this.derive.execute(params.name, version);
  }

  @Post('check')
  @HttpCode(200)
  @Requires('viewer')
  @Operation({
    summary: 'Check a version against a contract',
    description:
      'Against the dataset’s own contract, or against the one in the body. Each broken rule with counts and examples; the version stays as it is.',
    errors: ['NOT_FOUND', 'OVERLOADED', 'DEADLINE_EXCEEDED'],
  })
  @ApiBody(CHECK_BODY)
  @ApiOkResponse({ type: ContractReportDto })
  checkVersion(
    @Param() params: DatasetVersionParams,
    @Body() body: unknown,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ContractReport> {
    const version = DatasetVersionParams.number(params);
    return this.check.execute(params.name, version, contractOf(body), abortWhenGone(reply));
  }
}
