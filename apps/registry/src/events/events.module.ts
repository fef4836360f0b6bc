import { Module } from '@nestjs/common';
import { EventBell } from './event-bell';
import { FollowEvents } from './follow-events';

@Module({ providers: [EventBell, FollowEvents], exports: [FollowEvents] })
export class EventsModule {}
