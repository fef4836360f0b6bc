import { Module } from '@nestjs/common';
import { ModelStoreModule } from '../models/model-store.module';
import { StagesModule } from '../stages/stages.module';
import { PackageFiles } from './package-files';
import { RegisterVersion } from './register-version';
import { VersionStoreModule } from './version-store.module';

/** Registering versions, for everyone who makes some. */
@Module({
  imports: [ModelStoreModule, VersionStoreModule, StagesModule],
  providers: [RegisterVersion, PackageFiles],
  exports: [RegisterVersion, PackageFiles],
})
export class RegistrationModule {}
