import { Global, Module } from '@nestjs/common';
import { AnnouncementsModule } from '../announcements/announcements.module';
import { AuditModule } from '../audit/audit.module';
import { RecordChange } from './record-change';

@Global()
@Module({
  imports: [AuditModule, AnnouncementsModule],
  providers: [RecordChange],
  exports: [RecordChange, AuditModule, AnnouncementsModule],
})
export class ChangesModule {}
