import { Module } from '@nestjs/common';
import { DrizzleVersionRepository } from './drizzle-version.repository';
import { VersionRepository } from './version.repository';

/** The repository alone, for the slices that move versions. */
@Module({
  providers: [{ provide: VersionRepository, useClass: DrizzleVersionRepository }],
  exports: [VersionRepository],
})
export class VersionStoreModule {}
