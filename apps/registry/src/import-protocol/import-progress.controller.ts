import type { Caller, ImportProgressResponse, StartImportResponse } from '@modelyard/contracts';
import { CallerOf, InternalOnly } from '@modelyard/platform-access';
import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { ImportParams } from '../dataset-imports/dto/dataset-import.dto';
import { Clock } from '../sources/clock';
import { ImportProgressReportDto, StartImportDto } from './dto/import-reports.dto';
import { ReportImportProgress } from './report-import-progress';
import { StartImport } from './start-import';
import { storable } from './storable';

/** What an import worker says while it runs. Each call may be repeated. */
@ApiExcludeController()
@InternalOnly()
@Controller('internal/dataset-imports/:id')
export class ImportProgressController {
  constructor(
    private readonly startImport: StartImport,
    private readonly reportProgress: ReportImportProgress,
    private readonly clock: Clock,
  ) {}

  @Post('start')
  @HttpCode(200)
  start(
    @Param() { id }: ImportParams,
    @Body() { attemptId }: StartImportDto,
    @CallerOf() caller: Caller,
  ): Promise<StartImportResponse> {
    return this.startImport.execute(id, attemptId, this.clock.now(), caller);
  }

  @Post('progress')
  @HttpCode(200)
  progress(
    @Param() { id }: ImportParams,
    @Body() report: ImportProgressReportDto,
  ): Promise<ImportProgressResponse> {
    return this.reportProgress.execute(id, storable({ ...report }));
  }
}
