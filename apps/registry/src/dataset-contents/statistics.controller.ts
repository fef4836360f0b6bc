import type { ContractReport, DatasetStatistics } from '@modelyard/contracts';
import { Requires } from '@modelyard/platform-access';
import { Controller, Get, Headers, Param, Res } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { DatasetVersionParams } from '../datasets/dto/dataset-params.dto';
import { Operation } from '../openapi/operation';
import { keepable } from './caching';
import { ContractReportDto } from './dto/contract-report.dto';
import { DatasetStatisticsDto } from './dto/statistics.dto';
import type { VersionDocument } from './statistics/read-documents';
import { ReadDocuments } from './statistics/read-documents';

@ApiTags('Dataset contents')
@Controller('api/v1/datasets/:name/versions/:version')
export class StatisticsController {
  constructor(private readonly documents: ReadDocuments) {}

  @Get('statistics')
  @Requires('viewer')
  @Operation({
    summary: 'Get the statistics of a version',
    description:
      'Classes, splits, duplicates; of tables each column with its histogram, quantiles, missing values and suspected leaks, of images their sizes, formats and brightness.',
    errors: ['NOT_FOUND'],
  })
  @ApiOkResponse({ type: DatasetStatisticsDto })
  async statistics(
    @Param() params: DatasetVersionParams,
    @Headers('if-none-match') known: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<DatasetStatistics | undefined> {
    const version = DatasetVersionParams.number(params);
    return answer(await this.documents.statistics(params.name, version), version, known, reply);
  }

  @Get('contract-report')
  @Requires('viewer')
  @Operation({
    summary: 'Get the contract report of a version',
    description:
      'How the version stood against the dataset’s contract at its import: each broken rule with counts and examples.',
    errors: ['NOT_FOUND'],
  })
  @ApiOkResponse({ type: ContractReportDto })
  async contractReport(
    @Param() params: DatasetVersionParams,
    @Headers('if-none-match') known: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ContractReport | undefined> {
    const version = DatasetVersionParams.number(params);
    return answer(await this.documents.contractReport(params.name, version), version, known, reply);
  }
}

function answer<T>(
  { content, sha256 }: VersionDocument<T>,
  version: number | 'latest',
  known: string | undefined,
  reply: FastifyReply,
): T | undefined {
  return keepable(reply, { etag: sha256, version, known }) ? undefined : content;
}
