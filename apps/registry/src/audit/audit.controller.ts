import type { AuditEntry, Page } from '@modelyard/contracts';
import { Requires } from '@modelyard/platform-access';
import { Controller, Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiTags } from '@nestjs/swagger';
import { pageOf } from '../listing/page-of';
import { Operation } from '../openapi/operation';
import { AuditLog } from './audit-log';
import { AuditEntryDto, AuditQueryDto } from './dto/audit.dto';

@ApiTags('Audit')
@Controller('api/v1/audit')
export class AuditController {
  constructor(private readonly log: AuditLog) {}

  @Get()
  @Requires('admin')
  @Operation({
    summary: 'List what was changed, and by whom',
    description:
      'Every write leaves one entry in the same transaction, and entries are never changed or deleted. Newest first; filter by action, subject or caller.',
  })
  @ApiOkResponse({ type: pageOf(AuditEntryDto) })
  list(@Query() { action, subject, callerId, ...page }: AuditQueryDto): Promise<Page<AuditEntry>> {
    return this.log.list(
      {
        ...(action === undefined ? {} : { action }),
        ...(subject === undefined ? {} : { subject }),
        ...(callerId === undefined ? {} : { callerId }),
      },
      page,
    );
  }
}
