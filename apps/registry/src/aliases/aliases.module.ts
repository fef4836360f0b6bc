import { Module } from '@nestjs/common';
import { DeploymentStoreModule } from '../deployments/deployment-store.module';
import { VersionStoreModule } from '../model-versions/version-store.module';
import { ModelStoreModule } from '../models/model-store.module';
import { AliasMoved } from './alias-moved';
import { AliasRepository } from './alias.repository';
import { AliasesController } from './aliases.controller';
import { DrizzleAliasRepository } from './drizzle-alias.repository';
import { RemoveAlias } from './remove-alias';
import { SetAlias } from './set-alias';

@Module({
  imports: [ModelStoreModule, VersionStoreModule, DeploymentStoreModule],
  controllers: [AliasesController],
  providers: [
    SetAlias,
    RemoveAlias,
    AliasMoved,
    { provide: AliasRepository, useClass: DrizzleAliasRepository },
  ],
})
export class AliasesModule {}
