import { Module } from '@nestjs/common';
import { Announcements } from './announcements';
import { DeliverAnnouncements } from './deliver-announcements';
import { NudgeListeners } from './nudge-listeners';

@Module({
  providers: [Announcements, DeliverAnnouncements, NudgeListeners],
  exports: [Announcements],
})
export class AnnouncementsModule {}
