import { Module } from '@nestjs/common';
import { DrizzleStoredAnswers } from './drizzle-stored-answers';
import { StoredAnswers } from './stored-answers';

@Module({
  providers: [{ provide: StoredAnswers, useClass: DrizzleStoredAnswers }],
  exports: [StoredAnswers],
})
export class IdempotencyModule {}
