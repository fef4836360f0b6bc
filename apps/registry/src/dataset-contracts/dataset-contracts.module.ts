import { Module } from '@nestjs/common';
import { DatasetContentsModule } from '../dataset-contents/dataset-contents.module';
import { DatasetsModule } from '../datasets/datasets.module';
import { CheckVersion } from './check-version';
import { ContractStoreModule } from './contract-store.module';
import { DatasetContractsController } from './dataset-contracts.controller';
import { DeriveVersionContract } from './derive-version-contract';
import { ReviseContract } from './revise-contract';
import { VersionContractsController } from './version-contracts.controller';

@Module({
  imports: [DatasetsModule, DatasetContentsModule, ContractStoreModule],
  controllers: [DatasetContractsController, VersionContractsController],
  providers: [ReviseContract, DeriveVersionContract, CheckVersion],
  exports: [ReviseContract],
})
export class DatasetContractsModule {}
