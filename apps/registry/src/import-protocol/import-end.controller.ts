import type { Caller, DatasetImport } from '@modelyard/contracts';
import { CallerOf, InternalOnly } from '@modelyard/platform-access';
import { Body, Controller, HttpCode, Param, Post } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { ImportParams } from '../dataset-imports/dto/dataset-import.dto';
import { ConfirmImportCancelled } from './confirm-import-cancelled';
import { FailImportDto } from './dto/import-reports.dto';
import { FailImport } from './fail-import';
import { readSuccess } from './read-success';
import { storable } from './storable';
import { SucceedImport } from './succeed-import';

/** How an import worker says that an import has ended. Each call may be repeated. */
@ApiExcludeController()
@InternalOnly()
@Controller('internal/dataset-imports/:id')
export class ImportEndController {
  constructor(
    private readonly succeedImport: SucceedImport,
    private readonly failImport: FailImport,
    private readonly confirmCancelled: ConfirmImportCancelled,
  ) {}

  @Post('succeed')
  @HttpCode(200)
  succeed(
    @Param() { id }: ImportParams,
    @Body() body: unknown,
    @CallerOf() caller: Caller,
  ): Promise<DatasetImport> {
    return this.succeedImport.execute(id, readSuccess(body), caller);
  }

  @Post('fail')
  @HttpCode(200)
  fail(
    @Param() { id }: ImportParams,
    @Body() { error, retriable }: FailImportDto,
    @CallerOf() caller: Caller,
  ): Promise<DatasetImport> {
    return this.failImport.execute(id, { error: storable({ ...error }), retriable }, caller);
  }

  @Post('cancelled')
  @HttpCode(200)
  cancelled(@Param() { id }: ImportParams, @CallerOf() caller: Caller): Promise<DatasetImport> {
    return this.confirmCancelled.execute(id, caller);
  }
}
