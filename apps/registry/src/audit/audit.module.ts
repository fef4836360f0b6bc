import { Module } from '@nestjs/common';
import { AuditLog } from './audit-log';
import { AuditController } from './audit.controller';
import { DrizzleAuditLog } from './drizzle-audit-log';

@Module({
  controllers: [AuditController],
  providers: [{ provide: AuditLog, useClass: DrizzleAuditLog }],
  exports: [AuditLog],
})
export class AuditModule {}
