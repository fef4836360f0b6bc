import { Module } from '@nestjs/common';
import { DatasetsModule } from '../datasets/datasets.module';
import { ContractStoreModule } from './contract-store.module';
import { DatasetContractsController } from './dataset-contracts.controller';
import { ReviseContract } from './revise-contract';

@Module({
  imports: [DatasetsModule, ContractStoreModule],
  controllers: [DatasetContractsController],
  providers: [ReviseContract],
})
export class DatasetContractsModule {}
