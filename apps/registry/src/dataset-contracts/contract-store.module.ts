import { Module } from '@nestjs/common';
import { ContractRepository } from './contract.repository';
import { DrizzleContractRepository } from './drizzle-contract.repository';

/** The repository alone, for the slices that check versions. */
@Module({
  providers: [{ provide: ContractRepository, useClass: DrizzleContractRepository }],
  exports: [ContractRepository],
})
export class ContractStoreModule {}
